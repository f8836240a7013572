import { readFileSync } from 'node:fs';
import { missingMethods, reservedWords, statics } from '../check/device.ts';

/** Where the device code's view of Espruino is declared. */
const DECLARATIONS = [
  'hal/espruino/lib.espruino.d.ts',
  'hal/espruino/globals.d.ts',
  'tools/bench/device/globals.d.ts',
];

/**
 * Names that the interpreter knows or that `coldrail check` looks for: every word of the declarations, and the words of the
 * language, which may not name a method. All other names of properties are ours and may be shortened.
 */
export function platformNames(): ReadonlySet<string> {
  const names = new Set([
    ...missingMethods.keys(),
    ...reservedWords,
    ...[...statics.values()].flatMap((members) => [...members]),
  ]);
  for (const file of DECLARATIONS) {
    const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
    for (const [word] of text.matchAll(/[A-Za-z_$][\w$]*/g)) names.add(word);
  }
  return names;
}
