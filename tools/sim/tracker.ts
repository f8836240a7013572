import { fromByteString } from './bytes.ts';
import type { Hardware } from './hardware.ts';
import { DEVICE, type Kernel, type Timer } from './kernel.ts';
import { boardStopped, type Engine, type Machine } from './machine.ts';
import type { Peripherals } from './peripherals.ts';

/** From power or the wake timer to the first line of the program: ROM, bootloader, Espruino's own start. */
const BOOT_US = 300_000;
const CAUSE_RESET = 0;
const CAUSE_TIMER = 4;

export type BoardState = 'unpowered' | 'asleep' | 'awake';

export type StopCause = 'sleep' | 'power-cut' | 'watchdog' | 'restart';

export interface TrackerOptions {
  readonly kernel: Kernel;
  readonly hardware: Hardware & Peripherals;
  readonly engine: Engine;
  /** How much faster the RC clock runs than time while the board sleeps, from when it falls asleep: 0.002 is 0.2 %. */
  readonly clockDrift: number | (() => number);
  readonly onState?: (state: BoardState) => void;
  /** After each wake and each power cut, when flash is at rest and before the next boot. */
  readonly onStopped?: (why: StopCause) => void;
  /** Hears the console by lines, without their ends. */
  readonly onConsole?: (line: string) => void;
  /** Hears the console as it comes, each character one byte. */
  readonly onConsoleText?: (text: string) => void;
}

/**
 * A virtual tracker: chips, an engine that runs the firmware on them, and the life between power-on, deep sleep, watchdog
 * and power cut. Deep sleep destroys the program; only flash, the RC clock and what the chips hold survive.
 */
export class VirtualTracker implements Machine {
  wakes = 0;
  watchdogBites = 0;
  /** Everything that the program complained about: uncaught errors and the like. */
  readonly complaints: string[] = [];
  readonly #options: TrackerOptions;
  #state: BoardState = 'unpowered';
  #cause = CAUSE_RESET;
  /** Counts programs; a call from an older one finds that the board has stopped. */
  #alive = false;
  #bootTimer: Timer | undefined;
  #watchdog: Timer | undefined;
  #watchdogUs = 0;
  /** What the program has written of a line. */
  #console = '';
  /** Someone has typed something, and is told of errors: they are no complaints about the program. */
  #attended = false;
  /** The board's clock: its value at the kernel's time `#clockSetUs`. */
  #clockUs = 0;
  #clockSetUs = 0;

