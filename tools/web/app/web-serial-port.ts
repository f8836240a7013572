import type { Port } from '../../console/port.ts';
import type { SerialPortLike } from './serial-api.ts';

/** The console's: docs/console.md. */
const BAUD_RATE = 115200;
const BUFFER_BYTES = 4096;
/** How long the reset line is held; the boards' RC on EN takes about 1 ms. */
const RESET_MS = 100;
/** Flow control of the tracker's port, never a part of a line (docs/console.md); other programs have it taken out by the system. */
const XON = 0x11;
const XOFF = 0x13;

/** A port of Web Serial as the console's client wants it. `open` makes one. */
export class WebSerialPort implements Port {
  readonly #port: SerialPortLike;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  #hear: (text: string) => void = () => {};
  #gone: () => void = () => {};
  #isOpen = true;
  #isReleased = false;

  private constructor(port: SerialPortLike) {
    if (!port.readable || !port.writable) throw new DOMException('no streams', 'NetworkError');
    this.#port = port;
    this.#reader = port.readable.getReader();
    this.#writer = port.writable.getWriter();
    port.addEventListener('disconnect', () => this.#end());
    void this.#listen();
  }

  /** @throws DOMException NetworkError where another program has the port. */
  static async open(port: SerialPortLike): Promise<WebSerialPort> {
    await port.open({ baudRate: BAUD_RATE, bufferSize: BUFFER_BYTES });
    return new WebSerialPort(port);
  }

  async write(text: string): Promise<void> {
    await this.#writer.write(Uint8Array.from(text, (character) => character.charCodeAt(0)));
  }

  onText(hear: (text: string) => void): void {
    this.#hear = hear;
  }

  onClosed(gone: () => void): void {
    this.#gone = gone;
  }

  /** RTS holds EN, DTR low keeps an ESP32 out of its boot loader. */
  async reset(): Promise<boolean> {
    try {
      await this.#port.setSignals({ dataTerminalReady: false, requestToSend: true });
      await new Promise((done) => setTimeout(done, RESET_MS));
      await this.#port.setSignals({ dataTerminalReady: false, requestToSend: false });
      return true;
    } catch {
      return false;
    }
  }

  async close(): Promise<void> {
    this.#end();
    if (this.#isReleased) return;
    this.#isReleased = true;
    // What was pulled can be neither cancelled nor closed; it is gone all the same.
    await this.#reader.cancel().catch(() => {});
    this.#reader.releaseLock();
    await this.#writer.abort().catch(() => {});
    this.#writer.releaseLock();
    await this.#port.close().catch(() => {});
  }

  async #listen(): Promise<void> {
    try {
      for (;;) {
        const { value, done } = await this.#reader.read();
        if (done || !this.#isOpen) break;
        const text = value.filter((byte) => byte !== XON && byte !== XOFF);
        this.#hear(Array.from(text, (byte) => String.fromCharCode(byte)).join(''));
      }
    } catch {
      // A pulled cable and a broken line end alike.
    }
    this.#end();
  }

  #end(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#gone();
  }
}
