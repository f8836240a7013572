import { expect, it } from 'vitest';
import { toByteString } from '../bytes.ts';
import { Kernel } from '../kernel.ts';
import { randomStream } from '../random.ts';
import { type NmeaFaults, NmeaReceiver, sentence } from './nmea-receiver.ts';
import type { SkyFix } from './radio.ts';

/** 2 deg 24.9' W and half a minute of arc north of 5 degrees. */
const VIEW: SkyFix = {
  latDeg: 5 + 0.5 / 60,
  lonDeg: -(2 + 24.9 / 60),
  altitudeM: 8,
  speedKmh: 18.52,
  courseDeg: 90,
  satellites: 7,
  hdop: 1,
  utcMs: Date.UTC(2026, 10, 22, 3, 4, 5),
};

interface Bench {
  readonly kernel: Kernel;
  readonly receiver: NmeaReceiver;
  /** Bytes and the second in which they came. */
  readonly heard: { atS: number; text: string }[];
  view: SkyFix | undefined;
  /** Run on, and give what came meanwhile. */
  run(seconds: number): Promise<string>;
}

function bench(faults: NmeaFaults = {}): Bench {
  const kernel = new Kernel();
  const heard: Bench['heard'] = [];
  const self: Bench = {
    kernel,
    heard,
    view: VIEW,
    receiver: new NmeaReceiver({
      kernel,
      random: randomStream(1, 'nmea'),
      sky: { view: () => self.view },
      onBytes: (bytes) => heard.push({ atS: kernel.nowUs / 1e6, text: toByteString(bytes) }),
    }),
    run: async (seconds) => {
      const before = heard.length;
      await kernel.run(kernel.nowUs + seconds * 1e6);
      return heard
        .slice(before)
        .map(({ text }) => text)
        .join('');
    },
  };
  self.receiver.faults = faults;
  return self;
}

it('frames a sentence as NMEA 0183 does', () => {
  expect(sentence('GPGLL,5057.970,N,00146.110,E,142451,A')).toBe(
    '$GPGLL,5057.970,N,00146.110,E,142451,A*27\r\n',
  );
});

it('says nothing without power, and that it has no fix soon after power-up', async () => {
  const { receiver, run } = bench();
  expect(await run(10)).toBe('');
  receiver.setPower(true);
  const text = await run(3);
  expect(text).toContain('$GPTXT,');
  expect(text).toContain('$GNRMC,,V,,,,,,,,,,N,V*37\r\n');
  expect(text).not.toContain(',A,05');
});

it('needs 26 s and more from cold, a few from hot, and forgets by itself after two hours', async () => {
  const { receiver, run } = bench();
  const secondsToFix = async (): Promise<number> => {
    receiver.setPower(true);
    let seconds = 0;
    while (!(await run(1)).includes('GNRMC,030405.00,A,')) seconds++;
    receiver.setPower(false);
    return seconds;
  };
  expect(await secondsToFix()).toBeGreaterThanOrEqual(25);
  expect(await secondsToFix()).toBeLessThanOrEqual(5);
  await run(7201);
  expect(await secondsToFix()).toBeGreaterThanOrEqual(25);
  receiver.forget();
  expect(await secondsToFix()).toBeGreaterThanOrEqual(25);
});

it('writes degrees and minutes, and the time, as the standard has them', async () => {
  const { receiver, run } = bench();
  receiver.setPower(true);
  const text = await run(60);
  expect(text).toContain('$GNRMC,030405.00,A,0500.50000,N,00224.90000,W,10.000,90.00,221126,,,A,V*');
  expect(text).toContain('$GNGGA,030405.00,0500.50000,N,00224.90000,W,1,07,1.00,8.0,M,48.5,M,,*');
});

it('takes its time for each byte, or gives a second in one piece', async () => {
  for (const burst of [false, true]) {
    const { receiver, run, heard } = bench({ burst });
    receiver.setPower(true);
    await run(10);
    expect(heard.every(({ text }) => burst || text.length <= 60)).toBe(true);
    expect(heard.length > 40).toBe(!burst);
    // 960 bytes a second.
    const bytes = heard.reduce((sum, { text }) => sum + text.length, 0);
    expect(bytes).toBeLessThan(9600);
  }
});

it('goes silent in the middle of a byte stream when its power goes', async () => {
  const { receiver, run } = bench();
  receiver.setPower(true);
  await run(1.1);
  receiver.setPower(false);
  expect(await run(10)).toBe('');
});

it.each<[string, NmeaFaults, (text: string) => boolean]>([
  ['the week counter', { rolledOver: true }, (text) => text.includes(',080407,')],
  ['an unknown date', { noDate: true }, (text) => text.includes(',060180,')],
  ['replies', { chatter: true }, (text) => text.includes('\r\nOK\r\n') && text.includes('+CGNSINF: ')],
  ['CR only', { lineEnd: '\r' }, (text) => !text.includes('\n')],
  ['LF only', { lineEnd: '\n' }, (text) => !text.includes('\r')],
  ['a half sentence', { halfSentence: true }, (text) => !text.startsWith('$')],
  ['noise', { noise: true }, (text) => /[^\r\n -~]/.test(text)],
  ['flipped bits', { flips: 50 }, (text) => text.split('\r\n').some((line) => !/^\$|^$/.test(line))],
])('shows on the line: %s', async (_what, faults, isThere) => {
  const { receiver, run } = bench(faults);
  receiver.setPower(true);
  expect(isThere(await run(60))).toBe(true);
});

it.each(['frozen', 'until-fix'] as const)('repeats its last position marked valid: %s', async (stale) => {
  const self = bench();
  self.receiver.setPower(true);
  await self.run(60);
  self.receiver.setPower(false);
  self.receiver.faults = { stale };
  self.view = { ...VIEW, utcMs: VIEW.utcMs + 3600_000 };
  self.receiver.setPower(true);
  const text = await self.run(10);
  expect(text.match(/GNRMC,030405.00,A/g)?.length).toBeGreaterThanOrEqual(stale === 'frozen' ? 9 : 1);
  expect(text.includes('GNRMC,040405.00,A')).toBe(stale === 'until-fix');
});
