import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { languages } from '../../tools/web/app/languages.ts';
import { STEPS } from '../../tools/web/app/steps.ts';
import { buildPage } from '../../tools/web/build.ts';
import { type Served, servePage } from '../../tools/web/serve.ts';
import { hasChromium, launchChromium } from './testing/browser.ts';
import { ScriptedUnit } from './testing/scripted-unit.ts';
import {
  bytesOf,
  connect,
  nameless,
  openPage,
  smallTargets,
  type TestVisit,
  tooWide,
} from './testing/visit.ts';

/** Of a control, px: a gloved finger. */
const TARGET_PX = 56;

/** A browser on a machine that may be slow. */
const START_MS = 300_000;

let browser: Browser;
let served: Served;
let visit: TestVisit;
let unit: ScriptedUnit;

if (!hasChromium) console.warn('No Chromium here (CHROMIUM names one): the page is not tested in a browser.');

describe.skipIf(!hasChromium)('the page in a browser', () => {
  beforeAll(async () => {
    browser = await launchChromium();
    served = await servePage(await buildPage(), 0);
  }, START_MS);

  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  afterEach(async () => {
    expect(visit.complaints).toEqual([]);
    expect(visit.requests).toEqual([]);
    await visit.page.context().close();
  });

  const open = async (options: { width?: number; locale?: string } = {}): Promise<TestVisit> => {
    unit = new ScriptedUnit();
    visit = await openPage(browser, served.url, { ...options, socket: unit });
    return visit;
  };
  const text = async (selector: string): Promise<string> => (await visit.page.textContent(selector)) ?? '';

  test('a browser without Web Serial is told which ones have it, in its own language', async () => {
    visit = await openPage(browser, served.url, { locale: 'ru-RU' });
    expect(await text('#no-serial')).toMatch(/Chrome.*Edge.*Firefox.*Safari.*iPhone/s);
    expect(await text('#no-serial')).toMatch(/[\u0430-\u044f]{4}/);
    await visit.shoot('no-serial');
  });

  test('the language of the browser is taken, another one is remembered', async () => {
    const { page } = await open({ locale: 'vi-VN' });
    expect(await page.getAttribute('html', 'lang')).toBe('vi');
    await page.selectOption('#language', 'kk');
    expect(await text('h1')).toBe('\u049a\u043e\u0441\u044b\u043b\u0443');
    await page.reload();
    expect(await page.getAttribute('html', 'lang')).toBe('kk');
  });

  test.each(Object.keys(languages))(
    'no step is too wide or has a small control at 360 px: %s',
    async (code) => {
      const { page } = await open();
      await page.selectOption('#language', code);
      await connect(visit);
      for (const step of STEPS) {
        await page.click(`#step-${step}`);
        if (step === 'configure') {
          await page.waitForSelector('#changes');
          for (const group of await page.$$('details:not([open]) > summary')) await group.click();
        }
        if (step === 'check') await page.waitForSelector('.tile');
        expect([step, await tooWide(page)]).toEqual([step, []]);
        expect([step, await smallTargets(page, TARGET_PX)]).toEqual([step, []]);
        expect([step, await nameless(page)]).toEqual([step, []]);
        await visit.shoot(`${code}-${step}`);
      }
    },
  );

  test('while nobody answers, the page says what to do, and who cancels can choose again', async () => {
    const { page } = await open();
    unit.isAsleep = true;
    await page.click('#connect');
    await page.waitForSelector('#waiting');
    expect(await text('#waiting')).toContain('reset button');
    await visit.shoot('waiting');
    await page.click('#cancel');
    await page.waitForSelector('#connect:enabled');
    expect(await page.$('#trouble')).toBeNull();
    unit.isAsleep = false;
    await connect(visit);
  });

  test('a tracker with a PIN: a wrong one is refused with its id, the pause is told, the right one opens', async () => {
    const { page } = await open();
    unit.pin = '4711';
    await connect(visit);
    await page.click('#step-check');
    expect(await text('.step')).toContain('Connect a tracker first');
    await page.click('#step-connect');
    await page.fill('#pin', '1234');
    await page.click('#unlock');
    expect(await text('#trouble')).toMatch(/The PIN is wrong.*console\.pin-wrong/s);
    await page.fill('#pin', '4711');
    await page.click('#unlock');
    await page.waitForSelector('#disconnect');
    expect(await page.$('#trouble')).toBeNull();
  });

  test('while the tracker looks at no PIN, the page says for how long and takes none', async () => {
    const { page } = await open();
    unit.pin = '4711';
    unit.waitS = 2;
    await connect(visit);
    expect(await text('#pin-wait')).toMatch(/next PIN in [12] sec/);
    expect(await page.isDisabled('#unlock')).toBe(true);
    if (unit.line) unit.line.waitS = 0;
    await page.waitForSelector('#unlock:enabled');
    await page.fill('#pin', '4711');
    await page.click('#unlock');
    await page.waitForSelector('#disconnect');
  });

  test('what a sensor does not measure is said in words, and the others go on', async () => {
    const { page } = await open();
    unit.milliC = [-18_100, null];
    await connect(visit);
    await page.click('#next');
    await page.waitForSelector('.tile');
    expect(await text('#readings')).toMatch(/-18.*Return air.*no answer/s);
    await page.waitForSelector('canvas');
  });

  test('a value is checked while it is typed, and nothing wrong can be saved', async () => {
    const { page } = await open();
    await connect(visit);
    await page.click('#step-configure');
    await page.waitForSelector('#changes');
    await page.fill('#key-warmLimitMilliC', '-15');
    await page.fill('#key-coldLimitMilliC', '-10,5');
    expect(await text('#key-warmLimitMilliC-fault')).toContain('not below');
    expect(await page.isDisabled('#save')).toBe(true);
    await page.fill('#key-coldLimitMilliC', '-250');
    expect(await text('#key-coldLimitMilliC-fault')).toContain('100.0');
    await page.fill('#key-coldLimitMilliC', '-25');
    expect(await text('#changes')).toMatch(/Warm limit.*none.*-15\.0.*Cold limit.*none.*-25\.0/s);
    expect(await page.isDisabled('#save')).toBe(false);
  });

  test('a work order is loaded, its changes are shown, and what no key has is said', async () => {
    const { page } = await open();
    await connect(visit);
    await page.click('#step-configure');
    await page.waitForSelector('#changes');
    const order = {
      intervalS: 300,
      deviceKey: true,
      apn: 'iot.example',
      colour: 'red',
      warmLimitMilliC: 'hot',
    };
    await page.setInputFiles('#config-file', {
      name: 'order.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(order)),
    });
    await page.waitForSelector('#changes li');
    expect(await text('#changes')).toMatch(/10 min.*5 min/s);
    expect(await text('#changes')).toContain('colour');
    expect(await text('#changes')).not.toContain('Device key');
    expect(await page.isDisabled('#save')).toBe(true);
    await page.setInputFiles('#config-file', {
      name: 'half.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{"intervalS":30'),
    });
    await page.waitForSelector('#trouble');
    expect(await text('#trouble')).toContain('web.file-not-json');
  });

  test('what is saved is read back, every key of it, and a defect of the flash is found', async () => {
    const { page } = await open();
    await connect(visit);
    await page.click('#step-configure');
    await page.waitForSelector('#changes');
    await page.fill('#key-setPointMilliC', '-18');
    await page.click('#save');
    await page.waitForSelector('#saved');
    expect(unit.value('setPointMilliC')).toBe(-18_000);
    expect(await text('#saved')).toContain('28 keys');
    // A key that nobody has changed is another one behind the save.
    unit.config.spoiled = { key: 2, value: 900 };
    await page.fill('#key-setPointMilliC', '-19');
    await page.click('#save');
    await page.waitForSelector('#trouble');
    expect(await text('#trouble')).toMatch(/config\.not-read-back/);
    expect(await text('#trouble')).toContain('Time between readings');
  });

  test('a wrong digit is named, and the likely number is one touch away', async () => {
    const { page } = await open();
    await connect(visit);
    await page.click('#step-trip');
    await page.waitForSelector('#trip-name');
    await page.locator('#container').pressSequentially('csqu 305438');
    expect(await text('#container-fault')).toContain('check digit 3');
    await page.locator('#container').pressSequentially('4');
    expect(await text('#container-fault')).toMatch(/check digit.*is 4.*ask for 3/);
    expect(await page.isDisabled('#start-trip')).toBe(true);
    await visit.shoot('wrong-digit');
    await page.click('#container-offer-0');
    expect(await page.inputValue('#container')).toBe('CSQU3054383');
    await page.fill('#trip-name', 'HAN-DUI-77');
    await page.fill('#consignment-0', '70268-8');
    await page.fill('#seals-0', 'ab123456');
    await page.click('#start-trip');
    await page.waitForSelector('#under-way');
    const kept = ['trip', 'container', 'consignment', 'seals'].map((name) => unit.value(name));
    expect(kept).toEqual(['HAN-DUI-77', 'CSQU3054383', 'CIM:702688', 'H:AB123456']);
  });

  test('the self-test says by shape and word what is not green, and what to do', async () => {
    const { page } = await open();
    await connect(visit);
    await page.click('#step-selftest');
    await page.click('#start-test');
    await page.waitForSelector('#verdict');
    expect(await text('#verdict')).toContain('RED');
    expect(await page.$$eval('.test', (all) => all.map((one) => one.className.split('-').at(-1)))).toEqual([
      'good',
      'good',
      'good',
      'warning',
      'skipped',
      'good',
      'good',
      'bad',
      'good',
    ]);
    expect(await text('.test-bad')).toMatch(/What to do:.*host\.unreachable/s);
    expect(await page.getAttribute('#step-selftest', 'aria-label')).toContain('failed');
  });

  test('a cable that is pulled in the download is told, and behind it only the missing pages are read', async () => {
    const { page } = await open();
    await connect(visit);
    await page.click('#step-log');
    unit.pullAt = { doing: 'journal.read', after: 4 };
    await page.click('#fetch-log');
    await page.waitForSelector('#lost');
    expect(await text('#trouble')).toContain('web.cable-pulled');
    await visit.shoot('pulled');
    unit.isPlugged = true;
    const before = unit.reads;
    await visit.plugged();
    await page.waitForSelector('#fetch-log');
    expect(await text('#log-news')).toContain('here already');
    await page.click('#fetch-log');
    await page.waitForSelector('#log-done');
    expect(unit.reads - before).toBeLessThan(unit.journal.pages);
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#save-log')]);
    expect(download.suggestedFilename()).toMatch(/^coldrail-TR-0001-\d{8}-\d{4}\.bin$/);
    expect((await bytesOf(download)).equals(Buffer.from(unit.journal.flash))).toBe(true);
  });

  test('a cable that is pulled in the middle of a form costs nothing that was typed', async () => {
    const { page } = await open();
    await connect(visit);
    await page.click('#step-configure');
    await page.waitForSelector('#changes');
    await page.fill('#key-deviceId', 'TR-0077');
    unit.pull();
    await page.waitForSelector('#lost');
    unit.isPlugged = true;
    await page.click('#reconnect');
    await page.waitForSelector('#key-deviceId');
    expect(await page.inputValue('#key-deviceId')).toBe('TR-0077');
  });

  test('what a tracker says is text, whatever it looks like', async () => {
    const { page } = await open();
    unit.set('cargoProfile', '<img src=x onerror=alert(1)>');
    unit.steps = [['<b>sensors</b>', 0, 1, 0]];
    await connect(visit);
    await page.click('#step-configure');
    await page.waitForSelector('#changes');
    expect(await page.inputValue('#key-cargoProfile')).toContain('<img');
    await page.click('#step-selftest');
    await page.click('#start-test');
    await page.waitForSelector('#verdict');
    expect(await text('.test-name')).toContain('<b>sensors</b>');
    await page.click('#step-protocol');
    expect(await text('#sheet')).toContain('<img');
    expect(await page.$('main img, main b')).toBeNull();
  });

  test('the page works from a file as well', async () => {
    unit = new ScriptedUnit();
    const folder = mkdtempSync(join(tmpdir(), 'coldrail-page-'));
    const file = join(folder, 'coldrail.html');
    writeFileSync(file, await buildPage());
    try {
      visit = await openPage(browser, pathToFileURL(file).href, { socket: unit });
      await connect(visit);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
