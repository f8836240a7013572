import { afterAll, expect, test } from 'vitest';
import { labelPage } from './label.ts';
import { LABEL_SIZES, type LabelSize } from './label-style.ts';
import { readOrder } from './read-order.ts';
import { goodOrder, OrderFolder, SECRET } from './testing/order-folder.ts';

const folder = new OrderFolder();
afterAll(() => folder.remove());

const sizes = Object.keys(LABEL_SIZES) as LabelSize[];
const order = readOrder(folder.put('order.json', JSON.stringify({ ...goodOrder, consolePin: '@pin.txt' })));
const hundred = Array.from({ length: 100 }, (_, at) => ({
  where: '',
  deviceId: `TR-${at}`,
  values: { deviceId: `TR-${at}` },
}));

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

test.each(sizes)('%s: a label for each tracker, as many sheets as it takes', (size) => {
  const page = labelPage(hundred, size);
  expect(count(page, '<article>')).toBe(100);
  expect(count(page, '<svg')).toBe(100);
  expect(count(page, '<section')).toBe(Math.ceil(100 / LABEL_SIZES[size].perSheet));
});

test.each(sizes)('%s: the labels of a sheet fit onto it', (size) => {
  const { page, label, columns, perSheet, top } = LABEL_SIZES[size];
  expect(columns * label[0]).toBeLessThanOrEqual(page[0]);
  expect(top + (perSheet / columns) * label[1]).toBeLessThanOrEqual(page[1]);
});

test('a label says what a technician needs', () => {
  const page = labelPage(order, 'a4');
  for (const words of ['TR-0001', '115200', 'it asks for a PIN', 'supply, return', 'iot.example'])
    expect(page).toContain(words);
});

test('there is no secret on it, in no form', () => {
  const page = labelPage(order, 'a4');
  for (const secret of [
    SECRET,
    SECRET.toUpperCase(),
    Buffer.from(SECRET, 'hex').toString('base64'),
    '482915',
  ])
    expect(page).not.toContain(secret);
});

test('it fetches nothing and runs nothing', () => {
  const page = labelPage(order, 'roll');
  expect(page).toContain('default-src &#39;none&#39;');
  expect(page).not.toMatch(/<script|https?:|url\(/);
});

test('the code of one tracker is not that of another', () => {
  const [one, other] = hundred.map((unit) => /<path d="([^"]*)"/.exec(labelPage([unit], 'a4'))?.[1]);
  expect(one).toMatch(/^M/);
  expect(one).not.toBe(other);
});
