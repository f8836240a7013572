/** A file into Storage, by packets where the interpreter has them, by checked lines where not. */
import { ColdrailError } from '../errors/error.ts';
import { announcement, DATA, packet, pieces } from './packet.ts';
import type { Repl } from './repl.ts';

/** How a try to send a file ended: what it wrote has to be read back either way. `at`: the byte that it came to. */
export type Sent = { readonly ok: true } | { readonly ok: false; readonly why: string; readonly at: number };

/** Hears how many bytes are over. */
export type OnProgress = (bytes: number) => void;

/** Fits into every build's input buffer; larger ones are hardly faster, and fail more often. */
const PIECE = 512;
/** In base64 and with all around it, less than 700 characters. */
const LINE_PIECE = 256;
/** How often a piece is sent again that the interpreter said it had not got. */
const REPEATS = 3;

/**
 * By packets. They have neither a check nor a number: only a clean NAK allows a piece to be sent again. After silence or
 * noise nobody knows what was taken, and the whole file has to be begun anew.
 */
export async function sendByPackets(
  repl: Repl,
  name: string,
  content: string,
  onProgress: OnProgress,
): Promise<Sent> {
  await repl.settle();
  const opened = await repl.send(announcement(name, content.length));
  if (opened !== 'ack') return { ok: false, why: told(repl, opened), at: 0 };
  let at = 0;
  for (const piece of pieces(content, PIECE)) {
    let receipt = await repl.send(packet(DATA, piece));
    for (let repeat = 0; receipt === 'nak' && repeat < REPEATS; repeat++)
      receipt = await repl.send(packet(DATA, piece));
    if (receipt !== 'ack') return { ok: false, why: told(repl, receipt), at };
    at += piece.length;
    onProgress(at);
  }
  return { ok: true };
}

/**
 * By `Storage.write`, a piece in a line: each says where it belongs, is checked before it is run and can be repeated. So
 * it can go on from the byte that an earlier try came to. Slower by half, and works on every Espruino.
 * @throws Refusal where Storage does not take it, flash.not-kept where it says that it did, LinkError
 */
export async function sendByLines(
  repl: Repl,
  name: string,
  content: string,
  onProgress: OnProgress,
  from = 0,
): Promise<Sent> {
  for (let at = from; at < content.length; at += LINE_PIECE) {
    const piece = content.slice(at, at + LINE_PIECE);
    const isKept = await repl
      .ask<boolean>(writePiece(name, piece, at, content.length), repl.patience.packetMs)
      .catch(unlessSilent);
    if (isKept === undefined) return { ok: false, why: 'silent', at };
    // Behind a header that a power cut tore, Storage takes everything and keeps nothing.
    if (!isKept) throw new ColdrailError('flash.not-kept', { name });
    onProgress(at + piece.length);
  }
  return { ok: true };
}

function writePiece(name: string, piece: string, at: number, size: number): string {
  const base64 = Buffer.from(piece, 'latin1').toString('base64');
  return (
    `(function(s,n,d,o){if(s.read(n,o,d.length)!==d)s.write(n,d,o,${size});` +
    `return s.read(n,o,d.length)===d})(require("Storage"),${JSON.stringify(name)},atob("${base64}"),${at})`
  );
}

function unlessSilent(error: unknown): undefined {
  if (!(error instanceof ColdrailError) || error.id !== 'flash.silent') throw error;
}

function told(repl: Repl, receipt: string): string {
  if (receipt !== 'noise') return receipt;
  return `it said "${repl.noise
    .replace(/[^ -~]+/g, ' ')
    .trim()
    .slice(0, 60)}"`;
}
