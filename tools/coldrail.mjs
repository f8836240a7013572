#!/usr/bin/env node
// The `coldrail` command. The tools are TypeScript; tsx runs them on every Node from 20.19 on.
const tsx = await import('tsx/esm/api').catch(() => undefined);
if (tsx) {
  tsx.register();
  const { main } = await import('./cli.ts');
  process.exitCode = await main(process.argv);
} else {
  process.stderr.write(
    'error install.missing: The packages that the tools need are not installed.\n  Run "node tools/install/ensure.mjs", or npm start or npm test, which begin with it.\n',
  );
  process.exitCode = 2;
}