  constructor(options: TrackerOptions) {
    this.#options = options;
    const { hardware, engine } = options;
    hardware.modem.onTransmit = (bytes) => {
      const running = this.#alive && this.#settle(engine.receive(bytes));
      if (running) this.#options.kernel.hold(running);
    };
    hardware.flash.onCut = () => {
      this.powerOff();
      options.kernel.after(this.#outageUs, () => this.powerOn());
    };
  }

  /** Apply power now, or again after `powerOff`. */
  powerOn(): void {
    this.#options.hardware.power(true);
    this.#clockUs = 0;
    this.#clockSetUs = this.#options.kernel.nowUs;
    this.#bootLater(0, CAUSE_RESET);
  }

  /** Power is gone now, whatever the program is doing, and stays away until `powerOn`. */
  powerOff(): void {
    this.#options.hardware.power(false);
    this.#enter('unpowered', 'power-cut');
  }

  /** Let power fail in the middle of the next flash program. It comes back `forUs` later. */
  armPowerCut(forUs: number): void {
    this.#outageUs = forUs;
    this.#options.hardware.flash.armCut();
  }
  #outageUs = 0;

  uptimeUs(): number {
    const elapsed = this.#options.kernel.nowUs - this.#clockSetUs;
    return this.#clockUs + elapsed;
  }

  wakeCause(): number {
    return this.#cause;
  }

  i2cWrite(address: number, bytes: Uint8Array): boolean {
    this.#mustLive();
    return this.#options.hardware.i2c.get(address)?.write(bytes) ?? false;
  }

  i2cRead(address: number, count: number): Uint8Array | undefined {
    this.#mustLive();
    return this.#options.hardware.i2c.get(address)?.read(count);
  }

  flashRead(address: number, length: number): Uint8Array {
    this.#mustLive();
    return this.#options.hardware.flash.read(address, length);
  }

  flashWrite(address: number, bytes: Uint8Array): void {
    this.#mustLive();
    this.#options.hardware.flash.write(address, bytes);
    this.#mustLive();
  }

  flashErase(address: number): void {
    this.#mustLive();
    this.#options.hardware.flash.erase(address);
  }

  pinWrite(pin: number, high: boolean): void {
    this.#mustLive();
    this.#options.hardware.pinWrite(pin, high);
  }

  digitalRead(pin: number): boolean {
    this.#mustLive();
    return this.#options.hardware.pinRead?.(pin) ?? true;
  }

  oneWireReset(pin: number): boolean {
    this.#mustLive();
    return this.#options.hardware.oneWire?.get(pin)?.reset() ?? false;
  }

  oneWireWrite(pin: number, bytes: Uint8Array): void {
    this.#mustLive();
    this.#options.hardware.oneWire?.get(pin)?.write(bytes);
  }

  oneWireRead(pin: number, count: number): Uint8Array {
    this.#mustLive();
    return this.#options.hardware.oneWire?.get(pin)?.read(count) ?? undriven(count);
  }

  spiTransfer(select: number, bytes: Uint8Array): Uint8Array {
    this.#mustLive();
    return this.#options.hardware.spi?.get(select)?.transfer(bytes) ?? undriven(bytes.length);
  }

  analogRead(pin: number): number {
    this.#mustLive();
    return this.#options.hardware.analogRead(pin);
  }

  uartWrite(bytes: Uint8Array): void {
    this.#mustLive();
    this.#options.hardware.modem.receive(bytes);
  }

  deepSleep(us: number): void {
    this.#mustLive();
    // A timer of the chip counts whole microseconds.
    const counted = Math.round(us);
    const { clockDrift } = this.#options;
    const drift = typeof clockDrift === 'number' ? clockDrift : clockDrift();
    const sleepUs = Math.ceil(counted / (1 + drift));
    this.#clockUs = this.uptimeUs() + counted;
    this.#clockSetUs = this.#options.kernel.nowUs + sleepUs;
    this.#enter('asleep', 'sleep');
    this.#bootLater(sleepUs, CAUSE_TIMER);
    throw boardStopped;
  }

  watchdogStart(seconds: number): void {
    this.#mustLive();
    this.#watchdogUs = seconds * 1_000_000;
    this.watchdogKick();
  }

  watchdogKick(): void {
    this.#mustLive();
    const { kernel } = this.#options;
    kernel.cancel(this.#watchdog);
    if (this.#watchdogUs > 0) this.#watchdog = kernel.after(this.#watchdogUs, () => this.#bite());
  }

  consoleWrite(text: string): void {
    this.#mustLive();
    const lines = (this.#console + text).split('\r\n');
    this.#console = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('error ') && !this.#attended) this.complaints.push(line);
      this.#options.onConsole?.(line);
    }
    this.#options.onConsoleText?.(text);
    this.#mustLive();
  }

  /** Someone types at the console, as the next event; nobody hears it while no program runs. */
  type(text: string): void {
    this.#options.kernel.after(0, () => {
      this.#attended = true;
      if (this.#alive) return this.#settle(this.#options.engine.type(fromByteString(text)));
    });
  }

  /** The reset button. */
  reset(): void {
    if (this.#state !== 'unpowered') this.#startOver('restart');
  }

  restart(): void {
    this.#mustLive();
    this.#startOver('restart');
    throw boardStopped;
  }

  #bootLater(delayUs: number, cause: number): void {
    this.#bootTimer = this.#options.kernel.after(
      delayUs,
      () => {
        this.#setState('awake');
        this.#bootTimer = this.#options.kernel.after(BOOT_US, () => this.#boot(cause), DEVICE);
      },
      DEVICE,
    );
  }

  #boot(cause: number): void | Promise<void> {
    this.#cause = cause;
    this.#alive = true;
    this.wakes++;
    return this.#settle(this.#options.engine.boot(this));
  }

  /** The board stops: the program is gone, whatever it was doing. */
  #enter(state: BoardState, why: StopCause): void {
    const { kernel, engine } = this.#options;
    this.#alive = false;
    this.#attended = false;
    this.#console = '';
    kernel.cancel(this.#watchdog);
    kernel.cancel(this.#bootTimer);
    this.#watchdogUs = 0;
    this.#setState(state);
    const stopped = engine.stop();
    const told = (): void => this.#options.onStopped?.(why);
    if (stopped) kernel.hold(stopped.then(told));
    else told();
  }

  #bite(): void {
    this.watchdogBites++;
    this.complaints.push('the watchdog bit');
    this.#startOver('watchdog');
  }

  /** A reset, which keeps the RC clock and the chips' supplies. */
  #startOver(why: StopCause): void {
    // Out of a sleep too: what is left of it does not pass.
    this.#clockUs = this.uptimeUs();
    this.#clockSetUs = this.#options.kernel.nowUs;
    this.#enter('awake', why);
    this.#bootLater(0, CAUSE_RESET);
  }

  #setState(state: BoardState): void {
    this.#state = state;
    this.#options.onState?.(state);
  }

  get state(): BoardState {
    return this.#state;
  }

  #settle(pending: void | Promise<void>): void | Promise<void> {
    const collect = (): void => {
      this.complaints.push(...this.#options.engine.complaints());
    };
    if (pending) return pending.then(collect);
    collect();
  }

  #mustLive(): void {
    if (!this.#alive) throw boardStopped;
  }
}

/** What a line with a pull-up reads where no chip drives it. */
function undriven(count: number): Uint8Array {
  return new Uint8Array(count).fill(0xff);
}
