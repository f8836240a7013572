import { type KeySpec, SCHEMA } from '../../../firmware/config/schema.ts';
import { contradictions, type Value, type Values, valueFault } from '../../../firmware/config/values.ts';
import * as codes from '../../../hal/faults.ts';
import { crcDigits, decodeFrame, encodeFrame, type Message } from '../../../tools/console/frame.ts';
import type { Port } from '../../../tools/console/port.ts';

type Say = (part: Message) => void;
type Handler = (asked: Message, say: Say) => Message | Promise<Message>;

const PAGE_BYTES = 4096;
const PART_BYTES = 384;
const PIECE = 400;

/** What a request is refused with. */
class Refusal {
  readonly code: number;
  readonly about: string;
  readonly more: Message;
  constructor(code: number, about = '', more: Message = {}) {
    this.code = code;
    this.about = about;
    this.more = more;
  }
}

/** A step of a scripted self-test: step, verdict, value, error. */
export type ScriptedStep = readonly [string, number, number | null, number];

/**
 * The far end of docs/console.md without a firmware behind it: what a test sets is what it answers. Its configuration obeys
 * the schema; its sensors, its journal and its self-test are made up.
 */
export class FakeTracker {
  /** Requests that it took, in order. */
  readonly heard: Message[] = [];
  device = 'TR-0001';
  powerOn = 3;
  pin = '';
  waitS = 0;
  /** It gives no answer, as one that sleeps. */
  isAsleep = false;
  /** Milliseconds until it answers again after a restart. */
  restartMs = 0;
  /** Pages of its journal. */
  pages = 2;
  /** Pull the cable when a request of this kind comes, once. */
  pullAt = '';
  celsius: () => readonly (number | null)[] = () => [5.1, 6.3];
  selfTest: readonly ScriptedStep[] = [
    ['sensors', 0, 2, 0],
    ['flash', 0, 64, 0],
    ['battery', 0, 3920, 0],
    ['clock', 1, null, codes.CLOCK_UNKNOWN],
    ['gnss', 3, null, 0],
    ['sim', 0, null, 0],
    ['network', 0, -81, 0],
    ['broker', 2, null, codes.HOST_UNREACHABLE],
    ['battery under load', 0, 3710, 0],
  ];
  readonly #values: Values = {};
  #staged: Values = {};
  #generation = 1;
  #wrongPins = 0;
  #isOpen = false;
  #live: FakePort | undefined;

  constructor() {
    for (const spec of SCHEMA) this.#values[spec.key] = spec.otherwise;
    this.#values[1] = 'TR-0001';
  }

  /** A new line to it; the one before is dead. */
  connect(): Port {
    this.#live = new FakePort((line) => void this.#take(line));
    return this.#live;
  }

  pull(): void {
    this.#live?.end();
  }

  /** What is in force, by name. */
  value(name: string): Value | undefined {
    return this.#values[specOf(name).key];
  }

  set(name: string, value: Value): void {
    this.#values[specOf(name).key] = value;
  }

