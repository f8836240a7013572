/** `npm run pictures`: the pictures of docs/technician.md, from the real page and console of a virtual tracker. */
import { statSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { buildPage } from '../../tools/web/build.ts';
import { servePage } from '../../tools/web/serve.ts';
import { hasChromium, launchChromium } from './testing/browser.ts';
import { commanded, shootTerminal } from './testing/terminal.ts';
import { VirtualUnit } from './testing/virtual-unit.ts';
import { connect, openPage } from './testing/visit.ts';

const WIDTH_PX = 480;
/** A page of documentation is read over mobile networks, too. */
const MOST_BYTES = 80_000;

if (!hasChromium) {
  process.stderr.write(
    'There is no Chromium to draw with. Install it, or name one: CHROMIUM=/path/to/chromium.\n',
  );
  process.exit(1);
}

const [browser, served, unit] = await Promise.all([
  launchChromium(),
  buildPage().then((html) => servePage(html, 0)),
  VirtualUnit.make(),
]);
try {
  const said = await commanded(unit.connect(), ['status', 'selftest --who anna --yes']);
  await shootTerminal(browser, said, pathOf('terminal'));
  report('terminal');
  const visit = await openPage(browser, served.url, { socket: unit, width: WIDTH_PX });
  const { page } = visit;
  await page.fill('#who', 'anna');
  await shoot(page, 'connect', 0, 720);
  await connect(visit, 'anna');
  await page.click('#next');
  await page.waitForSelector('canvas');
  await page.waitForTimeout(9000);
  await shoot(page, 'check', 0, 1130);
  await page.click('#next');
  await page.waitForSelector('#changes');
  for (const [key, text] of Object.entries({
    deviceId: 'TR-0042',
    setPointMilliC: '5',
    warmLimitMilliC: '8',
  }))
    await page.fill(`#key-${key}`, text);
  await shootPart(page, '#changes', 'changes');
  await page.click('#save');
  await page.waitForSelector('#saved');
  await page.click('#next');
  await page.fill('#trip-name', 'HAN-DUI-77');
  await page.locator('#container').pressSequentially('CSQU3054384');
  await shoot(page, 'trip', 0, 760);
  await page.click('#container-offer-0');
  await page.fill('#seals-0', 'AB123456');
  await page.click('#start-trip');
  await page.waitForSelector('#under-way');
  await page.click('#next');
  await page.click('#start-test');
  await page.waitForSelector('#verdict');
  await shoot(page, 'selftest', 0, 1100);
  await page.click('#next');
  await page.click('#fetch-log');
  await page.waitForSelector('#log-done');
  await shoot(page, 'log', 0, 620);
} finally {
  await browser.close();
  await served.close();
  await unit.port.end();
}

function pathOf(name: string): string {
  return `docs/images/technician-${name}.png`;
}

/** The upper part of the step, px. */
async function shoot(page: Page, name: string, y: number, height: number): Promise<void> {
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: WIDTH_PX, height: whole });
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.screenshot({
    path: pathOf(name),
    clip: { x: 0, y, width: WIDTH_PX, height: Math.min(height, whole) },
  });
  await page.setViewportSize({ width: WIDTH_PX, height: 740 });
  report(name);
}

async function shootPart(page: Page, selector: string, name: string): Promise<void> {
  await page.locator(selector).screenshot({ path: pathOf(name) });
  report(name);
}

/** Say what was written; too large a picture is a failure. */
function report(name: string): void {
  const { size } = statSync(pathOf(name));
  process.stdout.write(`${pathOf(name)}  ${size} bytes\n`);
  if (size <= MOST_BYTES) return;
  process.stderr.write(`${pathOf(name)} has more than ${MOST_BYTES} bytes: show less of it.\n`);
  process.exitCode = 1;
}
