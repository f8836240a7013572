/** The journal's ring over the console, page by page, each proven by its CRC. Runs on the host and in a browser. */
import { ColdrailError } from '../errors/error.ts';
import type { Client } from './client.ts';
import { crcDigits } from './frame.ts';
import { type JournalInfo, journalInfo } from './journal-info.ts';
import { readPage } from './read-page.ts';

export interface DownloadProgress {
  /** Bytes that came, and that are to come in all, of the pages that differ from what there was. */
  readonly bytes: number;
  readonly totalBytes: number;
}

export interface DownloadOptions {
  /** What there is from an earlier attempt: the pages of the ring in order. Pages that are still right are not read again. */
  readonly known?: Uint8Array;
  /** Given each page that was read and proven, so that the next attempt need not read it. */
  readonly keep?: (page: number, bytes: Uint8Array) => void;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

export interface Downloaded {
  /** All pages of the ring, as they stand in flash. */
  readonly image: Uint8Array;
  readonly info: JournalInfo;
  /** How many pages were read; the rest was known. */
  readonly pagesRead: number;
}

/** How often pages that changed meanwhile are read again. */
const MOST_ROUNDS = 8;

/**
 * The ring as it is at one moment: pages are read until a whole round finds each of them, and the number of the next record,
 * as they were. The configuration's pages in front of the ring hold secrets, and no request gives them.
 * @throws ColdrailError `log.moving`, `console.malformed`; DeviceError, LinkError
 */
export async function downloadJournal(client: Client, options: DownloadOptions = {}): Promise<Downloaded> {
  const first = await journalInfo(client);
  const { pages, pageSize } = first;
  const image = new Uint8Array(pages * pageSize).fill(0xff);
  if (options.known) image.set(options.known.subarray(0, image.length));
  let pagesRead = 0;
  let bytes = 0;
  let totalBytes = 0;
  let before = first;
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    const differing = await differingPages(client, image, before);
    const now = await journalInfo(client);
    if (differing.length === 0 && now.next === before.next) return { image, info: now, pagesRead };
    totalBytes += differing.length * pageSize;
    for (const page of differing) {
      const content = await readPage(client, page, pageSize, (came) => {
        bytes += came;
        options.onProgress?.({ bytes, totalBytes });
      });
      image.set(content, page * pageSize);
      pagesRead++;
      options.keep?.(page, content);
    }
    before = await journalInfo(client);
  }
  throw new ColdrailError('log.moving', { rounds: MOST_ROUNDS });
}

async function differingPages(client: Client, image: Uint8Array, info: JournalInfo): Promise<number[]> {
  const found: number[] = [];
  for (let page = 0; page < info.pages; page++) {
    const { crc } = await client.request('journal.page', { page });
    const held = image.subarray(page * info.pageSize, (page + 1) * info.pageSize);
    if (String(crc).toLowerCase() !== crcDigits(held)) found.push(page);
  }
  return found;
}
