import { type MockTracker, mockTracker } from '../../../hal/mock/tracker.ts';
import { decodeFrame, encodeFrame, type Message } from '../../../tools/console/frame.ts';
import { configPage } from '../../../tools/provision/config-page.ts';
import type { Config } from '../../config/schema.ts';
import { DEFAULT_CONFIG } from '../../config/values.ts';
import { run } from '../../main.ts';

export const CA = '-----BEGIN CERTIFICATE-----MIIB-----END CERTIFICATE-----';
export const KEY = new Uint8Array(32).map((_, i) => 3 * i);

export const config: Config = {
  ...DEFAULT_CONFIG,
  deviceId: 'box-7',
  apn: 'iot.example',
  brokerHost: 'broker.example',
  caPem: CA,
  deviceKey: KEY,
};

/** The firmware over mocks, with somebody at its console. */
export class ConsoleBench {
  tracker: MockTracker;
  #id = 0;

  /** A tracker in its window, configured like this; null: not at all. */
  constructor(changes: Partial<Config> | null = {}) {
    this.tracker = mockTracker();
    if (changes) this.tracker.configuration.program(0, configPage({ ...config, ...changes }, 1));
    this.start();
  }

  /** A start with what flash holds: to the window behind the first reading. */
  start(): void {
    const { journal, configuration } = this.tracker;
    this.tracker = mockTracker({ journal, configuration });
    run(this.tracker);
    this.pass(2);
  }

  /** Start again, and open the console. */
  again(): void {
    this.start();
    this.type('\r');
  }

  pass(seconds: number): void {
    this.tracker.clock.advance(seconds);
  }

  /** What the tracker writes when this is typed. */
  type(bytes: string): string {
    const { console, clock } = this.tracker;
    const before = console.lines.length;
    console.type(bytes);
    clock.advance(0.1);
    return [...console.lines.slice(before), console.rest].join('\n');
  }

  /** A person's line, and what it brings. */
  say(line: string): string {
    return this.type(`${line}\r`);
  }

  /** A program's request: all lines of its answer, the last one at the end. `forS`: how long to wait for it. */
  answers(message: Message, forS = 0): Message[] {
    const id = ++this.#id;
    const { console, clock } = this.tracker;
    const before = console.lines.length;
    console.type(`${encodeFrame({ id, ...message })}\r\n`);
    clock.advance(0.5 + forS);
    return console.lines
      .slice(before)
      .map((line) => decodeFrame(line))
      .filter((found): found is Message => found?.['id'] === id);
  }

  ask(message: Message, forS = 0): Message {
    return this.answers(message, forS).at(-1) ?? {};
  }
}
