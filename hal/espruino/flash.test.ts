import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { flashContract } from '../conformance/flash.ts';
import { verdictOf } from '../conformance/testing/verdict.ts';
import type { Crypto } from '../crypto.ts';
import type { FlashRegion } from '../flash.ts';
import { mockClock } from '../mock/clock.ts';
import { mockCrypto } from '../mock/crypto.ts';

const BASE = 0x10000000;
const ERASES = 1024;

/** Espruino's Flash module over a chip that erases 1 KiB at a time; it reports nothing and checks nothing. */
class FlashModule {
  readonly cells = new Uint8Array(64 * ERASES).fill(0xff);
  worn = false;
  /** Undefined for no bytes, as the interpreter has it. */
  readonly read = (length: number, address: number): Uint8Array | undefined =>
    length > 0 ? this.cells.slice(address - BASE, address - BASE + length) : undefined;

  readonly write = (bytes: Uint8Array, address: number): void => {
    for (const [index, byte] of bytes.entries()) this.cells[address - BASE + index] &= byte;
  };

  readonly erasePage = (address: number): void => {
    const start = Math.floor((address - BASE) / ERASES) * ERASES;
    this.cells.fill(0xff, start, this.worn ? start + ERASES - 1 : start + ERASES);
  };
}

interface Layout {
  address: number;
  pages: number;
  pageSize: number;
  erases: number;
}

const chip = new FlashModule();
let region: FlashRegion;

beforeAll(async () => {
  vi.stubGlobal('require', () => chip);
  vi.stubGlobal('E', { sum: (bytes: Uint8Array) => bytes.reduce((sum, byte) => sum + byte, 0) });
  const path = './flash.ts';
  const { espruinoFlash } = (await import(path)) as {
    espruinoFlash: (layout: Layout, crypto: Crypto) => FlashRegion;
  };
  const layout = { address: BASE + 4 * ERASES, pages: 4, pageSize: 4 * ERASES, erases: ERASES };
  region = espruinoFlash(layout, mockCrypto);
});

afterAll(() => {
  vi.unstubAllGlobals();
});

describe("a region of Espruino's flash whose pages are several erases of the chip", () => {
  it('keeps the contract', () => {
    for (const rule of flashContract(region))
      expect([rule.name, verdictOf(rule, mockClock())]).toEqual([rule.name, null]);
  });

  it('erases all of its page and nothing around it', () => {
    chip.cells.fill(0);
    region.erase(1);
    const erased = chip.cells.map((byte) => (byte === 0xff ? 1 : 0)).reduce((sum, one) => sum + one, 0);
    expect(erased).toBe(4 * ERASES);
    expect(chip.cells.subarray(8 * ERASES, 12 * ERASES).every((byte) => byte === 0xff)).toBe(true);
  });

  it('says verify when the chip does not erase all of a page', () => {
    chip.cells.fill(0);
    chip.worn = true;
    expect(region.erase(1)).toBe('verify');
    chip.worn = false;
    expect(region.erase(1)).toBeNull();
  });
});
