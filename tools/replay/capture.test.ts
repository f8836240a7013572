import { expect, test } from 'vitest';
import { convertCapture } from './capture.ts';
import { gapS, stampOf } from './stamp.ts';
import type { Item } from './transcript.ts';

/** Without line numbers, and without the modem being off at first. */
function converted(...lines: string[]): object[] {
  const items = convertCapture(lines.join('\n')) ?? [];
  expect(items[0]).toEqual({ kind: 'close', line: 0 });
  return items.slice(1).map((item: Item) => {
    const { line: _line, ...rest } = item;
    return rest;
  });
}

const expected = (text: string) => ({ kind: 'expect', text });
const said = (text: string, afterS = 0) => ({ kind: 'send', text, afterS });
const CSQ = [expected('AT+CSQ'), said('\r\n+CSQ: 17,99\r\n\r\nOK\r\n')];

test.each<[string, string[]]>([
  ['nothing', ['AT+CSQ', '+CSQ: 17,99', 'OK']],
  ['empty lines and carriage returns', ['AT+CSQ\r', '\r', '+CSQ: 17,99\r', '', 'OK\r']],
  ['>> and <<', ['>> AT+CSQ', '<< +CSQ: 17,99', '<< OK']],
  ['-> and <-', ['-> AT+CSQ', '<- +CSQ: 17,99', '<- OK']],
  ['TX: and RX:', ['TX: AT+CSQ', 'RX: +CSQ: 17,99', 'RX: OK']],
  ['marks as seen from the modem', ['RX: AT+CSQ', 'TX: +CSQ: 17,99', 'TX: OK']],
  ['one mark on all lines', ['-> AT+CSQ', '-> +CSQ: 17,99', '-> OK']],
  ['a mark behind one that all lines have', ['-> >> AT+CSQ', '-> << +CSQ: 17,99', '-> << OK']],
  ['quotes and written line ends', ['>> "AT+CSQ\\r"', '<< "\\r\\n+CSQ: 17,99\\r\\n"', '<< OK<CR><LF>']],
  ['echoes', ['>> AT+CSQ', '<< AT+CSQ', '<< +CSQ: 17,99', '<< OK']],
  ['echoes without marks', ['AT+CSQ', 'AT+CSQ', '+CSQ: 17,99', 'OK']],
])('lines with %s around them are one command and its answer', (_what, lines) => {
  expect(converted(...lines)).toEqual(CSQ);
});

test.each<[string, string, string, string]>([
  ['clock times', '[12:00:01.100]', '[12:00:01.200]', '[12:00:03.450]'],
  ['clock times without brackets', '12:00:01,100', '12:00:01,200', '12:00:03,450'],
  ['dates', '2026-11-22T12:00:01.100Z', '2026-11-22T12:00:01.200Z', '2026-11-22T12:00:03.450Z'],
  ['dates with a space', '2026-11-22 12:00:01.100', '2026-11-22 12:00:01.200', '2026-11-22 12:00:03.450'],
  ['seconds', '1.100', '1.200', '3.450'],
  ['seconds in brackets', '[    1.100]', '[    1.200]', '[    3.450]'],
])('%s become pauses before what the modem says', (_what, first, second, third) => {
  const lines = [`${first} AT+CSQ`, `${second} +CSQ: 17,99`, `${third} -> OK`.replace(' -> ', ' ')];
  expect(converted(...lines)).toEqual([
    expected('AT+CSQ'),
    said('\r\n+CSQ: 17,99\r\n', 0.1),
    said('\r\nOK\r\n', 2.25),
  ]);
});

test('a clock passes midnight, and one that is set back is no pause', () => {
  const gap = (a: string, b: string) => gapS(stampOf(a), stampOf(b));
  expect(gap('[23:59:59.500] AT', '[00:00:01.000] OK')).toBe(1.5);
  expect(gap('[12:00:05] AT', '[12:00:01] OK')).toBe(0);
  expect(gap('12.5 AT', '[12:00:01] OK')).toBe(0);
  expect(gap('AT', '[12:00:01] OK')).toBe(0);
});

test('what looks like a time in an answer is none', () => {
  for (const text of ['10.64.3.7', '8988303000001234567', '+CCLK: "26/11/22,13:00:31+04"', '1951B17SIM7080'])
    expect(stampOf(text), text).toBeUndefined();
});

test('a command that is given again after a while is no echo', () => {
  expect(converted('[12:00:01.0] AT', '[12:00:01.5] AT', '[12:00:01.6] OK')).toEqual([
    expected('AT'),
    expected('AT'),
    said('\r\nOK\r\n', 0.1),
  ]);
});

test('bytes behind a prompt are left out, whether the capture shows them and the prompt or not', () => {
  const send = [expected('AT+CASEND=0,20'), said('\r\n> '), said('\r\nOK\r\n')];
  expect(converted('AT+CASEND=0,20', '>', 'OK')).toEqual(send);
  expect(converted('AT+CASEND=0,20', '> MQTT binary', 'OK')).toEqual(send);
  expect(converted('AT+CASEND=0,20', '>', 'MQTT binary', 'OK')).toEqual(send);
  expect(converted('>> AT+CASEND=0,20', '<< >', '>> MQTT binary', '<< OK')).toEqual(send);
  expect(converted('AT+CASEND=0,20', 'OK')).toEqual(send);
  expect(converted('AT+CASEND=0,20', 'ERROR')).toEqual([expected('AT+CASEND=0,20'), said('\r\nERROR\r\n')]);
});

test('raw bytes that a terminal did not show are filled up, so that the end of the answer stays one', () => {
  expect(converted('AT+CARECV=0,4', '+CARECV: 4, \x02', 'OK')).toEqual([
    expected('AT+CARECV=0,4'),
    said('\r\n+CARECV: 4, \x02\0\0\r\n\r\nOK\r\n'),
  ]);
});

test('a modem that says that it powers down is gone behind it', () => {
  expect(converted('AT+CPOWD=1', 'NORMAL POWER DOWN', 'AT', 'OK')).toEqual([
    expected('AT+CPOWD=1'),
    said('\r\nNORMAL POWER DOWN\r\n'),
    { kind: 'close' },
    expected('AT'),
    said('\r\nOK\r\n'),
  ]);
});

test('a PIN does not come out of a conversion', () => {
  expect(JSON.stringify(converted('AT+CPIN="1234"', 'OK', 'AT+CPIN?', 'OK'))).not.toContain('1234');
});

test('a text without a command is no capture', () => {
  expect(convertCapture('')).toBeUndefined();
  expect(convertCapture('Attached to the bracket\nATREADY soon\nOK\n')).toBeUndefined();
});
