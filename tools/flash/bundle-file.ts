import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { boardNames, bundleBoard } from '../build/bundle.ts';
import { ColdrailError } from '../errors/error.ts';

export interface Bundle {
  readonly content: string;
  /** Which board it is for; undefined where neither option nor file name says so. */
  readonly board: string | undefined;
}

/** Twice this does not fit into the 896 KiB of Storage on an ESP32, and an update needs both. */
const MOST = 400_000;

/**
 * The bundle to flash: the file, or what `board` is built to now. A file named as a board is for that one.
 * @throws flash.no-bundle, flash.bundle-unreadable, build.unknown-board
 */
export async function readBundle(file: string | undefined, board: string | undefined): Promise<Bundle> {
  const boards = boardNames();
  if (board !== undefined && !boards.includes(board))
    throw new ColdrailError('build.unknown-board', { board, boards: boards.join(', ') });
  if (file === undefined) {
    if (board === undefined) throw new ColdrailError('flash.no-bundle');
    return { content: await bundleBoard(board), board };
  }
  const named = basename(file).replace(/\.js$/, '');
  return { content: readText(file), board: board ?? boards.find((name) => name === named) };
}

function readText(file: string): string {
  const fail = (detail: string): never => {
    throw new ColdrailError('flash.bundle-unreadable', { file, detail });
  };
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    return fail((error as Error).message);
  }
  if (bytes.length === 0) return fail('it is empty');
  if (bytes.length > MOST) return fail(`it has more than ${MOST} bytes, and no bundle has`);
  // Other bytes are not text to Espruino, and some would not pass the port.
  const at = bytes.findIndex((byte) => (byte < 0x20 && byte !== 0x0a && byte !== 0x09) || byte > 0x7e);
  if (at >= 0) return fail(`byte ${at} is ${bytes[at]}, and a bundle is ASCII text`);
  return bytes.toString('latin1');
}
