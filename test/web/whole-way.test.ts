/** The whole way of a technician on the virtual tracker: its firmware, its console, its radio, and the collector behind it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SCHEMA } from '../../firmware/config/schema.ts';
import { toHex } from '../../tools/console/display.ts';
import { readConfigCopy } from '../../tools/provision/read-config.ts';
import { recordCommand } from '../../tools/record/command.ts';
import { buildPage } from '../../tools/web/build.ts';
import { type Served, servePage } from '../../tools/web/serve.ts';
import { hasChromium, launchChromium } from './testing/browser.ts';
import { VirtualUnit } from './testing/virtual-unit.ts';
import { bytesOf, connect, openPage, type TestVisit } from './testing/visit.ts';

/** docs/config.md, Layout: a copy in each of the first two pages, the strip at the end of them left out. */
const PAGE_BYTES = 4096;
const COPY_BYTES = 4064;
const NO_KEY = new Uint8Array(32);

/** A browser on a machine that may be slow. */
const START_MS = 300_000;

let browser: Browser;
let served: Served;
let unit: VirtualUnit;
let visit: TestVisit;

if (!hasChromium) console.warn('No Chromium here (CHROMIUM names one): the page is not tested in a browser.');

describe.skipIf(!hasChromium)('from the box to green, on the virtual tracker', () => {
  beforeAll(async () => {
    [browser, served, unit] = await Promise.all([
      launchChromium(),
      buildPage().then((html) => servePage(html, 0)),
      VirtualUnit.make(),
    ]);
    visit = await openPage(browser, served.url, { socket: unit, width: 720 });
  }, START_MS);

  afterAll(async () => {
    await browser?.close();
    await served?.close();
    await unit?.port.end();
  });

  const text = async (selector: string): Promise<string> => (await visit.page.textContent(selector)) ?? '';

  test('1 connect: it says who it is', async () => {
    await visit.shoot('1-choose');
    await connect(visit, 'anna');
    expect(await text('#tracker')).toContain('sim-1');
    await visit.shoot('1-connect');
  });

  test('2 check: its sensors are measured while one looks', async () => {
    await visit.page.click('#next');
    await visit.page.waitForSelector('canvas');
    expect(await text('#readings')).toMatch(/Supply air *[\d.]+.*Return air *[\d.]+/);
    expect(await text('#status')).toContain('3.90');
    await visit.shoot('2-check');
  });

  test('3 configure: a new name and new limits are written, and hold behind the restart', async () => {
    const { page } = visit;
    await page.click('#next');
    await page.waitForSelector('#changes');
    await page.fill('#key-deviceId', 'TR-0042');
    await page.fill('#key-setPointMilliC', '5');
    await page.fill('#key-coldLimitMilliC', '2');
    await page.fill('#key-warmLimitMilliC', '8');
    await visit.shoot('3-changes');
    await page.click('#save');
    await page.waitForSelector('#saved');
    expect(await text('#saved')).toContain(`${SCHEMA.length} keys were read back`);
    expect(inFlash()).toMatchObject({ deviceId: 'TR-0042', warmLimitMilliC: 8000 });
    await visit.shoot('3-saved');
  });

  test('4 trip: numbers of the container, the papers and the seals go with it', async () => {
    const { page } = visit;
    await page.click('#next');
    await page.fill('#trip-name', 'HAN-DUI-77');
    await page.locator('#container').pressSequentially('CSQU3054384');
    await visit.shoot('4-wrong-digit');
    await page.click('#container-offer-0');
    await page.fill('#wagon', '218124712173');
    await page.fill('#consignment-0', '702688');
    await page.fill('#seals-0', 'AB123456');
    await page.click('#start-trip');
    await page.waitForSelector('#under-way');
    expect(inFlash()).toMatchObject({
      trip: 'HAN-DUI-77',
      container: 'CSQU3054383',
      wagon: '218124712173',
      consignment: 'CIM:702688',
      seals: 'H:AB123456',
    });
    await visit.shoot('4-trip');
  });

  test('5 self-test: green, and signed by the tracker', async () => {
    const { page } = visit;
    await page.click('#next');
    await page.click('#start-test');
    await page.waitForSelector('#verdict');
    expect(await text('#verdict')).toContain('GREEN');
    expect(await page.$$('.test')).toHaveLength(9);
    expect(await text('.step')).toContain('signed the result');
    await visit.shoot('5-selftest');
  });

  test('6 log: every page of the ring, as it stands in flash', async () => {
    const { page } = visit;
    await page.click('#next');
    await page.click('#fetch-log');
    await page.waitForSelector('#log-done');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#save-log')]);
    expect(download.suggestedFilename()).toMatch(/^coldrail-TR-0042-/);
    expect((await bytesOf(download)).equals(Buffer.from(cells().subarray(2 * PAGE_BYTES)))).toBe(true);
    await visit.shoot('6-log');
  });

  test('7 protocol: all of it on one page, with the signed record and without secrets', async () => {
    const { page } = visit;
    await page.click('#next');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#save-protocol')]);
    const protocol = JSON.parse((await bytesOf(download)).toString());
    expect(protocol).toMatchObject({
      format: 1,
      by: 'anna',
      device: 'TR-0042',
      container: 'CSQU3054383',
      config: { deviceKey: true, warmLimitMilliC: 8000 },
      selfTest: { verdict: 0 },
    });
    expect(JSON.stringify(protocol)).not.toContain(toHex(unit.port.bench.stage.config.deviceKey ?? NO_KEY));
    expect(await proof(protocol)).toMatch(/^PROVEN/m);
    await visit.shoot('7-protocol');
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
  });

  test('in all of that the page complained about nothing, and asked the network for nothing', () => {
    expect(visit.complaints).toEqual([]);
    expect(visit.requests).toEqual([]);
  });

  /** What `coldrail record` says of a protocol, given the key of the tracker. */
  async function proof(protocol: object): Promise<string> {
    const folder = mkdtempSync(join(tmpdir(), 'coldrail-protocol-'));
    const [file, key] = [join(folder, 'protocol.json'), join(folder, 'tracker.key')];
    writeFileSync(file, JSON.stringify(protocol));
    writeFileSync(key, toHex(unit.port.bench.stage.config.deviceKey ?? NO_KEY));
    const said: string[] = [];
    await recordCommand((line) => said.push(line)).parseAsync([file, '--key', key], { from: 'user' });
    process.exitCode = undefined;
    rmSync(folder, { recursive: true });
    return said.join('\n');
  }

  /** What stands in the tracker's flash: the newer of the two copies. */
  function inFlash(): object {
    const copies = [0, PAGE_BYTES].map((at) => readConfigCopy(cells().subarray(at, at + COPY_BYTES)));
    const good = copies.flatMap((copy) => (copy.verified ? [copy] : []));
    return good.toSorted((one, other) => other.generation - one.generation)[0]?.config ?? {};
  }

  function cells(): Uint8Array {
    return unit.port.bench.stage.sim.hardware.flash.cells;
  }
});
