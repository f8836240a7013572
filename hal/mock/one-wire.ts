import type { OneWireBus } from '../one-wire.ts';

export interface MockOneWire extends OneWireBus {
  /** Whether a chip answers a reset. */
  present: boolean;
  /** Everything that was written since the last reset. */
  written: number[];
  /** What reads take, from the front; all ones behind its end. */
  readonly answers: number[];
}

export function mockOneWire(): MockOneWire {
  const mock: MockOneWire = {
    present: true,
    written: [],
    answers: [],
    reset: () => {
      mock.written = [];
      return mock.present;
    },
    write: (bytes) => {
      mock.written.push(...bytes);
    },
    read: (count) => {
      const bytes = new Uint8Array(count).fill(0xff);
      bytes.set(mock.answers.splice(0, count));
      return bytes;
    },
  };
  return mock;
}
