import type { ModemWiring } from '../../hal/modem/power.ts';
import type { ModemUart } from '../../hal/modem-uart.ts';
import { toByteString } from '../sim/bytes.ts';
import type { Kernel } from '../sim/kernel.ts';
import { payloadOf, withoutPin } from './at-command.ts';
import type { Fit, Note } from './decision.ts';
import { type Life, livesOf } from './lives.ts';
import { Script } from './script.ts';
import { Speech } from './speech.ts';
import type { Item } from './transcript.ts';

const OFF_LINE = /POWER(ED)? DOWN/;

export interface PlayerOptions {
  /** The board can switch the modem's supply. */
  readonly rail: boolean;
  /** Answer what the transcript does not have as if all were well. */
  readonly assumeOk: boolean;
  /** What the answers to questions must have in them, by question. */
  readonly wants: ReadonlyMap<string, string>;
}

/**
 * A modem that says what a transcript says, in its order: pauses end early when the tracker goes on to what stands behind
 * them. What the transcript does not have stays unanswered.
 *
 * Power is as on a board: PWRKEY switches a modem on that is off, and off one that was heard; the supply switches it off. A
 * transcript that has a `close` goes on behind it when the modem starts anew.
 */
export class Player {
  readonly uart: ModemUart;
  readonly wiring: ModemWiring;
  readonly #note: Note;
  readonly #options: PlayerOptions;
  readonly #speech: Speech;
  readonly #lives: readonly Life[];
  readonly #scripts: readonly Script[];
  #life = 0;
  #booted = false;
  #power: 'on' | 'off' | 'hung' = 'on';
  /** The beginning of a line that the tracker has not ended. */
  #line = '';

  constructor(kernel: Kernel, items: readonly Item[], options: PlayerOptions, note: Note) {
    this.#note = note;
    this.#options = options;
    this.#lives = livesOf(items);
    this.#scripts = this.#lives.map((life) => new Script(life));
    this.#speech = new Speech(kernel, note, () => this.#close());
    this.uart = {
      open: (onBytes) => {
        this.#speech.listener = onBytes;
      },
      close: () => {
        this.#speech.listener = undefined;
        this.#line = '';
      },
      write: (data) => this.#write(typeof data === 'string' ? data : toByteString(data)),
    };
    this.wiring = this.#wiringWith(options.rail);
    this.#begin();
  }

  /** Lines that the tracker did not come to. */
  get unused(): number[] {
    return this.#scripts.flatMap(({ unused }) => unused);
  }

  #wiringWith(rail: boolean): ModemWiring {
    const pin = (name: 'supply' | 'PWRKEY' | 'antenna') => {
      let was = false;
      return (on: boolean): void => {
        if (on !== was) this.#note({ kind: 'pin', pin: name, on });
        was = on;
      };
    };
    const [supply, pwrkey, antenna] = [pin('supply'), pin('PWRKEY'), pin('antenna')];
    const switchSupply = (on: boolean): boolean => {
      supply(on);
      if (!on) this.#cut();
      return true;
    };
    return {
      supply: rail ? switchSupply : null,
      pwrkey: (pressed) => {
        pwrkey(pressed);
        if (pressed) this.#press();
      },
      antenna,
    };
  }

  /** What a modem says by itself, and whether it is there at all. */
  #begin(): void {
    const life = this.#lives[this.#life];
    if (life === undefined || this.#booted) return;
    this.#booted = true;
    if (life.boot[0]?.kind === 'close') this.#close();
    else this.#speech.say(life.boot);
  }

  #press(): void {
    if (this.#power === 'off') {
      this.#power = 'on';
      this.#speech.said = '';
      this.#note({ kind: 'modem', state: 'starts' });
      this.#begin();
    } else if (this.#power === 'hung' || this.#speech.said !== '') {
      this.#cut();
    }
  }

  /** Switched off by the tracker. What the transcript has behind its next `close` comes then. */
  #cut(): void {
    if (this.#power === 'off') return;
    this.#speech.stop();
    if (this.#power === 'on' && this.#life + 1 < this.#lives.length) this.#nextLife();
    this.#power = 'off';
    this.#note({ kind: 'modem', state: 'off' });
  }

  /** Gone, as the transcript says: switched off, or hanging. */
  #close(): void {
    const first = this.#life === 0 && this.#scripts[0].fresh && this.#speech.said === '';
    this.#speech.stop();
    this.#nextLife();
    this.#power = first || OFF_LINE.test(this.#speech.said) ? 'off' : 'hung';
    this.#note({ kind: 'modem', state: this.#power === 'off' ? 'off' : 'hangs' });
  }

  #nextLife(): void {
    this.#life++;
    this.#booted = false;
  }

  #write(data: string): void {
    const lines = (this.#line + this.#speech.takePayload(data)).split('\r');
    this.#line = lines.pop() ?? '';
    for (const line of lines) this.#command(line);
  }

  #command(command: string): void {
    const text = withoutPin(command);
    const script = this.#scripts[this.#life];
    const found = this.#power === 'on' ? script?.take(command) : script?.takeSilent(command);
    if (found === undefined) {
      const fit = this.#unfit(command, script);
      this.#note({ kind: 'wrote', text, fit });
      if (fit === 'alive' || fit === 'assumed') this.#speech.say([this.#allWell(command)]);
      return;
    }
    if (found.skipped.length > 0) this.#note({ kind: 'skipped', lines: found.skipped });
    const { line, text: expected } = found.block.expect;
    this.#note({
      kind: 'wrote',
      text,
      fit: found.fit,
      line,
      ...(found.fit === 'differs' ? { expected: withoutPin(expected) } : {}),
      ...(found.late ? { late: true } : {}),
    });
    this.#speech.answer(found.block.items, payloadOf(command));
  }

  /** How a command stands to a transcript that has no answer to it. */
  #unfit(command: string, script: Script | undefined): Fit {
    if (this.#power !== 'on' && this.#life < this.#lives.length) return 'deaf';
    if (this.#scripts.slice(this.#life).every(({ unused }) => unused.length === 0)) return 'used-up';
    if (command === 'AT') return script?.goesOn && !this.#speech.answering ? 'alive' : 'missing';
    const known = command.endsWith('?') ? this.#options.wants.has(command) : payloadOf(command) === 0;
    return this.#options.assumeOk && known ? 'assumed' : 'missing';
  }

  /** The answer of a modem that has what it is asked for: a wanted ": 1" is "+CFUN: 1" behind `AT+CFUN?`. */
  #allWell(command: string): Item {
    const want = this.#options.wants.get(command);
    const name = /^AT(\+\w+)/.exec(command)?.[1] ?? '';
    const line = want?.startsWith('+') ? want : `${name}: ${want?.replace(/^: /, '')}`;
    const text = want === undefined ? '\r\nOK\r\n' : `\r\n${line}\r\n\r\nOK\r\n`;
    return { kind: 'send', text, afterS: 0, line: 0 };
  }
}
