import * as codes from '../../../hal/faults.ts';
import { specOf } from '../../../tools/console/display.ts';
import type { Message } from '../../../tools/console/frame.ts';
import type { Port } from '../../../tools/console/port.ts';
import { FakeConfig } from '../../../tools/console/testing/fake-config.ts';
import { FakeJournal } from '../../../tools/console/testing/fake-journal.ts';
import { type Answer, FakeTracker } from '../../../tools/console/testing/fake-tracker.ts';
import { randomStream } from '../../../tools/sim/random.ts';
import type { Socket } from './serial-bridge.ts';

const PAGES = 6;
/** From the answer to a self-test to the restart behind it. */
const RESTART_MS = 50;

/** A tracker at the level of the protocol, and its cable: what a test sets is what it answers. */
export class ScriptedUnit implements Socket {
  readonly config = new FakeConfig();
  readonly journal = new FakeJournal(PAGES, randomStream(7, 'journal').next);
  /** Thousandths of a degree at supply and return; null: no answer. */
  milliC: readonly (number | null)[] = [-18_100, -17_300];
  pin = '';
  waitS = 0;
  isPlugged = true;
  /** Nothing that it hears wakes it, and there is no reset line. */
  isAsleep = false;
  /** Pull the cable when this is asked for so often. */
  pullAt: { doing: string; after: number } | undefined;
  /** A scripted self-test: step, verdict, value, error. */
  steps: readonly (readonly [string, number, number | null, number])[] = [
    ['sensors', 0, 2, codes.OK],
    ['flash', 0, 64, codes.OK],
    ['battery', 0, 3920, codes.OK],
    ['clock', 1, null, codes.CLOCK_UNKNOWN],
    ['gnss', 3, null, codes.OK],
    ['sim', 0, null, codes.OK],
    ['network', 0, -81, codes.OK],
    ['broker', 2, null, codes.HOST_UNREACHABLE],
    ['load', 0, 3710, codes.OK],
  ];
  /** Pages, or parts of them, that were read. */
  reads = 0;
  #line: FakeTracker | undefined;
  #powerOn = 3;
  #round = 0;

  constructor() {
    this.set('deviceId', 'TR-0001');
    this.set('deviceKey', new Uint8Array(32).fill(7));
  }

  connect(): Port | undefined {
    if (!this.isPlugged) return undefined;
    const line = new FakeTracker(this.#answer, this.config.answer, this.journal.answer);
    line.powerOn = this.#powerOn;
    line.pin = this.pin;
    line.waitS = this.waitS;
    line.hasResetLine = !this.isAsleep;
    if (this.isAsleep) line.mood = 'asleep';
    line.isOpen = this.pin === '';
    this.#line = line;
    return line;
  }

  get line(): FakeTracker | undefined {
    return this.#line;
  }

  pull(): void {
    this.isPlugged = false;
    this.#powerOn = this.#line?.powerOn ?? this.#powerOn;
    this.#line?.pull();
  }

  /** What stands in flash under a name. */
  value(name: string): unknown {
    return this.config.inFlash[specOf(name)?.key ?? 0];
  }

  set(name: string, value: string | number | Uint8Array): void {
    this.config.inFlash[specOf(name)?.key ?? 0] = value;
  }

  readonly #answer = (message: Message): Answer | undefined => {
    const doing = String(message['do']);
    if (doing === 'journal.read') this.reads++;
    if (this.pullAt?.doing === doing && --this.pullAt.after <= 0) {
      this.pullAt = undefined;
      this.pull();
      return { last: {} };
    }
    return this.#answers[doing]?.(message);
  };

  readonly #answers: Record<string, (message: Message) => Answer> = {
    status: () => ({
      last: {
        device: 'TR-0001',
        powerOn: 3,
        uptimeS: 40,
        utcS: 1795416000,
        millivolts: 3920,
        external: 0,
        level: 0,
        intervalS: this.value('intervalS'),
        next: 1204,
        acked: 1180,
        alarm: 0,
        failures: 0,
        lastReading: [],
        lastReadingAgeS: 20,
        trip: this.value('trip'),
        container: this.value('container'),
        config: this.config.generation,
        staged: 0,
      },
    }),
    sensors: () => {
      this.#round++;
      const probes = this.milliC.map((milliC, i) => {
        if (milliC === null) return [i + 1, null, null, 0];
        const now = Math.round(milliC + 250 * Math.sin(this.#round / 5 + i));
        return [i + 1, now, i === 0 ? 62_500 + 800 * Math.sin(this.#round / 3) : null, null];
      });
      return { last: { probes, door: 0, reefer: null } };
    },
    'trip.start': ({ trip }) => {
      if (this.value('trip') !== '') return codes.TRIP_UNDER_WAY;
      this.config.staged[specOf('trip')?.key ?? 0] = String(trip);
      Object.assign(this.config.inFlash, this.config.staged);
      this.config.staged = {};
      return { last: { generation: ++this.config.generation } };
    },
    'trip.stop': () => {
      if (this.value('trip') === '') return codes.NO_TRIP;
      this.set('trip', '');
      return { last: { generation: ++this.config.generation } };
    },
    selftest: ({ gnss, modem }) => {
      const parts = this.steps.map(([step, verdict, value, error]) => {
        const isSkipped = (step === 'gnss' && gnss === 0) || (step === 'network' && modem === 0);
        return isSkipped ? { step, verdict: 3, value: null, error: 0 } : { step, verdict, value, error };
      });
      if (modem !== 0) setTimeout(() => this.#line?.restart(), RESTART_MS);
      const worst = Math.max(...parts.map(({ verdict }) => (verdict === 3 ? 0 : verdict)));
      return { parts, last: { verdict: worst, record: '8901675452', mac: 'ab'.repeat(32) } };
    },
  };
}
