import type { FlashFailure, FlashRegion } from '../flash.ts';

/**
 * NOR flash in RAM, strict where the real part is forgiving: programming a byte twice between erases throws, since the
 * journal promises never to do it. `fuel` is the number of bytes that may still be programmed or erased before power
 * fails in the middle; from then on every call throws PowerCut until `restore`.
 */
export interface MockFlash extends FlashRegion {
  readonly cells: Uint8Array;
  fuel: number;
  /** Calls and bytes since the mock was made. */
  readonly counts: { reads: number; bytesRead: number; programs: number; bytesProgrammed: number; erases: number };
  restore(): void;
}

export class PowerCut extends Error {}

export function mockFlash(pages: number, pageSize: number): MockFlash {
  const cells = new Uint8Array(pages * pageSize).fill(255);
  const programmed = new Uint8Array(cells.length);
  const counts = { reads: 0, bytesRead: 0, programs: 0, bytesProgrammed: 0, erases: 0 };
  let dead = false;

  function burn(): void {
    if (dead || mock.fuel <= 0) {
      dead = true;
      throw new PowerCut('power cut');
    }
    mock.fuel--;
  }

  const mock: MockFlash = {
    pages,
    pageSize,
    cells,
    counts,
    fuel: 1e12,
    restore: () => {
      dead = false;
      mock.fuel = 1e12;
    },
    read: (offset, length) => {
      if (dead) throw new PowerCut('power cut');
      counts.reads++;
      counts.bytesRead += length;
      const copy = new Uint8Array(length);
      copy.set(new Uint8Array(cells.buffer, offset, length), 0);
      return copy;
    },
    program: (offset, bytes): FlashFailure | null => {
      if (offset < 0 || offset + bytes.length > cells.length) return 'range';
      counts.programs++;
      for (let i = 0; i < bytes.length; i++) {
        const at = offset + i;
        if (programmed[at]) throw new Error(`byte ${at} programmed twice`);
        burn();
        cells[at] = (cells[at] as number) & (bytes[i] as number);
        programmed[at] = 1;
        counts.bytesProgrammed++;
      }
      for (let i = 0; i < bytes.length; i++) if (cells[offset + i] !== bytes[i]) return 'verify';
      return null;
    },
    erase: (page): FlashFailure | null => {
      if (page < 0 || page >= pages) return 'range';
      counts.erases++;
      for (let at = page * pageSize; at < (page + 1) * pageSize; at++) {
        burn();
        cells[at] = 255;
        programmed[at] = 0;
      }
      return null;
    },
  };
  return mock;
}
