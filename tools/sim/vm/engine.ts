import { DEVICE, type Kernel, type Timer } from '../kernel.ts';
import { BoardStopped, type Engine, type Machine } from '../machine.ts';
import { espruinoGlobals, type SerialPort } from './globals.ts';
import { Realm } from './realm.ts';

/** Runs a bundle from its first line each time it boots: deep sleep leaves nothing behind. */
export class VmEngine implements Engine {
  readonly #kernel: Kernel;
  readonly #realm: Realm;
  readonly #timers = new Map<number, Timer>();
  #nextTimer = 1;
  #modem: SerialPort | undefined;
  #terminal: SerialPort | undefined;
  #complaints: string[] = [];

  constructor(kernel: Kernel, bundle: string, filename: string) {
    this.#kernel = kernel;
    this.#realm = new Realm(bundle, filename);
  }

  boot(machine: Machine): void {
    const { globals, modem, terminal } = espruinoGlobals(machine, {
      set: (run, delayMs) => this.#setTimer(run, delayMs),
      clear: (timer) => this.#clearTimer(timer),
    });
    this.#modem = modem;
    this.#terminal = terminal;
    this.#guard(() => this.#realm.run(globals));
  }

  receive(bytes: Uint8Array): void {
    this.#guard(() => this.#modem?.deliver(bytes));
  }

  type(bytes: Uint8Array): void {
    this.#guard(() => this.#terminal?.deliver(bytes));
  }

  stop(): void {
    for (const timer of this.#timers.values()) this.#kernel.cancel(timer);
    this.#timers.clear();
    this.#modem = undefined;
    this.#terminal = undefined;
  }

  complaints(): string[] {
    return this.#complaints.splice(0);
  }

  #setTimer(run: () => void, delayMs: number): number {
    const id = this.#nextTimer++;
    const fire = (): void => {
      this.#timers.delete(id);
      this.#guard(run);
    };
    // Whole microseconds before they are added to the time: what a sum rounds away would differ from the interpreter's.
    this.#timers.set(id, this.#kernel.after(Math.round(Math.max(0, delayMs) * 1000), fire, DEVICE));
    return id;
  }

  #clearTimer(id: number): void {
    this.#kernel.cancel(this.#timers.get(id));
    this.#timers.delete(id);
  }

  /** On the interpreter an error in an event is printed and the next event runs. */
  #guard(run: () => void): void {
    try {
      run();
    } catch (error) {
      if (!(error instanceof BoardStopped)) this.#complaints.push(`Uncaught ${String(error)}`);
    }
  }
}
