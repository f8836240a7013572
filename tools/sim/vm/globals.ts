/** Espruino's globals over a virtual board, as the vm context sees them. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { fromByteString, toByteString } from '../bytes.ts';
import type { Machine } from '../machine.ts';

export interface Timers {
  set(run: () => void, delayMs: number): number;
  clear(timer: number): void;
}

export interface SerialPort {
  /** Hands bytes of the far side to the program, if it listens. */
  deliver(bytes: Uint8Array): void;
}

type Data = Uint8Array | readonly number[] | string;

function bytesOf(data: Data): Uint8Array {
  if (typeof data === 'string') return fromByteString(data);
  return ArrayBuffer.isView(data) ? (data as Uint8Array) : Uint8Array.from(data);
}

function serial(send: (bytes: Uint8Array) => void): SerialPort & Record<string, unknown> {
  let listeners: ((text: string) => void)[] = [];
  let open = false;
  return {
    setup: () => {
      open = true;
    },
    unsetup: () => {
      open = false;
    },
    on: (_event: string, run: (text: string) => void) => {
      listeners.push(run);
    },
    removeAllListeners: () => {
      listeners = [];
    },
    write: (data: Data) => {
      send(bytesOf(data));
    },
    deliver: (bytes) => {
      if (open) for (const run of listeners) run(toByteString(bytes));
    },
  };
}

type PinObject = { readonly index: number };

/** The constructor OneWire, whose bits the machine carries as whole bytes. */
function oneWire(machine: Machine): unknown {
  return function OneWire({ index }: PinObject) {
    return {
      reset: () => machine.oneWireReset(index),
      write: (data: Data) => machine.oneWireWrite(index, bytesOf(data)),
      read: (count: number) => machine.oneWireRead(index, count),
    };
  };
}

export function espruinoGlobals(
  machine: Machine,
  timers: Timers,
): { globals: Record<string, unknown>; modem: SerialPort; terminal: SerialPort } {
  const modem = serial((bytes) => machine.uartWrite(bytes));
  const terminal = serial((bytes) => machine.consoleWrite(toByteString(bytes)));
  const modules: Record<string, unknown> = {
    Flash: {
      read: (length: number, address: number) => machine.flashRead(address, length),
      write: (data: Data, address: number) => machine.flashWrite(address, bytesOf(data)),
      erasePage: (address: number) => machine.flashErase(address),
    },
    crypto: {
      SHA256: (data: Data) => {
        const digest = createHash('sha256').update(bytesOf(data)).digest();
        return digest.buffer.slice(digest.byteOffset, digest.byteOffset + digest.byteLength);
      },
    },
  };
  const globals: Record<string, unknown> = {
    Serial1: terminal,
    Serial2: modem,
    I2C1: {
      setup: () => {},
      writeTo: (address: number, data: Data) => {
        if (!machine.i2cWrite(address, bytesOf(data))) throw new Error("I2C device doesn't ACK");
      },
      readFrom: (address: number, count: number) => {
        const bytes = machine.i2cRead(address, count);
        if (!bytes) throw new Error("I2C device doesn't ACK");
        return bytes;
      },
    },
    SPI1: {
      setup: () => {},
      send: (data: Data, select: PinObject) => machine.spiTransfer(select.index, bytesOf(data)),
    },
    OneWire: oneWire(machine),
    analogRead: (pin: PinObject) => machine.analogRead(pin.index),
    digitalRead: (pin: PinObject) => (machine.digitalRead(pin.index) ? 1 : 0),
    Pin: (pin: number) => ({
      index: pin,
      write: (value: unknown) => machine.pinWrite(pin, Boolean(value)),
      read: () => machine.digitalRead(pin),
      mode: () => {},
    }),
    ESP32: {
      deepSleep: (us: number) => machine.deepSleep(us),
      getWakeupCause: () => machine.wakeCause(),
    },
    E: {
      CRC32: (data: Data) => crc32(bytesOf(data)),
      sum: (data: Data) => bytesOf(data).reduce((sum, byte) => sum + byte, 0),
      enableWatchdog: (seconds: number) => machine.watchdogStart(seconds),
      kickWatchdog: () => machine.watchdogKick(),
      reboot: () => machine.restart(),
      // No interpreter's console is there that could be locked.
      setConsole: () => {},
    },
    getTime: () => machine.uptimeUs() / 1_000_000,
    btoa: (data: Data) => Buffer.from(bytesOf(data)).toString('base64'),
    require: (name: string) => {
      const found = modules[name];
      if (!found) throw new Error(`Module ${name} not found`);
      return found;
    },
    setTimeout: timers.set,
    clearTimeout: (timer: unknown) => {
      if (timer === undefined)
        throw new Error('clearTimeout(undefined) not allowed. Use clearTimeout() instead');
      timers.clear(timer as number);
    },
  };
  return { globals, modem, terminal };
}
