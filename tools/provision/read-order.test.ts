import { mkdirSync, readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { ColdrailError } from '../errors/error.ts';
import { readOrder } from './read-order.ts';
import { goodOrder, OrderFolder, SECRET } from './testing/order-folder.ts';

const folder = new OrderFolder();
afterAll(() => folder.remove());

/** What is said of a work order that is refused; empty where it is taken. */
function refusal(name: string, content: string | Uint8Array, delimiter?: string): string {
  try {
    readOrder(folder.put(name, content), delimiter);
    return '';
  } catch (error) {
    if (!(error instanceof ColdrailError)) throw error;
    expect(error.exitCode).toBe(2);
    return error.report();
  }
}

const json = (more: object = {}): string => refusal('order.json', JSON.stringify({ ...goodOrder, ...more }));
const csv = (...lines: string[]): string => refusal('units.csv', `${lines.join('\n')}\n`);

test('a work order in JSON gives the values of one tracker, files read and numbers as the device takes them', () => {
  const [unit, ...more] = readOrder(folder.put('order.json', JSON.stringify(goodOrder)));
  expect(more).toEqual([]);
  expect(unit?.deviceId).toBe('TR-0001');
  expect(unit?.values).toMatchObject({
    deviceKey: SECRET,
    simPin: '482915',
    caPem: expect.stringMatching(/^-----BEGIN CERTIFICATE-----\n/),
    container: 'CSQU3054383',
    wagon: '218124712173',
    consignment: 'CIM:702688',
    fineResolution: true,
  });
});

test('a CSV gives a unit for each line; an empty cell says nothing, none says that there is none', () => {
  const text = [
    'deviceId,deviceKey,intervalS,seals,warmLimitMilliC,fineResolution',
    'TR-0001,@a.key,300,"H:1,S:2",none,yes',
    'TR-0002,@b.key,,,8000,no',
  ].join('\r\n');
  const units = readOrder(folder.put('units.csv', text));
  expect(units.map(({ values }) => values)).toEqual([
    {
      deviceId: 'TR-0001',
      deviceKey: SECRET,
      intervalS: 300,
      seals: 'H:1,S:2',
      warmLimitMilliC: null,
      fineResolution: true,
    },
    { deviceId: 'TR-0002', deviceKey: 'b'.repeat(64), warmLimitMilliC: 8000, fineResolution: false },
  ]);
});

test('what coldrail config export has written of one tracker is a work order for the next', () => {
  const text = JSON.stringify({ format: 1, device: 'TR-1', config: { deviceId: 'TR-2', intervalS: 300 } });
  expect(readOrder(folder.put('order.json', text))[0]?.values).toEqual({ deviceId: 'TR-2', intervalS: 300 });
});

test('the mark that some programs put in front of UTF-8 does no harm', () => {
  expect(refusal('order.json', `\ufeff${JSON.stringify(goodOrder)}`)).toBe('');
  const [unit] = readOrder(folder.put('units.csv', '\ufeffdeviceId\nTR-0001\n'));
  expect(unit?.values).toEqual({ deviceId: 'TR-0001' });
});

test('a cargo profile becomes rules, limits and set point', () => {
  const order = { deviceId: 'TR-1', cargo: 'banana', setPointMilliC: 13_500 };
  const [unit] = readOrder(folder.put('order.json', JSON.stringify(order)));
  expect(unit?.values).toMatchObject({
    cargoProfile: 'banana',
    setPointMilliC: 13_500,
    rules: expect.stringMatching(/^[0-9a-f]{10,}$/),
  });
  const [usual] = readOrder(folder.put('order.json', JSON.stringify({ deviceId: 'TR-1', cargo: 'banana' })));
  expect(usual?.values['setPointMilliC']).toEqual(expect.any(Number));
});

test('a cargo that there is not, or that is not carried so, is refused', () => {
  const order = (more: object): string =>
    refusal('order.json', JSON.stringify({ deviceId: 'TR-1', ...more }));
  expect(order({ cargo: 'ice' })).toMatch(/cargo: There is no cargo profile "ice"\. Choose one of: /);
  expect(order({ cargo: 'banana', setPointMilliC: -20_000 })).toMatch(/cargo: .* is not carried at -20 C/);
  expect(order({ cargo: 7 })).toMatch(/cargo: It must be the name of a cargo profile/);
});

test.each<[string, object, RegExp]>([
  [
    'a wrong check digit, with the likely number',
    { container: 'CSQU3054384' },
    /container: "CSQU3054384": the check digit is 4, and the others ask for 3\. Probably CSQU3054383/,
  ],
  ['a letter in a wagon', { wagon: '2I8124712173' }, /wagon: .*character 2 is I.*Probably 218124712173/],
  [
    'a cold limit above the set point',
    { coldLimitMilliC: 6000 },
    /cold limit of 6 C is above the set point of 5 C/,
  ],
  [
    'a warm limit below the set point',
    { warmLimitMilliC: 4000 },
    /warm limit of 4 C is below the set point of 5 C/,
  ],
  [
    'limits that cross',
    { warmLimitMilliC: 1000, setPointMilliC: null },
    /1 C is not above the cold limit of 2 C/,
  ],
  [
    'an interval beyond EN 12830',
    { intervalS: 1800, tripHours: 100 },
    /intervalS: 1800 s is too long: .* 900 s for a trip of 100 h/,
  ],
  ['a broker without a CA', { caPem: null }, /caPem: It is missing, and a broker is named/],
  ['an unknown key', { intervallS: 600 }, /intervallS: There is no such key; intervalS is meant\?/],
  ['a key that nothing is like', { zzz: 1 }, /zzz: There is no such key\./],
  ['a value out of range', { intervalS: 30 }, /intervalS: 30: it must be a whole number, 60 to 3600 s\./],
  ['half a number', { intervalS: 60.5 }, /intervalS: 60\.5: it must be a whole number/],
  [
    'a text for a number',
    { brokerPort: '8883' },
    /brokerPort: "8883": it must be a whole number, 1 to 65535\./,
  ],
  [
    'a blank in a name',
    { apn: 'iot example' },
    /apn: "iot example": it must be a text of 1 to 100 characters/,
  ],
  ['a number for a flag', { fineResolution: 1 }, /fineResolution: It must be true or false\./],
  ['a list for a value', { apn: ['a'] }, /apn: It must be a text, a number/],
  ['a power of two too few', { probes: 7 }, /probes: 7: .* a sum of powers of two without 1/],
  ['bytes that are none', { rules: 'xyz' }, /rules: It must be 1 to 80 bytes as hexadecimal digits/],
  ['rules that are none', { rules: 'ffff' }, /rules: These bytes are no rules/],
  ['no name', { deviceId: undefined }, /deviceId: It is missing/],
  ['a name that is no name', { deviceId: '' }, /deviceId: It is missing/],
  ['a trip', { trip: 'DU-CD-17' }, /trip: A trip is started at the tracker/],
  [
    'a cargo beside its own limits',
    { cargo: 'banana' },
    /cargo: It says what coldLimitMilliC, warmLimitMilliC must be/,
  ],
  ['a file that is not there', { caPem: '@none.pem' }, /caPem: The file none\.pem is not there\./],
  ['a certificate that is none', { caPem: '@pin.txt' }, /caPem: It must be one certificate in PEM/],
  ['a secret in the work order', { deviceKey: SECRET }, /deviceKey: A secret stands in a file of its own/],
  [
    'a key file that holds no key',
    { deviceKey: '@pin.txt' },
    /deviceKey: It must be 32 bytes as hexadecimal digits\./,
  ],
])('%s is refused, and named', (_, more, words) => {
  expect(json(more)).toMatch(words);
});

test('a damaged certificate is refused: no modem would take it', () => {
  const pem = readOrder(folder.put('order.json', JSON.stringify(goodOrder)))[0]?.values['caPem'];
  folder.put('bad.pem', String(pem).replace(/\n[A-Za-z0-9+/]{20}/, '\n'));
  expect(json({ caPem: '@bad.pem' })).toMatch(/caPem: It is no certificate that can be read/);
  folder.put('two.pem', `${pem}\n${pem}`);
  expect(json({ caPem: '@two.pem' })).toMatch(/caPem: It must be one certificate, and there are several/);
});

test('every problem is named, not the first alone, and nothing of a secret', () => {
  const report = json({
    container: 'CSQU3054384',
    intervalS: 30,
    deviceKey: SECRET,
    consolePin: '48291500000',
  });
  expect(report).toMatch(/refused as a whole \(4 problems\), and nothing was sent/);
  expect(report).not.toContain(SECRET);
  expect(report).not.toContain('48291500000');
});

test.each<[string, string, RegExp]>([
  ['nothing', '', /The file is empty/],
  ['half a file', JSON.stringify(goodOrder).slice(0, 100), /half a file/],
  ['a file cut inside a text', '{"deviceId":"TR-00', /half a file/],
  ['a comma too many', '{"deviceId":"TR-0001",}', /It is no JSON/],
  ['a list', '[]', /must be one JSON object/],
  ['a key that stands twice', '{"deviceId":"TR-1","apn":"a","apn":"b"}', /apn: It stands twice/],
])('JSON, %s: refused', (_, text, words) => {
  expect(refusal('order.json', text)).toMatch(words);
});

test.each<[string, string[], RegExp]>([
  ['nothing', [], /The file is empty/],
  ['columns alone', ['deviceId,apn'], /no line behind the names/],
  ['an unknown column', ['deviceId,apm', 'TR-1,x'], /line 2, apm: There is no such key; apn is meant\?/],
  [
    'half a line',
    ['deviceId,apn,intervalS', 'TR-1,x,600', 'TR-2,x'],
    /line 3: It has 2 fields, and there are 3 columns.*breaks off/,
  ],
  ['an open quote', ['deviceId,apn', 'TR-1,"x', 'TR-2,y'], /A quote stays open/],
  ['a column twice', ['deviceId,apn,apn', 'TR-1,x,y'], /line 1, apn: Two columns have this name/],
  ['a column without a name', ['deviceId,,apn', 'TR-1,x,y'], /line 1: A column has no name/],
  [
    'a device id twice',
    ['deviceId', 'TR-1', 'TR-2', 'TR-1'],
    /line 4, deviceId: TR-1 stands in line 2 already/,
  ],
  [
    'a device key twice',
    ['deviceId,deviceKey', 'TR-1,@a.key', 'TR-2,@a.key'],
    /line 3, deviceKey: stands in line 2 already/,
  ],
  ['a line without a name', ['deviceId,apn', ',x'], /line 2, deviceId: It is missing/],
  [
    'words for numbers',
    ['deviceId,intervalS', 'TR-1,ten'],
    /line 2, intervalS: "ten": it must be a whole number/,
  ],
])('CSV, %s: refused', (_, lines, words) => {
  expect(csv(...lines)).toMatch(words);
});

test('columns between semicolons or tabs are refused with the option that takes them', () => {
  const text = 'deviceId;consignment\nTR-1;CIM:702688,SMGS:1\n';
  expect(refusal('units.csv', text)).toMatch(
    /separated by semicolons\. Save it with commas, or add --delimiter ";"/,
  );
  expect(refusal('units.csv', text, ';')).toBe('');
  expect(refusal('units.csv', 'deviceId\tapn\nTR-1\tx\n')).toMatch(/separated by tabs\..*--delimiter tab/);
});

test('a file in UTF-16, one that is no text, a folder and none at all are refused', () => {
  expect(refusal('units.csv', Buffer.from('\ufeffdeviceId\n', 'utf16le'))).toMatch(
    /it is UTF-16; save it as UTF-8/,
  );
  expect(refusal('units.csv', Buffer.of(0x64, 0xe4, 0x0a))).toMatch(/it is no UTF-8 text/);
  expect(() => readOrder(folder.path)).toThrow(/it is a folder/);
  expect(() => readOrder(folder.at('none.csv'))).toThrow(/there is no such file/);
});

test('the examples of docs/provisioning.md are right', () => {
  const page = readFileSync(new URL('../../docs/provisioning.md', import.meta.url), 'utf8');
  const [, json = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
  const [, csv = ''] = /```csv\n([\s\S]*?)```/.exec(page) ?? [];
  mkdirSync(folder.at('keys'));
  folder.put('keys/TR-0001.key', SECRET);
  folder.put('sim-pin.txt', '1234');
  expect(refusal('order.json', json)).toBe('');
  expect(refusal('units.csv', csv)).toBe('');
});
