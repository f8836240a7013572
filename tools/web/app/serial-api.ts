/** What the page uses of the Web Serial API (https://wicg.github.io/serial/), which TypeScript's own library lacks. */

export interface SerialLike {
  /** Asks the person; needs a click. Rejects with NotFoundError when none was chosen. */
  requestPort(): Promise<SerialPortLike>;
  /** Those that the person has chosen before, and that are plugged in. */
  getPorts(): Promise<SerialPortLike[]>;
  addEventListener(type: 'connect', hear: () => void): void;
}

export interface SerialPortLike {
  readonly readable: ReadableStream<Uint8Array> | null;
  readonly writable: WritableStream<Uint8Array> | null;
  open(options: { baudRate: number; bufferSize?: number }): Promise<void>;
  close(): Promise<void>;
  setSignals(signals: { dataTerminalReady?: boolean; requestToSend?: boolean }): Promise<void>;
  addEventListener(type: 'disconnect', hear: () => void): void;
}

/** The browser's, or undefined where it has none. */
export function browserSerial(): SerialLike | undefined {
  return (navigator as { serial?: SerialLike }).serial;
}
