/** The journal against a plain list: whatever happens in whatever order, flash holds what the list says. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PAGE_SIZE } from '../../firmware/journal/format.ts';
import { Replay } from '../../firmware/journal/replay.ts';
import { BATCH_HEADER_ROOM, putBatchHeader } from '../../firmware/uplink/batch.ts';
import { type MockFlash, mockFlash, PowerCut } from '../../hal/mock/flash.ts';
import { hostCrypto } from '../../tools/crypto/host-crypto.ts';
import { decodeBatch } from '../../tools/decode/batch.ts';
import { audit, stranger } from './testing/audit.ts';
import { scrambleCuts } from './testing/damage.ts';
import { CachedReadBack, foundIn } from './testing/read-back.ts';
import { type Channel, type Channels, Witness, type WitnessedJournal } from './testing/witness.ts';

/** The tracker as it is: flash, and a journal in RAM. */
interface Tracker {
  readonly flash: MockFlash;
  readonly witness: Witness;
  journal: WitnessedJournal;
  intervalS: number;
  uptimeS: number;
}

/** What the outside knows. Everything else is the witness's list. */
interface Model {
  /** Lowest seq that the collector neither has nor knows to be lost, or says so. */
  acked: number;
}

const found = new CachedReadBack();

type Command = fc.Command<Model, Tracker>;

/** A command that may run at any time; behind each one flash and list must agree. */
function command(name: string, run: (tracker: Tracker, model: Model) => void): Command {
  return {
    check: () => true,
    run: (model, tracker) => {
      run(tracker, model);
      expect(audit(tracker.witness, found.all(tracker.flash.cells, PAGE_SIZE))).toBeNull();
    },
    toString: () => name,
  };
}

function boot(tracker: Tracker): void {
  tracker.journal = tracker.witness.boot(tracker.intervalS, hostCrypto);
  tracker.witness.powerOn = tracker.journal.journal.state.powerOn;
}

function reading(tracker: Tracker, lateS: number, channels: Channels): void {
  tracker.uptimeS = Math.max(0, tracker.uptimeS + tracker.intervalS + lateS);
  expect(tracker.journal.reading(tracker.uptimeS, channels)).toBe(true);
}

/** A session of which the collector takes `batches`; each must decode, and hold nothing that the list does not know. */
function session(tracker: Tracker, model: Model, batches: number): void {
  const { journal } = tracker.journal;
  const replay = new Replay(journal, tracker.journal.region, hostCrypto, model.acked);
  for (let batch = 0; batch < batches; batch++) {
    const out = new Uint8Array(700);
    const slice = replay.take(out, BATCH_HEADER_ROOM);
    if (slice === null) break;
    const start = putBatchHeader(out, BATCH_HEADER_ROOM, 'D1', slice.header);
    const { blocks } = decodeBatch(out.subarray(start, BATCH_HEADER_ROOM + slice.length));
    expect(stranger(tracker.witness, blocks.flatMap(foundIn))).toBeNull();
    expect(slice.next).toBeGreaterThan(model.acked);
    model.acked = slice.next;
  }
  tracker.journal.ack(model.acked);
}

const channel: fc.Arbitrary<Channel> = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -20, max: 80 }).map((steps) => steps * 500) },
  { weight: 1, arbitrary: fc.integer({ min: -1_600_000, max: 4_900_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 5 }).map((reason) => ({ reason })) },
);
const channels = fc.tuple(channel, channel, channel);
const lateS = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -9, max: 9 }).map((tenths) => tenths / 10) },
  { weight: 1, arbitrary: fc.integer({ min: -100_000, max: 100_000 }) },
);
const uint = fc.integer({ min: 0, max: 2 ** 32 - 1 });

