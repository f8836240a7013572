import { type ConsoleBench, type ConsoleBenchOptions, openConsoleBench } from '../../sim-console/bench.ts';
import { decodeFrame } from '../frame.ts';
import type { Port } from '../port.ts';

const SLICE_US = 20_000;
/** Behind each key so much time passes by itself, ms. */
const AFTER_KEYS_MS = 200;
/** From a reset to the open window: boot, and the first reading. */
const START_MS = 2500;
/** No command takes longer; while the board is off or asleep nothing answers, and nothing is waited for longer than that. */
const LONGEST_ANSWER_S = 1200;
const LONGEST_SILENCE_S = 20;

/**
 * The console of a virtual tracker as a port in the same process. Its time stands still but for what is under way: behind keys,
 * a reset and each request it passes as fast as the host can compute, until the answer is there.
 */
export class VirtualPort implements Port {
  /** Everything that the tracker has said. */
  said = '';
  readonly bench: ConsoleBench;
  #hear: (text: string) => void = () => {};
  #gone: () => void = () => {};
  #isOpen = true;
  #rest = '';
  #typed = '';
  readonly #open = new Set<unknown>();
  #untilUs = 0;
  #pump: Promise<void> | undefined;

  private constructor(bench: ConsoleBench) {
    this.bench = bench;
  }

  /** A tracker with power, at the end of its first start: its window is open. */
  static async make(options: Partial<Omit<ConsoleBenchOptions, 'onText'>> = {}): Promise<VirtualPort> {
    let port: VirtualPort | undefined;
    const bench = await openConsoleBench({
      board: 't-sim7080g-s3',
      scenario: 'hanoi-duisburg',
      seed: 1,
      engine: 'vm',
      ...options,
      onText: (text) => port?.heard(text),
    });
    port = new VirtualPort(bench);
    bench.stage.sim.tracker.powerOn();
    await port.pass(START_MS / 1000);
    return port;
  }

  write(text: string): Promise<void> {
    if (!this.#isOpen) return Promise.reject(new Error('the port is closed'));
    this.bench.stage.sim.tracker.type(text);
    const lines = (this.#typed + text).split(/[\r\n]/);
    this.#typed = lines.pop() ?? '';
    for (const line of lines) {
      const id = decodeFrame(line)?.['id'];
      if (id !== undefined) this.#open.add(id);
    }
    this.#run(AFTER_KEYS_MS);
    return Promise.resolve();
  }

  onText(hear: (text: string) => void): void {
    this.#hear = hear;
  }

  onClosed(gone: () => void): void {
    this.#gone = gone;
  }

  reset(): Promise<boolean> {
    this.bench.stage.sim.tracker.reset();
    this.#open.clear();
    this.#run(START_MS);
    return Promise.resolve(true);
  }

  /** The cable is pulled, or the program lets go of the port; the tracker does not notice. */
  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#open.clear();
    await this.#pump;
    this.#gone();
  }

  /** Plug in again. */
  open(): void {
    this.#isOpen = true;
  }

  /** Let time pass, s. */
  async pass(seconds: number): Promise<void> {
    this.#run(seconds * 1000);
    await this.#pump;
  }

  /** Until nothing is under way any more: what comes then comes at the same time on any host. */
  async idle(): Promise<void> {
    await this.#pump;
  }

  /** Power is gone now, and back a moment later, with the window open again. */
  async cutPower(): Promise<void> {
    const { tracker } = this.bench.stage.sim;
    tracker.powerOff();
    this.#open.clear();
    await this.pass(1);
    tracker.powerOn();
    await this.pass(START_MS / 1000);
  }

  /** End it all. */
  async end(): Promise<void> {
    await this.close();
    await this.bench.close();
  }

  #run(ms: number): void {
    const { kernel } = this.bench.stage;
    this.#untilUs = Math.max(this.#untilUs, kernel.nowUs + ms * 1000);
    this.#pump ??= this.#pass().finally(() => {
      this.#pump = undefined;
    });
  }

  async #pass(): Promise<void> {
    const { kernel, sim } = this.bench.stage;
    let sinceUs = kernel.nowUs;
    const open = this.#open;
    while (kernel.nowUs < this.#untilUs || open.size > 0) {
      await kernel.run(kernel.nowUs + SLICE_US);
      await new Promise((resolve) => setImmediate(resolve));
      if (open.size === 0) sinceUs = kernel.nowUs;
      const limitS = sim.tracker.state === 'awake' ? LONGEST_ANSWER_S : LONGEST_SILENCE_S;
      if (kernel.nowUs - sinceUs > limitS * 1_000_000) open.clear();
    }
  }

  heard(text: string): void {
    this.said += text;
    const lines = (this.#rest + text).split('\r\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      const answer = decodeFrame(line.slice(Math.max(0, line.indexOf('{'))));
      if (answer?.['ok'] !== undefined) {
        this.#open.delete(answer['id']);
        if (answer['id'] === 0) this.#open.clear();
      }
    }
    if (this.#isOpen) this.#hear(text);
  }
}
