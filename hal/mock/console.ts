import type { Console } from '../console.ts';

export interface MockConsole extends Console {
  readonly lines: string[];
}

/** Keeps what is written, and throws at what a technician's terminal would not show as one line. */
export function mockConsole(): MockConsole {
  const lines: string[] = [];
  return {
    lines,
    line: (text) => {
      if (!/^[\x20-\x7e]*$/.test(text))
        throw new Error(`not one line of printable ASCII: ${JSON.stringify(text)}`);
      lines.push(text);
    },
  };
}
