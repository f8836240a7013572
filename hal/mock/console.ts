import type { Console } from '../console.ts';

export interface MockConsole extends Console {
  /** What was written, by whole lines. */
  readonly lines: string[];
  /** What is written behind them. */
  rest: string;
  released: boolean;
  /** Someone types; false when nobody listens. */
  type(bytes: string): boolean;
}

/** Keeps what is written, and throws at what a technician's terminal would not show. */
export function mockConsole(): MockConsole {
  let hear: ((bytes: string) => void) | null = null;
  const mock: MockConsole = {
    lines: [],
    rest: '',
    released: false,
    line: (text) => {
      if (!/^[\x20-\x7e]*$/.test(text))
        throw new Error(`not one line of printable ASCII: ${JSON.stringify(text)}`);
      mock.write(`${text}\r\n`);
    },
    write: (text) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about
      if (!/^[\x20-\x7e\r\n\x07\x08\x1b]*$/.test(text)) throw new Error(`not ASCII: ${JSON.stringify(text)}`);
      const lines = (mock.rest + text).split('\r\n');
      mock.rest = lines.pop() ?? '';
      mock.lines.push(...lines);
    },
    listen: (next) => {
      hear = next;
    },
    release: () => {
      hear = null;
      mock.released = true;
    },
    type: (bytes) => {
      hear?.(bytes);
      return hear !== null;
    },
  };
  return mock;
}
