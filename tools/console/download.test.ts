import { expect, test } from 'vitest';
import { randomStream } from '../sim/random.ts';
import { Client } from './client.ts';
import { type DownloadOptions, downloadJournal } from './download.ts';
import { badLine, type Damage } from './testing/bad-line.ts';
import { FakeJournal } from './testing/fake-journal.ts';
import { FakeTracker } from './testing/fake-tracker.ts';

const PAGES = 6;

function bench(damage: Damage = {}, name = '') {
  const { next } = randomStream(41, name);
  const journal = new FakeJournal(PAGES, next);
  const client = new Client(badLine(new FakeTracker(journal.answer), damage, next), {
    timeoutMs: 50,
    attempts: 40,
  });
  return { journal, client };
}

/** What a person keeps between two attempts. */
function shelf(size: number) {
  const known = new Uint8Array(size).fill(0xff);
  const keep = (page: number, bytes: Uint8Array): void => known.set(bytes, page * bytes.length);
  return { known, keep } satisfies DownloadOptions;
}

test('the image is the ring as it stands in flash', async () => {
  const { journal, client } = bench();
  const { image, pagesRead } = await downloadJournal(client);
  expect(Buffer.from(image).equals(journal.flash)).toBe(true);
  expect(pagesRead).toBe(PAGES);
});

test('pages that are known and still right are not read again', async () => {
  const { journal, client } = bench();
  const known = journal.flash.slice();
  journal.append(2);
  const { image, pagesRead } = await downloadJournal(client, { known });
  expect(Buffer.from(image).equals(journal.flash)).toBe(true);
  expect(pagesRead).toBe(1);
});

test('pages that change while others are read are read again', async () => {
  const { journal, client } = bench();
  let left = 5;
  journal.onAsked = ({ do: doing }) => {
    if (doing === 'journal.read' && left-- > 0) journal.append(left % PAGES);
  };
  const { image } = await downloadJournal(client);
  expect(Buffer.from(image).equals(journal.flash)).toBe(true);
});

test('a log that never stands still is given up with a word', async () => {
  const { journal, client } = bench();
  journal.onAsked = ({ do: doing }) => {
    if (doing === 'journal.info') journal.append(1);
  };
  await expect(downloadJournal(client)).rejects.toMatchObject({ id: 'log.moving' });
});

test('progress ends at the whole', async () => {
  const { journal, client } = bench();
  const seen: number[] = [];
  await downloadJournal(client, { onProgress: ({ bytes, totalBytes }) => seen.push(bytes / totalBytes) });
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(seen.at(-1)).toBe(1);
  expect(journal.flash).toHaveLength(PAGES * 512);
});

test('over a bad line the image is right all the same', async () => {
  const damage = { split: 0.5, drop: 0.0004, flip: 0.0004, noise: 0.2, late: 0.02, twice: 0.1, silent: 0.03 };
  for (const name of ['a', 'b', 'c', 'd']) {
    const { journal, client } = bench(damage, name);
    const { image } = await downloadJournal(client);
    expect(Buffer.from(image).equals(journal.flash), name).toBe(true);
  }
});

test('pulled again and again, it goes on where it was, and ends with the right image', async () => {
  const { next } = randomStream(43, 'pull');
  const journal = new FakeJournal(PAGES, next);
  const kept = shelf(journal.flash.length);
  for (let attempt = 1; ; attempt++) {
    const tracker = new FakeTracker(journal.answer);
    const port = badLine(tracker, { split: 0.5, pullAfter: 2500 }, next);
    const client = new Client(port, { timeoutMs: 50 });
    try {
      const { image } = await downloadJournal(client, kept);
      expect(Buffer.from(image).equals(journal.flash)).toBe(true);
      expect(attempt).toBeGreaterThan(2);
      return;
    } catch (error) {
      expect(error).toMatchObject({ id: expect.stringMatching(/^link\./) });
      journal.append(attempt % PAGES);
      expect(attempt).toBeLessThan(20);
    }
  }
});

test('a tracker that says nonsense of its journal is not believed', async () => {
  for (const last of [
    { pages: 0, pageSize: 4096 },
    { pages: 1e9, pageSize: 4096 },
    { pages: 14, pageSize: 7 },
    {},
  ]) {
    const client = new Client(new FakeTracker(() => ({ last })), { timeoutMs: 50 });
    await expect(downloadJournal(client)).rejects.toMatchObject({ id: 'console.malformed' });
  }
});
