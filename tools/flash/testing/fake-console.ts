import { encodeFrame, findFrame } from '../../console/frame.ts';

const HELLO = { device: 'TR-0001', powerOn: 3, uptimeS: 1, protocol: 1, version: '0.2.0', keys: 1, waitS: 0 };
/** hal/faults.ts */
const CONSOLE_LOCKED = 120;
const PIN_WRONG = 121;

/** Coldrail's console (docs/console.md), as far as flashing needs it. */
export class FakeConsole {
  readonly #pin: string | undefined;
  readonly #say: (text: string) => void;
  readonly #leave: () => void;
  #isOpen = false;

  /** `leave` hands the port to the interpreter. */
  constructor(pin: string | undefined, say: (text: string) => void, leave: () => void) {
    this.#pin = pin;
    this.#say = say;
    this.#leave = leave;
  }

  lock(): void {
    this.#isOpen = this.#pin === undefined;
  }

  take(line: string): void {
    const message = findFrame(line);
    if (!message) return;
    const { id, do: doing } = message;
    const answer = (fields: object): void => this.#say(`${encodeFrame({ id, ...fields })}\r\n`);
    if (doing === 'hello')
      answer({ ok: 1, ...HELLO, pin: this.#pin === undefined ? 0 : 1, open: this.#isOpen ? 1 : 0 });
    else if (doing === 'unlock') {
      this.#isOpen = message['pin'] === this.#pin;
      answer(this.#isOpen ? { ok: 1 } : { ok: 0, error: PIN_WRONG });
    } else if (doing === 'repl' && this.#isOpen) {
      answer({ ok: 1 });
      this.#leave();
    } else answer({ ok: 0, error: CONSOLE_LOCKED });
  }
}
