import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connected, familyNames } from '../dialogues.ts';
import { families } from '../families/index.ts';

const argument = fc.constantFrom(
  '',
  '0',
  '1',
  '2',
  '5',
  '48',
  '-1',
  '99999',
  '"a"',
  '"UFS:ca.pem"',
  'ssl',
  '"',
  '0XFFFF',
);

describe.each(familyNames)('%s', (family) => {
  it('survives any arguments to any command', async () => {
    const names = Object.keys(families[family].commands);
    const line = fc.oneof(
      fc
        .tuple(fc.constantFrom(...names), fc.array(argument, { maxLength: 6 }))
        .map(([name, args]) => `AT${name}=${args.join()}`),
      fc
        .tuple(fc.constantFrom(...names), fc.constantFrom('', '?', '=?'))
        .map(([name, form]) => `AT${name}${form}`),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 25 }), fc.nat(1000), async (lines, seed) => {
        const bench = await connected(family, { seed, faults: { overReadFreezes: false } });
        for (const command of lines) {
          bench.write(`${command}\r`);
          await bench.run(4);
        }
        bench.modem.setSupply(false);
        await bench.powerUp();
        // What the modem says of its start may come behind the answer.
        expect(await bench.command('AT')).toContain('\r\nOK\r\n');
      }),
      { numRuns: 60 },
    );
  });
});
