import type { Clock } from '../clock.ts';
import type { ModemUart } from '../modem-uart.ts';

export interface MockModemUart extends ModemUart {
  /** All that was written while open, each character one byte. */
  written: string;
  readonly isOpen: boolean;
  /** Bytes from the far side, now. They are lost while closed. */
  deliver(bytes: string): void;
  /** The far side's script: what it answers to one write, chunk by chunk. */
  answer: (written: string) => readonly string[];
}

const ANSWER_MS = 5;

export function mockModemUart(clock: Clock): MockModemUart {
  let listener: ((bytes: string) => void) | null = null;
  const mock: MockModemUart = {
    written: '',
    get isOpen() {
      return listener !== null;
    },
    answer: () => [],
    deliver: (bytes) => {
      listener?.(bytes);
    },
    open: (onBytes) => {
      listener = onBytes;
    },
    write: (data) => {
      if (listener === null) throw new Error('written to a UART that is closed');
      const text = typeof data === 'string' ? data : String.fromCharCode(...data);
      mock.written += text;
      for (const chunk of mock.answer(text)) clock.after(ANSWER_MS, () => mock.deliver(chunk));
    },
    close: () => {
      listener = null;
    },
  };
  return mock;
}
