/**
 * What a running program can reach of the virtual board, in the terms of the pins: the one seam between the engines that
 * run the firmware (a vm context, the real interpreter) and the chips. All calls take no virtual time.
 */
export interface Machine {
  /** Microseconds on the board's own clock since power was applied; drifts like its RC oscillator. */
  uptimeUs(): number;
  /** esp_sleep_wakeup_cause_t: 0 for a power-on or reset, 4 for the sleep timer. */
  wakeCause(): number;
  /** True when the address acknowledges every byte. */
  i2cWrite(address: number, bytes: Uint8Array): boolean;
  /** Undefined when the address does not acknowledge. */
  i2cRead(address: number, count: number): Uint8Array | undefined;
  flashRead(address: number, length: number): Uint8Array;
  flashWrite(address: number, bytes: Uint8Array): void;
  flashErase(address: number): void;
  pinWrite(pin: number, high: boolean): void;
  /** The level of an input, whose pull-up is on. */
  digitalRead(pin: number): boolean;
  /** True when a chip answers with a presence pulse. */
  oneWireReset(pin: number): boolean;
  oneWireWrite(pin: number, bytes: Uint8Array): void;
  /** All ones where nobody pulls the line low. */
  oneWireRead(pin: number, count: number): Uint8Array;
  /** What comes back while `bytes` go out to the chip that the pin `select` selects. */
  spiTransfer(select: number, bytes: Uint8Array): Uint8Array;
  /** What an ADC pin reads, 0 to 1 of its full scale. */
  analogRead(pin: number): number;
  uartWrite(bytes: Uint8Array): void;
  deepSleep(us: number): void;
  watchdogStart(seconds: number): void;
  watchdogKick(): void;
  /** What the program writes to the console, each character one byte. */
  consoleWrite(text: string): void;
  /** A reset by the program itself. */
  restart(): void;
}

/** What goes through a running program when the board stops under it: deep sleep, or power gone. */
export class BoardStopped extends Error {
  override readonly name = 'BoardStopped';
}
/** One for all: a stack trace would cost more than a wake. */
export const boardStopped = new BoardStopped('the board has stopped');

/** Something that runs a bundle on a machine. */
export interface Engine {
  /** Start the program from its first line on a fresh interpreter. Resolves when it waits for time or bytes. */
  boot(machine: Machine): void | Promise<void>;
  /** Bytes from the modem. Resolves when the program waits again. */
  receive(bytes: Uint8Array): void | Promise<void>;
  /** Bytes that someone has typed at the console. Resolves when the program waits again. */
  type(bytes: Uint8Array): void | Promise<void>;
  /** The board has stopped: whatever ran is gone. */
  stop(): void | Promise<void>;
  /** What a program printed or threw outside the console, since the last call. */
  complaints(): string[];
}
