import { crcDigits, type Message } from '../frame.ts';
import type { Answer } from './fake-tracker.ts';

const PAGE_SIZE = 512;
const PART = 384;

/** A ring of pages behind a fake tracker. */
export class FakeJournal {
  readonly flash: Uint8Array;
  next = 100;
  /** Called at each request, before it is answered: readings go on while somebody reads. */
  onAsked: (message: Message) => void = () => {};
  readonly pages: number;

  constructor(pages: number, random: () => number) {
    this.pages = pages;
    this.flash = Uint8Array.from({ length: pages * PAGE_SIZE }, () => Math.floor(random() * 256));
  }

  /** A record is written: a byte of a page, and the number of the next. */
  append(page: number): void {
    const at = page * PAGE_SIZE + (this.next % PAGE_SIZE);
    this.flash[at] = (this.flash[at] ?? 0) ^ 0x5a;
    this.next++;
  }

  readonly answer = (message: Message): Answer | undefined => {
    const doing = message['do'];
    if (typeof doing !== 'string' || !doing.startsWith('journal.')) return undefined;
    this.onAsked(message);
    if (doing === 'journal.info') {
      const { pages, next } = this;
      return { last: { pages, pageSize: PAGE_SIZE, next, acked: 90, powerOn: 3, newest: 2, from: 1 } };
    }
    const page = Number(message['page']);
    if (!(page >= 0 && page < this.pages)) return 114;
    const bytes = this.flash.subarray(page * PAGE_SIZE, (page + 1) * PAGE_SIZE);
    if (doing === 'journal.page') return { last: { crc: crcDigits(bytes) } };
    if (doing !== 'journal.read') return undefined;
    const at = Number(message['at'] ?? 0);
    const wanted = bytes.subarray(at, at + Number(message['n'] ?? PAGE_SIZE - at));
    const parts: Message[] = [];
    for (let from = 0; from < wanted.length; from += PART)
      parts.push({
        at: at + from,
        data: Buffer.from(wanted.subarray(from, from + PART)).toString('base64'),
      });
    return { parts, last: { crc: crcDigits(wanted) } };
  };
}
