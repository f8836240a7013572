import { ARGUMENT_REFUSED, COMMAND_STOPPED } from '../../hal/faults.ts';
import { oldestSeq } from '../journal/pages.ts';
import { crcDigits, type Reply } from './reply.ts';
import { type Arguments, numberOf, type Session } from './session.ts';

/** Bytes in one line: 512 characters of base64. */
const PIECE = 384;

function info(session: Session, reply: Reply): void {
  const ring = session.journal.ring;
  const state = ring.state;
  reply.done([
    'pages',
    ring.flash.pages,
    'pageSize',
    ring.flash.pageSize,
    'next',
    state.nextSeq,
    'acked',
    state.acked,
    'powerOn',
    state.powerOn,
    'newest',
    ring.page,
    'from',
    oldestSeq(ring.table, state.nextSeq),
  ]);
}

/** Send `n` bytes from `from` on in pieces, one a turn, so that the port's buffer never has to hold more than one. */
function send(session: Session, from: number, n: number, reply: Reply): void {
  const tracker = session.tracker;
  const flash = session.journal.ring.flash;
  let sent = 0;
  function next(): void {
    tracker.watchdog.kick();
    if (session.isStopped) {
      reply.fail(COMMAND_STOPPED, '', []);
      return;
    }
    if (sent >= n) {
      // All of the ring at once would not fit into memory.
      reply.done(n > flash.pageSize ? [] : ['crc', crcDigits(tracker, flash.read(from, n))]);
      return;
    }
    const bytes = flash.read(from + sent, Math.min(PIECE, n - sent));
    const data = tracker.crypto.base64(bytes);
    const at = (from + sent) % flash.pageSize;
    reply.part(['at', at, 'data', data]);
    reply.say(`${from + sent} ${data}`);
    sent += bytes.length;
    tracker.clock.after(0, next);
  }
  next();
}

/** `journal.info`, `journal.page`, `journal.read`, `journal.dump`. */
export function journalCommand(session: Session, name: string, args: Arguments, reply: Reply): void {
  const flash = session.journal.ring.flash;
  if (name === 'journal.info') {
    info(session, reply);
    return;
  }
  if (name === 'journal.dump') {
    send(session, 0, flash.pages * flash.pageSize, reply);
    return;
  }
  const page = numberOf(args, 'page', 0, flash.pages - 1, -1);
  const at = numberOf(args, 'at', 0, flash.pageSize - 1, 0);
  const n = numberOf(args, 'n', 1, flash.pageSize - at, flash.pageSize - at);
  if (!(page >= 0) || !(at >= 0) || !(n > 0)) {
    reply.fail(ARGUMENT_REFUSED, page >= 0 ? 'n' : 'page', []);
    return;
  }
  if (name === 'journal.read') {
    send(session, page * flash.pageSize + at, n, reply);
    return;
  }
  reply.done(['crc', crcDigits(session.tracker, flash.read(page * flash.pageSize, flash.pageSize))]);
}
