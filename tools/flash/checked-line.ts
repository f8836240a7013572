/**
 * One expression as a line for Espruino's prompt, and its value out of what comes back. The interpreter checks neither
 * what it hears nor what it says, so both carry a CRC-32: a damaged line is not run, a damaged answer is not believed.
 */
import crc32 from 'crc-32';
import { withoutFlowControl } from './flow-control.ts';

export type Answer = { readonly value: unknown } | { readonly error: string } | { readonly damaged: true };

/** DLE at the start of a line: Espruino runs it without an echo. */
const NO_ECHO = '\x10';

/** The line that evaluates `code`, an expression in ASCII. What it gives has to survive JSON. */
export function checkedLine(code: string): string {
  return (
    `${NO_ECHO}(function(c,k){var r='{"d":1}';if(E.CRC32(c)==k)try{r=JSON.stringify({v:eval(c)})}` +
    `catch(e){r=JSON.stringify({e:""+e})}print("\\n@"+r+"*"+E.CRC32(r)+"@")})` +
    `(${JSON.stringify(code)},${crc32.bstr(code) >>> 0})\n`
  );
}

/** The first whole answer in `heard`; undefined where there is none yet, or its CRC is wrong. */
export function findAnswer(heard: string): Answer | undefined {
  for (const [, json = '', crc] of withoutFlowControl(heard).matchAll(/@(\{.*?\})\*(\d+)@/g)) {
    if (crc32.bstr(json) >>> 0 !== Number(crc)) continue;
    const { v, e, d } = JSON.parse(json);
    if (d !== undefined) return { damaged: true };
    return e === undefined ? { value: v } : { error: String(e) };
  }
  return undefined;
}
