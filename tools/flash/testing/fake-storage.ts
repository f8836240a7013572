/** The power fails inside a flash operation; a program that catches it gets no further. */
export class PowerCut extends Error {}

interface File {
  name: string;
  readonly data: Uint8Array;
  isErased: boolean;
}

const HEADER = 32;
const LONGEST_NAME = 28;
/** Bytes that one flash operation programs. */
const BURST = 256;

/** Espruino's Storage (src/jsflash.c) as a log of files, down to the single flash operations. */
export class FakeStorage {
  readonly #capacity: number;
  #log: File[] = [];
  /** A header of which only the size was written: what comes behind it is never found again. */
  #isTorn = false;
  /** Flash operations until the power fails. */
  operationsLeft = Number.POSITIVE_INFINITY;
  operations = 0;
  compactions = 0;
  /** The power is gone, until `powerOn`. */
  hasFailed = false;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  list(): string[] {
    return this.#log.filter(({ isErased }) => !isErased).map(({ name }) => name);
  }

  read(name: string, at = 0, length?: number): string | undefined {
    const file = this.#find(name);
    if (!file) return undefined;
    const end = length === undefined || length === 0 ? file.data.length : at + length;
    return Buffer.from(file.data.subarray(at, end)).toString('latin1');
  }

  write(name: string, content: string, at = 0, size = 0): boolean {
    const bytes = Buffer.from(content, 'latin1');
    let file = this.#find(name);
    if (at === 0 && !(file && file.data.length === (size || bytes.length) && isErased(file.data))) {
      if (file && bytes.equals(file.data)) return true;
      if (file) this.#erase(file);
      file = this.#create(name, size || bytes.length);
    }
    if (!file) throw new Error('Unable to find or create file');
    if (at + bytes.length > file.data.length) throw new Error('Too much data for file size');
    if (!isErased(file.data.subarray(at, at + bytes.length)))
      throw new Error('File already written with different data');
    for (let i = 0; i < bytes.length; i += BURST) {
      this.#operate(() => file.data.set(bytes.subarray(i, i + BURST / 2), at + i));
      file.data.set(bytes.subarray(i, i + BURST), at + i);
    }
    return true;
  }

  erase(name: string): void {
    const file = this.#find(name);
    if (file) this.#erase(file);
  }

  compact(): void {
    this.compactions++;
    this.#operate(() => this.eraseAll());
    this.#log = this.#log.filter((file) => !file.isErased);
    this.#isTorn = false;
  }

  eraseAll(): void {
    this.#log = [];
    this.#isTorn = false;
  }

  getStats(): { freeBytes: number; trashBytes: number } {
    const used = (files: readonly File[]): number =>
      files.reduce((sum, { data }) => sum + space(data.length), 0);
    return {
      freeBytes: this.#capacity - used(this.#log),
      trashBytes: used(this.#log.filter((file) => file.isErased)),
    };
  }

  powerOn(): void {
    this.hasFailed = false;
    this.operationsLeft = Number.POSITIVE_INFINITY;
  }

  /** What a power cut leaves behind a header whose size alone was written. */
  tearHeader(): void {
    this.#isTorn = true;
  }

  #find(name: string): File | undefined {
    return this.#log.find((file) => !file.isErased && file.name === name.slice(0, LONGEST_NAME));
  }

  #create(name: string, size: number): File | undefined {
    const { freeBytes, trashBytes } = this.getStats();
    if (freeBytes < space(size)) {
      if (freeBytes + trashBytes < space(size)) return undefined;
      this.compact();
    }
    const file: File = { name: '', data: new Uint8Array(size).fill(0xff), isErased: false };
    if (this.#isTorn) return file;
    this.#operate(() => this.tearHeader());
    this.#log.push(file);
    file.name = name.slice(0, LONGEST_NAME);
    return file;
  }

  #erase(file: File): void {
    this.#operate(() => {});
    file.isErased = true;
  }

  /** One flash operation; where the power fails in it, `half` is what it did. */
  #operate(half: () => void): void {
    this.operations++;
    if (this.operationsLeft-- > 0) return;
    if (!this.hasFailed) half();
    this.hasFailed = true;
    throw new PowerCut();
  }
}

function isErased(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0xff);
}

function space(size: number): number {
  return HEADER + Math.ceil(size / 4) * 4;
}
