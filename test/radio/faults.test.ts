import { describe, expect, it } from 'vitest';
import type { FamilyName } from '../../tools/sim/chips/modem/families/index.ts';
import type { Faults } from '../../tools/sim/chips/modem/options.ts';
import {
  HOME,
  type Outcome,
  RadioBench,
  type RadioBenchOptions,
  SESSION_CAP_S,
} from './testing/radio-bench.ts';

const families = Object.keys(HOME) as FamilyName[];

/** What must hold of every session, whatever the modem does: nothing is lost, and what is said is true. */
function holds(outcome: Outcome): void {
  expect(outcome.stored).toBe(true);
  expect(outcome.tookS).toBeLessThanOrEqual(SESSION_CAP_S);
  if (outcome.result === 'delivered') expect(outcome.delivered).toBe(true);
}

/** A fault that is switched on at this second of the session, and what comes of it. */
interface Case {
  readonly name: string;
  readonly faults: Faults;
  readonly faultsOfBg9x?: Faults;
  readonly atS?: number;
  /** How the session ends, with a switched supply and without. */
  readonly ends: RegExp;
  readonly endsWithoutRail?: RegExp;
  /** A rung of the ladder that must stand in the log; none: no rung may. */
  readonly rung?: RegExp;
}

const DELIVERED = /^delivered$/;

const cases: readonly Case[] = [
  { name: 'noise at boot', faults: { noiseAtBoot: true }, ends: DELIVERED },
  { name: 'no line when it goes down', faults: { powerDownSilent: true }, ends: DELIVERED },
  { name: 'echo that comes back', faults: { echoReturns: true }, atS: 16, ends: DELIVERED },
  { name: 'sends that end with the line of the manual', faults: { sendFinal: 'verbose' }, ends: DELIVERED },
  { name: 'sends that end with a bare OK', faults: { sendFinal: 'bare-ok' }, ends: DELIVERED },
  { name: 'reads that give half', faults: { shortRead: true }, ends: DELIVERED },
  { name: 'answers that take a second', faults: { slow: 1 }, ends: DELIVERED },
  { name: 'an answer behind its deadline', faults: { lateAnswer: 12 }, atS: 20, ends: DELIVERED },
  { name: 'local time told as UTC', faults: { clockSentinel: 'local' }, ends: DELIVERED },
  { name: 'a clock of 1980', faults: { clockSentinel: '1980' }, ends: DELIVERED },
  { name: 'a clock of 1970', faults: { clockSentinel: '1970' }, ends: DELIVERED },
  {
    name: 'a boot into silence',
    faults: { silentAfterBoot: true },
    ends: DELIVERED,
    endsWithoutRail: /^modem\.silent$/,
    rung: /recovery\.(rail|pwrkey)/,
  },
  {
    name: 'a PWRKEY that does nothing until power is cut',
    faults: { stuckUntilPowerCut: true },
    ends: DELIVERED,
    endsWithoutRail: /^modem\.silent$/,
    rung: /recovery\.(rail|pwrkey)/,
  },
  {
    name: 'silence in the middle of a session',
    faults: { silent: true },
    atS: 16,
    ends: DELIVERED,
    rung: /recovery\.pwrkey/,
  },
  {
    name: 'answers that take three seconds',
    faults: { slow: 3 },
    ends: /^(delivered|modem\.(refused|silent))$/,
    rung: /recovery\./,
  },
  {
    name: 'a send that fails',
    faults: { casendErrorOnce: true },
    ends: DELIVERED,
    rung: /recovery\.socket/,
  },
  {
    name: 'a restart in the middle of a send',
    faults: { rebootDuringSend: true },
    ends: DELIVERED,
    rung: /recovery\.pwrkey/,
  },
  {
    name: 'a far side that acknowledges nothing',
    faults: { sendStuck: true },
    ends: /^(mqtt\.silent|stream\.stalled)$/,
    rung: /recovery\.socket/,
  },
  {
    name: 'a PDP context that is lost',
    faults: { pdpLostAfterS: 5 },
    // Its session is over sooner.
    faultsOfBg9x: { pdpLostAfterS: 4 },
    ends: DELIVERED,
    rung: /recovery\.(socket|pdp)/,
  },
  {
    name: 'a PDP context that is refused',
    faults: { pdpRefused: true },
    ends: /^network\.(apn-refused|no-data)$/,
  },
  { name: 'registration denied', faults: { denied: true }, ends: /^network\.denied$/ },
  { name: 'no network', faults: { neverRegisters: true }, ends: /^network\.none$/ },
];

async function sessionWith(
  options: RadioBenchOptions,
  { faults, faultsOfBg9x, atS = 0 }: Case,
): Promise<[Outcome, RadioBench]> {
  const bench = new RadioBench(options);
  const { kernel, modem } = bench.drivers.world;
  kernel.after(atS * 1e6, () => {
    Object.assign(modem.faults, options.family === 'bg9x' ? (faultsOfBg9x ?? faults) : faults);
  });
  return [await bench.session(), bench];
}

describe.each(families)('%s', (family) => {
  it.each([1, 2, 3])('delivers everything, without a recovery, seed %i', async (seed) => {
    const bench = new RadioBench({ family, seed });
    const outcome = await bench.session();
    holds(outcome);
    expect(outcome).toMatchObject({ result: 'delivered', delivered: true, faults: [] });
    expect(bench.drivers.world.modem.state).toBe('off');
  });

  describe.each([true, false])('with a switched supply: %s, with', (hasRail) => {
    it.each(cases)('$name', async (one) => {
      const [outcome, bench] = await sessionWith({ family, seed: 3, hasRail, readings: 120 }, one);
      holds(outcome);
      expect(outcome.result).toMatch(hasRail ? one.ends : (one.endsWithoutRail ?? one.ends));
      const rungs = outcome.faults.filter((id) => id.startsWith('recovery.'));
      if (one.rung) expect(rungs.join(' ')).toMatch(one.rung);
      else if (outcome.result === 'delivered') expect(rungs).toEqual([]);
      // What was delivered stays delivered, and what was not goes with the next session.
      for (const name of Object.keys(bench.drivers.world.modem.faults))
        delete bench.drivers.world.modem.faults[name as keyof Faults];
      if (!hasRail) bench.drivers.world.modem.setSupply(false);
      await bench.drivers.run(3600);
      if (!hasRail) bench.drivers.world.modem.setSupply(true);
      // After some failures the policy looks at other technologies first.
      let next = await bench.session();
      for (let retry = 0; retry < 3 && !next.delivered; retry++) next = await bench.session();
      holds(next);
      expect(next).toMatchObject({ result: 'delivered', delivered: true });
    });
  });

  it('a restart at any command ends in delivered, and is named', async () => {
    for (let command = 1; command <= 45; command++) {
      const [outcome] = await sessionWith(
        { family, seed: command },
        {
          name: '',
          faults: { rebootAtCommand: command },
          ends: DELIVERED,
        },
      );
      holds(outcome);
      expect(outcome, `at command ${command}`).toMatchObject({ delivered: true });
    }
  });
});