const commands = [
  fc
    .tuple(lateS, channels)
    .map(([late, values]) =>
      command(`reading(${late}, ${JSON.stringify(values)})`, (tracker) => reading(tracker, late, values)),
    ),
  fc.tuple(fc.integer({ min: 1, max: 300 }), channels).map(([count, values]) =>
    command(`readings(${count}, ${JSON.stringify(values)})`, (tracker) => {
      for (let i = 0; i < count; i++) reading(tracker, 0, values);
    }),
  ),
  fc.tuple(channels, channels).map(([first, second]) =>
    command('a page and a half of readings that share nothing', (tracker) => {
      for (let i = 0; i < 600; i++) reading(tracker, 0, i % 2 ? first : second);
    }),
  ),
  fc
    .tuple(
      fc.integer({ min: -9e6, max: 9e6 }),
      fc.integer({ min: -18e6, max: 18e6 }),
      fc.nat(40),
      fc.option(uint),
    )
    .map((fix) => command(`fix(${fix})`, (tracker) => tracker.journal.fix(tracker.uptimeS + 30, ...fix))),
  fc
    .nat(99)
    .map((reason) =>
      command(`noFix(${reason})`, (tracker) => tracker.journal.noFix(tracker.uptimeS + 90, reason)),
    ),
  fc
    .tuple(uint, fc.integer({ min: 1, max: 3 }), fc.nat(70_000))
    .map(([utcS, source, errorS]) =>
      command(`anchor(${utcS})`, (tracker) => tracker.journal.anchor(tracker.uptimeS, utcS, source, errorS)),
    ),
  fc.tuple(fc.nat(99), uint).map(([code, detail]) =>
    // Codes 1 to 3 are the journal's own.
    command(`fault(${code})`, (tracker) => tracker.journal.fault(code + 10, detail, tracker.uptimeS)),
  ),
  fc.tuple(fc.nat(99), fc.nat(40)).map(([outcome, batches]) =>
    command(`session(${batches} batches)`, (tracker, model) => {
      session(tracker, model, batches);
      tracker.journal.session(tracker.uptimeS + 100, outcome);
    }),
  ),
  fc.oneof(uint, fc.nat(5000)).map((next) =>
    command(`an ack of ${next} that nobody asked for`, (tracker, model) => {
      const { acked, nextSeq } = tracker.journal.journal.state;
      tracker.journal.ack(next);
      expect(tracker.journal.journal.state.acked).toBe(next > nextSeq ? acked : next);
      model.acked = tracker.journal.journal.state.acked;
    }),
  ),
  fc.constant(
    command('boot', (tracker) => {
      const left = tracker.journal.journal.state;
      boot(tracker);
      expect(tracker.journal.journal.state).toEqual(left);
    }),
  ),
  fc.constantFrom(60, 300, 3600).map((intervalS) =>
    command(`boot with an interval of ${intervalS}`, (tracker) => {
      tracker.intervalS = intervalS;
      boot(tracker);
    }),
  ),
  fc.tuple(fc.nat(3), fc.nat(600)).map(([cause, uptimeS]) =>
    command(`power-on(${cause}, ${uptimeS})`, (tracker) => {
      tracker.uptimeS = uptimeS;
      boot(tracker);
      tracker.journal.poweredOn(cause, uptimeS);
    }),
  ),
  fc.tuple(fc.nat(9000), uint, channels).map(([fuel, seed, values]) =>
    command(`power fails after ${fuel} bytes (${seed})`, (tracker) => {
      const { flash } = tracker;
      scrambleCuts(flash, seed, fuel);
      flash.fuel = fuel;
      const given = tracker.journal.journal.state.nextSeq;
      try {
        for (let i = 0; ; i++) reading(tracker, i % 5 === 0 ? 7 : 0, values);
      } catch (error) {
        if (!(error instanceof PowerCut)) throw error;
      }
      flash.restore();
      boot(tracker);
      expect(tracker.journal.journal.state.nextSeq).toBeGreaterThanOrEqual(given);
    }),
  ),
];

test.each([2, 3, 5])('flash holds what was asked of it, whatever happens, on %d pages', (pages) => {
  fc.assert(
    fc.property(fc.commands(commands, { maxCommands: 60, size: '+1' }), (sequence) => {
      const setup = () => {
        const flash = mockFlash(pages, PAGE_SIZE);
        const witness = new Witness(flash);
        const journal = witness.boot(300, hostCrypto);
        return { model: { acked: 0 }, real: { flash, witness, journal, intervalS: 300, uptimeS: 0 } };
      };
      fc.modelRun(setup, sequence);
    }),
    { numRuns: 40, seed: 20261121 + pages, endOnFailure: true },
  );
});
