/**
 * NOR flash: programming clears bits, erasing sets a whole page. A power cut can be laid into the middle of a program: then
 * a prefix of the bytes is done, the rest of the 256-byte program page holds anything, and `onCut` is told.
 */
import type { Random } from '../random.ts';

const PROGRAM_PAGE = 256;

export class NorFlash {
  readonly base: number;
  readonly pageSize: number;
  readonly cells: Uint8Array;
  /** Since the flash was made. */
  programs = 0;
  bytesProgrammed = 0;
  erases = 0;
  onCut: (() => void) | undefined;
  readonly #random: Random;
  #cutArmed = false;

  constructor(options: { base: number; size: number; pageSize: number; random: Random }) {
    this.base = options.base;
    this.pageSize = options.pageSize;
    this.cells = new Uint8Array(options.size).fill(0xff);
    this.#random = options.random;
  }

  /** Let power fail inside the next program. */
  armCut(): void {
    this.#cutArmed = true;
  }

  read(address: number, length: number): Uint8Array {
    const at = address - this.base;
    return this.cells.slice(at, at + length);
  }

  write(address: number, bytes: Uint8Array): void {
    const at = address - this.base;
    if (at < 0 || at + bytes.length > this.cells.length) return;
    this.programs++;
    const cut = this.#cutArmed;
    const whole = cut ? this.#random.int(0, bytes.length - 1) : bytes.length;
    for (let i = 0; i < whole; i++)
      this.cells[at + i] = (this.cells[at + i] as number) & (bytes[i] as number);
    this.bytesProgrammed += whole;
    if (!cut) return;
    const pageEnd = (Math.floor((at + whole) / PROGRAM_PAGE) + 1) * PROGRAM_PAGE;
    for (let i = at + whole; i < pageEnd && i < this.cells.length; i++)
      this.cells[i] = (this.cells[i] as number) & this.#random.int(0, 255);
    this.#cutArmed = false;
    this.onCut?.();
  }

  erase(address: number): void {
    const at = Math.floor((address - this.base) / this.pageSize) * this.pageSize;
    if (at < 0 || at >= this.cells.length) return;
    this.erases++;
    this.cells.fill(0xff, at, at + this.pageSize);
  }
}
