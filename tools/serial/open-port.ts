import type { Port } from '../console/port.ts';
import { openFault, serialGone } from './faults.ts';
import { heartbeat } from './heartbeat.ts';
import { watchPresence } from './presence.ts';

/** What the tracker's console speaks: docs/console.md. */
export const CONSOLE_BAUD = 115200;

/** How long an ESP32 is held in reset; its EN pin has a capacitor. */
const RESET_MS = 100;

export interface OpenOptions {
  /** Bits per second. */
  readonly baudRate?: number;
  /** Whether `reset` may touch DTR and RTS. */
  readonly mayReset?: boolean;
}

/**
 * A serial line, 8N1 with XON/XOFF both ways. DTR and RTS stay as the system leaves them until `reset` is called, and
 * are not dropped at the end, so that a tracker goes on when the program leaves.
 * @throws ColdrailError `serial.missing`, `serial.busy`, `serial.permission`, `serial.not-serial`, `serial.failed`
 */
export async function openPort(path: string, options: OpenOptions = {}): Promise<Port> {
  const { SerialPort } = await import('serialport');
  const serial = new SerialPort({
    path,
    baudRate: options.baudRate ?? CONSOLE_BAUD,
    xon: true,
    xoff: true,
    hupcl: false,
    autoOpen: false,
  });
  await new Promise<void>((resolve, reject) => {
    serial.open((error) => (error ? reject(openFault(path, error)) : resolve()));
  });
  const stopHeartbeat = heartbeat();
  const stopWatching = watchPresence(path, () => serial.close());
  let hear: (text: string) => void = () => {};
  let gone: () => void = () => {};
  serial.on('data', (data: Buffer) => hear(data.toString('latin1')));
  // Each error of a pulled line is followed by its 'close'; a write that fails rejects by itself.
  serial.on('error', () => {});
  serial.once('close', () => {
    stopHeartbeat();
    stopWatching();
    gone();
  });

  const setLines = (dtr: boolean, rts: boolean): Promise<boolean> =>
    // A pty has no such lines, and says so.
    new Promise((resolve) => serial.set({ dtr, rts }, (error) => resolve(!error)));

  return {
    write: (text) =>
      new Promise((resolve, reject) => {
        if (!serial.isOpen) return reject(serialGone(path));
        serial.write(text, 'latin1', (error) => (error ? reject(serialGone(path)) : resolve()));
      }),
    onText: (listener) => {
      hear = listener;
    },
    onClosed: (listener) => {
      gone = listener;
    },
    // The transistors of ESP32 boards: RTS alone pulls EN, DTR alone pulls GPIO0 (which would start the boot loader).
    reset: async () => {
      if (options.mayReset === false || !(await setLines(false, true))) return false;
      await new Promise((resolve) => setTimeout(resolve, RESET_MS));
      return await setLines(false, false);
    },
    close: () =>
      new Promise((resolve) => {
        if (!serial.isOpen) return resolve();
        serial.close(() => resolve());
      }),
  };
}
