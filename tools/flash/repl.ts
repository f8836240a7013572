import { setTimeout as pause } from 'node:timers/promises';
import type { Port } from '../console/port.ts';
import { ColdrailError } from '../errors/error.ts';
import { checkedLine, findAnswer } from './checked-line.ts';
import { withoutFlowControl } from './flow-control.ts';
import { Listener } from './listener.ts';

const CTRL_C = '\x03';
const ENQ = '\x05';
const ACK = 0x06;
const NAK = 0x15;

/** How long to wait for what; the fake interpreter of the tests has shorter ones. */
export interface Patience {
  /** For an identification, or the answer to a short expression. */
  readonly answerMs: number;
  /** For the ACK of a packet. Espruino itself gives up on half a packet after 5 s, with a NAK. */
  readonly packetMs: number;
  /** For what erases or moves much flash: a page takes some 60 ms, and Storage has 224. */
  readonly flashMs: number;
  /** For a board to start. */
  readonly bootMs: number;
  /** Nothing comes any more when nothing came for this long. */
  readonly quietMs: number;
}

export const PATIENCE: Patience = {
  answerMs: 2000,
  packetMs: 6000,
  flashMs: 120_000,
  bootMs: 10_000,
  quietMs: 120,
};

export interface Identity {
  /** As in 2v29, or 2v29.277 for a build behind it. */
  readonly version: string;
  /** As in ESP32, ESP32S3, LINUX. */
  readonly board: string;
}

/** What became of a packet. `noise`: something else came back, so the line is out of step. */
export type Receipt = 'ack' | 'nak' | 'silent' | 'noise';

/** An expression threw on the device. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** A conversation with the Espruino interpreter at its prompt. */
export class Repl {
  readonly patience: Patience;
  /** What came in the place of the last receipt. */
  noise = '';
  /** Gets back to the prompt of a board that does not answer at all. */
  revive: () => Promise<void> = async () => {
    throw new ColdrailError('flash.silent');
  };
  readonly #line: Listener;

  constructor(port: Port, patience: Patience = PATIENCE) {
    this.#line = new Listener(port);
    this.patience = patience;
  }

  /** Take the port back from whoever listened to it in between. */
  attach(): void {
    this.#line.attach();
    this.#line.take();
  }

  /** Ask who is there, without running anything; undefined where no prompt answers. */
  async enquire(): Promise<Identity | undefined> {
    this.#line.take();
    await this.#line.write(ENQ);
    return this.#line.until((heard) => {
      const found = /Espruino (\d+v\S+) (\S+)[\r\n]/.exec(heard);
      return found ? { version: found[1] ?? '', board: found[2] ?? '' } : undefined;
    }, this.patience.answerMs);
  }

  /** Get to an empty prompt, whatever stood there or ran; undefined where there is none within `forMs`. */
  async interrupt(forMs = 3 * this.patience.packetMs): Promise<Identity | undefined> {
    const end = Date.now() + forMs;
    do {
      // Clears a line, or breaks what runs. In half a packet it counts as data; at two the Linux build may end.
      await this.#line.write(CTRL_C);
      await this.#line.silence(this.patience.quietMs);
      const identity = await this.enquire();
      if (identity) return identity;
    } while (Date.now() < end);
    return undefined;
  }

  /**
   * The value of an expression. It is repeated where the answer is lost, so it has to be one that does no harm twice.
   * @throws Refusal where it throws on the device; flash.silent, LinkError
   */
  async ask<T>(code: string, timeoutMs = this.patience.answerMs): Promise<T> {
    for (let attempt = 0; attempt < 4; attempt++) {
      if (attempt > 0 && !(await this.interrupt(this.patience.answerMs))) await this.revive();
      this.#line.take();
      await this.#line.write(checkedLine(code));
      const answer = await this.#line.until(findAnswer, timeoutMs);
      if (answer && 'error' in answer) throw new Refusal(answer.error);
      if (answer && 'value' in answer) return answer.value as T;
    }
    throw new ColdrailError('flash.silent');
  }

  /** Run what gives no answer, because the interpreter starts anew. */
  async tell(code: string): Promise<void> {
    await this.#line.write(`\x10${code}\n`);
    await pause(this.patience.quietMs);
  }

  /** Send a packet and wait for its receipt. Nothing is repeated. */
  async send(packet: string): Promise<Receipt> {
    this.noise = withoutFlowControl(this.#line.take());
    if (this.noise !== '') return 'noise';
    await this.#line.write(packet);
    const heard = await this.#line.until(
      (text) => withoutFlowControl(text) || undefined,
      this.patience.packetMs,
    );
    this.#line.take();
    if (heard === undefined) return 'silent';
    this.noise = heard;
    if (heard.length > 1) return 'noise';
    const code = heard.charCodeAt(0);
    return code === ACK ? 'ack' : code === NAK ? 'nak' : 'noise';
  }

  /** Let what is still on its way arrive, and forget it. */
  async settle(): Promise<void> {
    await this.#line.silence(this.patience.quietMs);
  }

  /** Wait for a line that says it; undefined after `timeoutMs`. */
  async hear(find: RegExp, timeoutMs: number): Promise<RegExpExecArray | undefined> {
    return this.#line.until((heard) => find.exec(heard) ?? undefined, timeoutMs);
  }
}
