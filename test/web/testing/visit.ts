import { mkdirSync } from 'node:fs';
import type { Browser, Download, Page } from 'playwright-core';
import { bridgeSerial, type Socket } from './serial-bridge.ts';

const SHOTS = 'out/web';
const HEIGHT = 740;

/** A person at the page, with a tracker at the cable. */
export interface TestVisit {
  readonly page: Page;
  /** What the page's own program complained about. */
  readonly complaints: string[];
  /** Addresses that the page asked for, its own left out. */
  readonly requests: string[];
  /** The cable is in again. */
  plugged(): Promise<void>;
  /** The whole step as a picture in out/web/. */
  shoot(name: string): Promise<void>;
}

export interface VisitOptions {
  /** Of the window, px. */
  readonly width?: number;
  readonly locale?: string;
  /** Undefined: the browser has no Web Serial. */
  readonly socket?: Socket;
}

export async function openPage(browser: Browser, url: string, options: VisitOptions): Promise<TestVisit> {
  const { width = 360, locale = 'en-GB', socket } = options;
  const page = await browser.newPage({
    viewport: { width, height: HEIGHT },
    locale,
    timezoneId: 'UTC',
    acceptDownloads: true,
  });
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (request.url() !== url && !/^(data|blob):/.test(request.url())) requests.push(request.url());
  });
  const bridge = socket ? await bridgeSerial(page, socket) : undefined;
  if (!bridge) await page.addInitScript('Object.defineProperty(navigator, "serial", { value: undefined })');
  await page.goto(url);
  return {
    page,
    complaints,
    requests,
    plugged: async () => bridge?.plugged(),
    shoot: async (name) => {
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      mkdirSync(SHOTS, { recursive: true });
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: `${SHOTS}/${name}.png` });
      await page.setViewportSize({ width, height: HEIGHT });
    },
  };
}

/** Say who works, choose the port, wait for the tracker. */
export async function connect({ page }: TestVisit, who = 'anna'): Promise<void> {
  await page.fill('#who', who);
  await page.click('#connect');
  await page.waitForSelector('#tracker');
}

/** Controls that a glove would miss: what they are called, and their size. */
export function smallTargets(page: Page, leastPx: number): Promise<string[]> {
  return page.evaluate(
    (least) =>
      [
        ...document.querySelectorAll(
          'button, select, summary, .tick, .button, input:not([type=checkbox], [type=file])',
        ),
      ]
        .map((one) => ({ one, box: one.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.height < least || box.width < least))
        .map(({ one, box }) => `${one.id || one.className} ${box.width}x${box.height}`),
    leastPx,
  );
}

/** Elements that stand out of the window at its right. */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('main *, .top *, .foot *')]
      .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
      .map((one) => `${one.tagName} ${one.className} ${one.textContent?.slice(0, 40)}`),
  );
}

/** Controls without a name for who cannot see them. */
export function nameless(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, input, select, textarea')]
      .filter((one) => {
        const labels = (one as HTMLInputElement).labels;
        const text = one.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? one.textContent ?? '';
        return text.trim() === '';
      })
      .map((one) => one.outerHTML.slice(0, 80)),
  );
}

/** What the browser saved. */
export async function bytesOf(download: Download): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