  async #take(line: string): Promise<void> {
    const port = this.#live;
    const asked = decodeFrame(line);
    if (!asked || this.isAsleep || !port) return;
    this.heard.push(asked);
    if (this.pullAt === asked['do']) {
      this.pullAt = '';
      this.pull();
      return;
    }
    const { id } = asked;
    const say = (message: Message): void => port.say(`${encodeFrame({ id, ...message })}\r\n`);
    try {
      const handler = this.#handlers[String(asked['do'])];
      if (!handler) throw new Refusal(codes.UNKNOWN_COMMAND);
      say({ ok: 1, ...(await handler(asked, say)) });
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      say({ ok: 0, error: refusal.code, about: refusal.about, ...refusal.more });
    }
  }

  #needOpen(): void {
    if (this.pin !== '' && !this.#isOpen) throw new Refusal(codes.CONSOLE_LOCKED);
  }

  #restart(): void {
    this.powerOn++;
    this.#isOpen = false;
    if (this.restartMs === 0) return;
    this.isAsleep = true;
    setTimeout(() => {
      this.isAsleep = false;
    }, this.restartMs);
  }

  #save(): number {
    const next = { ...this.#values, ...this.#staged };
    const [key, fault] = problemsOf(next)[0] ?? [];
    if (key !== undefined && fault !== undefined) throw new Refusal(fault, key);
    const changed = Object.keys(this.#staged).length;
    Object.assign(this.#values, this.#staged);
    this.#staged = {};
    this.#generation++;
    return changed;
  }

  readonly #handlers: Record<string, Handler> = {
    hello: () => ({
      device: this.device,
      powerOn: this.powerOn,
      uptimeS: 12,
      protocol: 1,
      version: '0.2.0',
      keys: SCHEMA.length,
      pin: this.pin === '' ? 0 : 1,
      open: this.pin === '' || this.#isOpen ? 1 : 0,
      waitS: this.waitS,
    }),
    unlock: ({ pin }) => {
      if (this.waitS > 0) throw new Refusal(codes.PIN_TOO_SOON, '', { waitS: this.waitS });
      if (pin !== this.pin) {
        if (++this.#wrongPins >= 3) this.waitS = 10;
        throw new Refusal(codes.PIN_WRONG, '', { waitS: this.waitS });
      }
      this.#isOpen = true;
      return {};
    },
    status: () => ({
      device: this.device,
      powerOn: this.powerOn,
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
      config: this.#generation,
      staged: Object.keys(this.#staged).length,
    }),
    sensors: () => ({
      probes: this.celsius().map((celsius, i) =>
        celsius === null
          ? [i + 1, null, null, 0]
          : [i + 1, Math.round(celsius * 1000), i === 0 ? 62_500 : null, null],
      ),
      door: 0,
      reefer: null,
    }),
    'config.get': ({ key, at }) => {
      const spec = specOf(String(key));
      const staged = this.#staged[spec.key];
      return {
        ...shown(spec, this.#values[spec.key] ?? null, Number(at ?? 0)),
        ...(staged === undefined ? {} : { staged: shown(spec, staged, 0)['value'] }),
      };
    },
    'config.set': ({ key, value, at }) => {
      this.#needOpen();
      const spec = specOf(String(key));
      const before = String(this.#staged[spec.key] ?? this.#values[spec.key] ?? '');
      const whole = at === undefined ? value : before.slice(0, Number(at)) + String(value);
      const taken = taking(spec, whole);
      if (at === undefined && valueFault(spec, taken, false) !== codes.OK)
        throw new Refusal(valueFault(spec, taken, false), spec.name);
      this.#staged[spec.key] = taken;
      return typeof taken === 'string' ? { length: taken.length } : {};
    },
    'config.check': () => ({ problems: problemsOf({ ...this.#values, ...this.#staged }) }),
    'config.diff': () => ({ keys: SCHEMA.filter(({ key }) => key in this.#staged).map(({ name }) => name) }),
    'config.revert': () => {
      this.#staged = {};
      return {};
    },
    'config.save': () => {
      this.#needOpen();
      return { changed: this.#save(), generation: this.#generation };
    },
    'trip.start': ({ trip }) => {
      this.#needOpen();
      if (this.value('trip') !== '') throw new Refusal(codes.TRIP_UNDER_WAY);
      this.#staged[specOf('trip').key] = String(trip);
      this.#save();
      return { generation: this.#generation };
    },
    'trip.stop': () => {
      if (this.value('trip') === '') throw new Refusal(codes.NO_TRIP);
      this.set('trip', '');
      return { generation: ++this.#generation };
    },
    selftest: async ({ gnss, modem }, say) => {
      this.#needOpen();
      let worst = 0;
      for (const [step, verdict, value, error] of this.selfTest) {
        const isSkipped = (step === 'gnss' && gnss === 0) || (step === 'network' && modem === 0);
        await new Promise((done) => setTimeout(done, 20));
        say({ step, verdict: isSkipped ? 3 : verdict, value, error });
        if (verdict < 3) worst = Math.max(worst, verdict);
      }
      return { verdict: worst, record: '8901', mac: 'ab'.repeat(32) };
    },
    'journal.info': () => ({
      pages: this.pages,
      pageSize: PAGE_BYTES,
      next: 1204,
      acked: 1180,
      powerOn: this.powerOn,
      newest: this.pages - 1,
      from: 900,
    }),
    'journal.page': ({ page }) => ({ crc: crcDigits(pageOf(Number(page))) }),
    'journal.read': ({ page, at = 0, n = PAGE_BYTES }, say) => {
      const bytes = pageOf(Number(page)).subarray(Number(at), Number(at) + Number(n));
      for (let i = 0; i < bytes.length; i += PART_BYTES)
        say({ at: Number(at) + i, data: Buffer.from(bytes.subarray(i, i + PART_BYTES)).toString('base64') });
      return { crc: crcDigits(bytes) };
    },
    reboot: () => {
      setTimeout(() => this.#restart(), 0);
      return {};
    },
    exit: () => ({}),
    stop: () => ({}),
    lock: () => {
      this.#isOpen = false;
      return {};
    },
  };
}

class FakePort implements Port {
  #hear: (text: string) => void = () => {};
  #gone: () => void = () => {};
  #isOpen = true;
  #typed = '';
  readonly #take: (line: string) => void;

  constructor(take: (line: string) => void) {
    this.#take = take;
  }

  async write(text: string): Promise<void> {
    if (!this.#isOpen) throw new Error('gone');
    const lines = (this.#typed + text).split('\r\n');
    this.#typed = lines.pop() ?? '';
    for (const line of lines) queueMicrotask(() => this.#take(line));
  }

  say(text: string): void {
    if (this.#isOpen) this.#hear(text);
  }

  onText(hear: (text: string) => void): void {
    this.#hear = hear;
  }

  onClosed(gone: () => void): void {
    this.#gone = gone;
  }

  async reset(): Promise<boolean> {
    return false;
  }

  async close(): Promise<void> {
    this.end();
  }

  end(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#gone();
  }
}

function specOf(name: string): KeySpec {
  const spec = SCHEMA.find((one) => one.name === name);
  if (!spec) throw new Refusal(codes.UNKNOWN_KEY, name);
  return spec;
}

/** A value as `config.get` says it. */
function shown(spec: KeySpec, value: Value, at: number): Message {
  if (spec.isSecret) return { value: value !== spec.otherwise };
  if (value instanceof Uint8Array) return { value: Buffer.from(value).toString('hex') };
  if (typeof value !== 'string' || value.length <= PIECE) return { value };
  return { length: value.length, value: value.slice(at, at + PIECE) };
}

/** A value as `config.set` gives it. */
function taking(spec: KeySpec, value: unknown): Value {
  if (value === null || value === '') return spec.otherwise;
  return spec.kind === 'bytes' ? Uint8Array.from(Buffer.from(String(value), 'hex')) : (value as Value);
}

/** Name and fault of what can't be saved. */
function problemsOf(values: Values): [string, number][] {
  const own = SCHEMA.flatMap((spec: KeySpec): [string, number][] => {
    const fault = valueFault(spec, values[spec.key], false);
    return fault === codes.OK ? [] : [[spec.name, fault]];
  });
  const pairs = contradictions(values);
  for (let i = 0; i < pairs.length; i += 2) {
    const spec = SCHEMA.find(({ key }) => key === pairs[i]);
    if (spec) own.push([spec.name, pairs[i + 1] ?? 0]);
  }
  return own;
}

/** A page of the made-up journal: the same bytes each time. */
function pageOf(page: number): Uint8Array {
  return Uint8Array.from({ length: PAGE_BYTES }, (_, i) => (i * 7 + page * 31) % 256);
}
