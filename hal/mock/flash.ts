import type { FlashFailure, FlashRegion } from '../flash.ts';

/**
 * NOR flash in RAM, strict where the real part is forgiving: unless `strict` is switched off, programming a byte twice
 * between erases throws, since the journal promises never to do it.
 *
 * Power fails when `fuel` is used up: in the middle of a program or an erase, which then throws PowerCut, as every call
 * does until `restore`. What the cut leaves of the bytes that were still to be done is `afterCut`'s to say.
 */
export interface MockFlash extends FlashRegion {
  readonly cells: Uint8Array;
  /** Bytes that may still be programmed or erased before power fails. */
  fuel: number;
  strict: boolean;
  /** Stretches from `from` to `to` (exclusive) that may be programmed more than once; none of a new part. */
  again: readonly { readonly from: number; readonly to: number }[];
  /** Bad cells and pages; empty for a good part. */
  readonly defects: Defects;
  /** What happens to the cells that the contract leaves open; without it they stay as they were. */
  afterCut: ((damage: CutDamage) => void) | null;
  readonly counts: FlashCounts;
  /** Erases begun, by page. */
  readonly erasesOf: readonly number[];
  restore(): void;
  snapshot(): FlashSnapshot;
  /** Back to a snapshot, with power on; counts go on. */
  load(snapshot: FlashSnapshot): void;
}

/** Calls and bytes since the mock was made. */
export interface FlashCounts {
  reads: number;
  bytesRead: number;
  programs: number;
  bytesProgrammed: number;
  erases: number;
}

/** Pages (true) that a command does nothing to, and bits that always read the same: the mask of the bits, by offset. */
export interface Defects {
  readonly deadToProgram: Record<string, boolean>;
  readonly deadToErase: Record<string, boolean>;
  readonly stuckAt0: Record<string, number>;
  readonly stuckAt1: Record<string, number>;
}

/** `cells` from `from` to `to` (exclusive) may be changed: the rest of the program page, or the page under erase. */
export interface CutDamage {
  readonly during: 'program' | 'erase';
  readonly cells: Uint8Array;
  readonly from: number;
  readonly to: number;
  /** What was to be programmed from `from` on; empty during an erase. */
  readonly intended: Uint8Array;
}

export interface FlashSnapshot {
  readonly cells: Uint8Array;
  readonly programmed: Uint8Array;
  readonly erasesOf: readonly number[];
}

export class PowerCut extends Error {}

/** One for all: a stack for each of 100 000 cuts would take longer than the cuts. */
const powerCut = new PowerCut('power cut');

const PROGRAM_PAGE = 256;
const PLENTY = 1e12;

export function mockFlash(pages: number, pageSize: number): MockFlash {
  const cells = new Uint8Array(pages * pageSize).fill(255);
  const programmed = new Uint8Array(cells.length);
  const counts: FlashCounts = {
    reads: 0,
    bytesRead: 0,
    programs: 0,
    bytesProgrammed: 0,
    erases: 0,
  };
  const erasesOf: number[] = [];
  for (let page = 0; page < pages; page++) erasesOf.push(0);
  const defects: Defects = {
    deadToProgram: {},
    deadToErase: {},
    stuckAt0: {},
    stuckAt1: {},
  };
  let dead = false;

  /** What the cells read as. */
  function look(offset: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    bytes.set(new Uint8Array(cells.buffer, offset, length), 0);
    for (const key of Object.keys(defects.stuckAt0)) {
      const at = parseInt(key, 10) - offset;
      if (at >= 0 && at < length) bytes[at] = bytes[at] & ~defects.stuckAt0[key];
    }
    for (const key of Object.keys(defects.stuckAt1)) {
      const at = parseInt(key, 10) - offset;
      if (at >= 0 && at < length) bytes[at] = bytes[at] | defects.stuckAt1[key];
    }
    return bytes;
  }

  function requirePower(): void {
    if (dead) throw powerCut;
  }

  function cut(during: 'program' | 'erase', from: number, to: number, intended: Uint8Array): never {
    dead = true;
    if (mock.afterCut !== null) mock.afterCut({ during, cells, from, to, intended });
    for (let at = from; at < to; at++) if (cells[at] !== 255) programmed[at] = 1;
    throw powerCut;
  }

  const mock: MockFlash = {
    pages,
    pageSize,
    cells,
    fuel: PLENTY,
    strict: true,
    again: [],
    defects,
    afterCut: null,
    counts,
    erasesOf,
    restore: () => {
      dead = false;
      mock.fuel = PLENTY;
    },
    snapshot: () => ({
      cells: new Uint8Array(cells),
      programmed: new Uint8Array(programmed),
      erasesOf: erasesOf.slice(),
    }),
    load: (snapshot) => {
      cells.set(snapshot.cells);
      programmed.set(snapshot.programmed);
      for (let page = 0; page < pages; page++) erasesOf[page] = snapshot.erasesOf[page];
      mock.restore();
    },
    read: (offset, length) => {
      requirePower();
      if (offset < 0 || length < 0 || offset + length > cells.length) return new Uint8Array(0);
      counts.reads++;
      counts.bytesRead += length;
      return look(offset, length);
    },
    isErased: (offset, length) => {
      const defective = Object.keys(defects.stuckAt0).length + Object.keys(defects.stuckAt1).length > 0;
      if (defective) return mock.read(offset, length).every((byte) => byte === 255);
      requirePower();
      counts.reads++;
      counts.bytesRead += length;
      for (let at = offset; at < offset + length; at++) if (cells[at] !== 255) return false;
      return true;
    },
    program: (offset, bytes): FlashFailure | null => {
      requirePower();
      if (offset < 0 || offset + bytes.length > cells.length) return 'range';
      counts.programs++;
      const deaf = defects.deadToProgram[Math.floor(offset / pageSize)];
      for (let i = 0; i < bytes.length; i++) {
        const at = offset + i;
        const isAgain = mock.again.some(({ from, to }) => at >= from && at < to);
        if (mock.strict && programmed[at] && !isAgain) throw new Error(`byte ${at} programmed twice`);
        if (mock.fuel <= 0) {
          const end = Math.min(Math.ceil((at + 1) / PROGRAM_PAGE) * PROGRAM_PAGE, cells.length);
          cut('program', at, end, new Uint8Array(bytes.buffer, bytes.byteOffset + i, bytes.length - i));
        }
        mock.fuel--;
        if (deaf) continue;
        cells[at] = cells[at] & bytes[i];
        programmed[at] = 1;
        counts.bytesProgrammed++;
      }
      const written = look(offset, bytes.length);
      for (let i = 0; i < bytes.length; i++) if (written[i] !== bytes[i]) return 'verify';
      return null;
    },
    erase: (page): FlashFailure | null => {
      requirePower();
      if (page < 0 || page >= pages) return 'range';
      counts.erases++;
      const start = page * pageSize;
      const deaf = defects.deadToErase[page];
      // Begun is enough: from here on nobody may count on what the page held.
      erasesOf[page]++;
      const done = Math.min(mock.fuel, pageSize);
      mock.fuel -= done;
      if (!deaf) {
        cells.fill(255, start, start + done);
        programmed.fill(0, start, start + done);
      }
      if (done < pageSize) cut('erase', start, start + pageSize, new Uint8Array(0));
      const erased = look(start, pageSize);
      for (let i = 0; i < pageSize; i++) if (erased[i] !== 255) return 'verify';
      return null;
    },
  };
  return mock;
}
