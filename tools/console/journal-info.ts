import { ColdrailError } from '../errors/error.ts';
import type { Client } from './client.ts';

/** What the tracker says of its journal. */
export interface JournalInfo {
  readonly pages: number;
  /** Bytes of a page. */
  readonly pageSize: number;
  /** Number of the record that comes next. */
  readonly next: number;
  /** Records below it are at the collector. */
  readonly acked: number;
  readonly powerOn: number;
  /** Index of the page that is written to. */
  readonly newest: number;
  /** Number of the oldest record that is held. */
  readonly from: number;
}

const MOST_PAGES = 4096;
const PAGE_SIZES = [256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536];

/** @throws ColdrailError `console.malformed`, DeviceError, LinkError */
export async function journalInfo(client: Client): Promise<JournalInfo> {
  const answer = await client.request('journal.info');
  const number = (name: string): number => Number(answer[name]);
  const info: JournalInfo = {
    pages: number('pages'),
    pageSize: number('pageSize'),
    next: number('next'),
    acked: number('acked'),
    powerOn: number('powerOn'),
    newest: number('newest'),
    from: number('from'),
  };
  const isRing = Number.isInteger(info.pages) && info.pages > 0 && info.pages <= MOST_PAGES;
  if (!isRing || !PAGE_SIZES.includes(info.pageSize))
    throw new ColdrailError('console.malformed', {
      request: 'journal.info',
      detail: `${answer['pages']} pages of ${answer['pageSize']} bytes`,
    });
  return info;
}
