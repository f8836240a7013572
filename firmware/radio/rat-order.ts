/**
 * In which order to look for technologies (digits as in hal/link.ts): first where no country below fits, then behind a comma
 * for each country code. Made by `npx coldrail docs` from tools/data/networks-2026-11.json. Change it there.
 */
export const RAT_ORDER =
  '4132,4524213,4604213,4614213,4284321,4014321,4344321,2504321,2574321,2601243,2621243';
