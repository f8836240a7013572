import type { FakeStorage } from './fake-storage.ts';
import { PowerCut } from './fake-storage.ts';

const ACK = '\x06';
const NAK = '\x15';
/** Espruino's 5 s, in the time of the tests. */
const PACKET_TIMEOUT_MS = 60;
const TYPE = 0xe000;
const LENGTH = 0x1fff;

/** Packets as src/jsinteractive.c takes them: no check, no number, and an ACK even where Storage took nothing. */
export class PacketReceiver {
  isReceiving = false;
  readonly #storage: FakeStorage;
  readonly #say: (text: string) => void;
  #bytes = '';
  #timeout: NodeJS.Timeout | undefined;
  #file: { name: string; size: number; at: number } | undefined;

  constructor(storage: FakeStorage, say: (text: string) => void) {
    this.#storage = storage;
    this.#say = say;
  }

  begin(): void {
    this.isReceiving = true;
    this.#bytes = '';
    clearTimeout(this.#timeout);
    this.#timeout = setTimeout(() => this.#end(NAK), PACKET_TIMEOUT_MS);
  }

  take(character: string): void {
    this.#bytes += character;
    if (this.#bytes.length < 2) return;
    const head = (this.#bytes.charCodeAt(0) << 8) | this.#bytes.charCodeAt(1);
    if (this.#bytes.length < 2 + (head & LENGTH)) return;
    this.#end(this.#process(head & TYPE, this.#bytes.slice(2)) ? ACK : NAK);
  }

  abandon(): void {
    clearTimeout(this.#timeout);
    this.isReceiving = false;
    this.#file = undefined;
  }

  #end(receipt: string): void {
    clearTimeout(this.#timeout);
    this.isReceiving = false;
    this.#say(receipt);
  }

  #process(type: number, data: string): boolean {
    if (type === 0x6000) return this.#open(data);
    if (type !== 0x8000 || !this.#file) return false;
    const { name, size, at } = this.#file;
    try {
      this.#storage.write(name, data, at, size);
    } catch (error) {
      if (error instanceof PowerCut) throw error;
      this.#say(`Uncaught ${error}\r\n`);
    }
    this.#file = at + data.length >= size ? undefined : { name, size, at: at + data.length };
    return true;
  }

  #open(json: string): boolean {
    try {
      const { fn, s } = JSON.parse(json);
      this.#file = { name: String(fn), size: Number(s), at: 0 };
      return this.#file.size > 0;
    } catch {
      return false;
    }
  }
}
