import { type DownloadProgress, downloadJournal } from '../../console/download.ts';
import { journalInfo } from '../../console/journal-info.ts';
import type { App } from './app.ts';
import { safeName, stamp } from './save-file.ts';

/**
 * Read the journal; pages that came before are not read again where they are still right.
 * @throws as `downloadJournal`
 */
export async function fetchLog(app: App, onProgress: (progress: DownloadProgress) => void): Promise<void> {
  const { session, visit } = app;
  const { client } = session;
  const { pages, pageSize } = await journalInfo(client);
  const known = new Uint8Array(pages * pageSize).fill(0xff);
  for (const [page, bytes] of visit.pages)
    if (page < pages && bytes.length === pageSize) known.set(bytes, page * pageSize);
  const { image, info } = await downloadJournal(client, {
    known,
    keep: (page, bytes) => visit.pages.set(page, bytes),
    onProgress,
  });
  const at = Date.now();
  visit.log = {
    at,
    image: Uint8Array.from(image),
    from: info.from,
    next: info.next,
    isSaved: false,
    fileName: `coldrail-${safeName(session.hello?.device ?? '')}-${stamp(at)}.bin`,
  };
}
