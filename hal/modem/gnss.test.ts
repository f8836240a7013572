import { describe, expect, it } from 'vitest';
import { DriverBench } from '../../tools/conformance/driver-bench.ts';
import { openSky } from '../../tools/sim/chips/modem/bench.ts';
import { OK } from '../faults.ts';
import { fixInCgnsinf } from './profiles/cgnsinf.ts';

const fixIn = (line: string) => fixInCgnsinf(line, 18);

const SEEDS = Array.from({ length: 12 }, (_, index) => index + 1);

/** `openSky` as the driver gives it: rounded to 1e-5 degrees, from six decimals. */
const EXPECTED = { latE5: 5252000, lonE5: -40500, utcS: Date.UTC(2026, 10, 21, 12) / 1000, satellites: 9 };

function underOpenSky(options: ConstructorParameters<typeof DriverBench>[0] = {}): DriverBench {
  const bench = new DriverBench(options);
  bench.world.fix = openSky;
  return bench;
}

/** From now on the receiver is at this latitude, and its time goes on. */
function moving(bench: DriverBench, latDeg: () => number): void {
  Object.defineProperty(bench.world, 'fix', {
    get: () => ({ ...openSky, latDeg: latDeg(), utcMs: openSky.utcMs + bench.nowS * 1000 }),
  });
}

describe("the SIM7080's receiver", () => {
  it.each(SEEDS)('finds the position under an open sky, seed %i', async (seed) => {
    const bench = underOpenSky({ seed });
    const search = await bench.located();
    expect(search.outcomes).toEqual([[null, EXPECTED]]);
    expect(await bench.release()).toHaveLength(1);
    expect(bench.world.modem.state).toBe('off');
  });

  it.each(SEEDS)('finds nothing without a sky, whatever the receiver shows, seed %i', async (seed) => {
    const bench = new DriverBench({ seed });
    const search = await bench.located(60);
    expect(search.outcomes).toEqual([['no-fix', null]]);
    expect(search.tookS).toBeLessThanOrEqual(80);
  });

  it('does not give the last position for a new one', async () => {
    const bench = underOpenSky();
    await bench.located();
    bench.world.fix = undefined;
    await bench.run(600);
    expect((await bench.located(30)).outcomes).toEqual([['no-fix', null]]);
  });

  it('does not give a position again that the receiver calls new', async () => {
    const bench = underOpenSky();
    expect((await bench.located()).outcomes).toEqual([[null, EXPECTED]]);
    expect((await bench.located(30)).outcomes).toEqual([['no-fix', null]]);
    bench.world.fix = { ...openSky, utcMs: openSky.utcMs + 60_000 };
    const later = { ...EXPECTED, utcS: EXPECTED.utcS + 60 };
    expect((await bench.located()).outcomes).toEqual([[null, later]]);
  });

  it('does not believe a jump at once, and does when the next position agrees', async () => {
    const bench = underOpenSky();
    await bench.located();
    moving(bench, () => 44.06);
    const search = await bench.located();
    expect(search.outcomes).toEqual([[null, expect.objectContaining({ latE5: 4406000 })]]);
  });

  it('says implausible when the position jumps about', async () => {
    const bench = underOpenSky();
    await bench.located();
    moving(bench, () => (bench.written.length % 2 === 0 ? 44.06 : 48.06));
    expect((await bench.located(60)).outcomes).toEqual([['implausible', null]]);
  });

  it('feeds its antenna while it searches and no longer', async () => {
    const bench = underOpenSky();
    const search = bench.locate();
    await bench.run(20);
    expect(bench.antennaFed).toBe(true);
    await bench.until(() => search.outcomes.length > 0, 110);
    expect(bench.antennaFed).toBe(false);
  });

  it('keeps the modem up for the link, which then needs no second start', async () => {
    const bench = underOpenSky();
    await bench.located();
    expect(bench.world.states.filter((state) => state === 'booting')).toHaveLength(1);
    expect((await bench.opened()).faults).toEqual([OK]);
    expect(bench.world.states.filter((state) => state === 'booting')).toHaveLength(1);
  });

  it('says busy to a second search and while the link has the radio, and asks nothing of the modem', async () => {
    const bench = underOpenSky();
    const first = bench.locate();
    const second = bench.locate();
    expect(second.outcomes).toEqual([]);
    await bench.until(() => first.outcomes.length > 0, 110);
    expect(second.outcomes).toEqual([['busy', null]]);
    expect(first.outcomes).toEqual([[null, EXPECTED]]);
    const session = bench.open();
    await bench.run(1);
    const third = bench.locate();
    await bench.until(() => session.faults.length > 0, 180);
    expect(session.faults).toEqual([OK]);
    expect(third.outcomes).toEqual([['busy', null]]);
    const before = bench.written.length;
    const fourth = bench.locate();
    await bench.run(5);
    expect(fourth.outcomes).toEqual([['busy', null]]);
    expect(bench.written).toHaveLength(before);
  });

  it('cures a modem that has hung by its supply, and finds the position', async () => {
    const bench = underOpenSky({ faults: { silentAfterBoot: true } });
    expect((await bench.located()).outcomes).toEqual([[null, EXPECTED]]);
  });

  it('says silent when the supply cannot be switched', async () => {
    const bench = underOpenSky();
    bench.supplyStuck = true;
    expect((await bench.located()).outcomes).toEqual([['silent', null]]);
  });

  it.each([3, 8, 15, 30])('ends in time when the modem dies %i s into the search', async (atS) => {
    const bench = new DriverBench();
    const search = bench.locate(60);
    await bench.run(atS);
    const receive = bench.world.modem.receive.bind(bench.world.modem);
    bench.world.modem.receive = () => {};
    await bench.run(120);
    expect(search.outcomes).toEqual([['silent', null]]);
    expect(search.tookS).toBeLessThanOrEqual(80);
    expect(bench.world.modem.state).toBe('off');
    bench.world.modem.receive = receive;
    bench.world.fix = openSky;
    expect((await bench.located()).outcomes).toEqual([[null, EXPECTED]]);
  });

  it('can be released at any moment: told once, modem off, nothing said afterwards', async () => {
    for (let atS = 0; atS <= 20; atS += 1.3) {
      const bench = new DriverBench({ seed: Math.round(atS * 10) });
      const search = bench.locate(300);
      await bench.run(atS);
      const calls = await bench.release();
      expect(search.outcomes).toHaveLength(1);
      expect(search.outcomes[0]?.[1]).toBeNull();
      expect(calls).toHaveLength(1);
      expect(calls[0]).toBeLessThanOrEqual(40);
      expect(bench.world.modem.state).toBe('off');
      const said = bench.written.length;
      await bench.run(400);
      expect(bench.written).toHaveLength(said);
    }
  });

  it('says nothing more to a modem that the link has taken over', async () => {
    const bench = new DriverBench();
    bench.locate(300);
    await bench.run(20);
    bench.gnss.release(() => {});
    await bench.until(() => bench.world.modem.state === 'off', 40);
    await bench.run(1);
    bench.written.length = 0;
    expect((await bench.opened()).faults).toEqual([OK]);
    expect(bench.written.filter((text) => text.startsWith('AT+CGNS'))).toEqual([]);
  });

  it('ends in time with a modem that is slow at everything', async () => {
    const bench = new DriverBench();
    // Its boot takes as long as may be, and then each answer nearly does.
    bench.world.modem.receive = (sent) => {
      const isPlain = sent.length === 3;
      if (bench.nowS < 15) return;
      bench.world.kernel.after(isPlain ? 10_000 : 4_500_000, () => bench.inject('\r\nOK\r\n'));
    };
    const search = bench.locate(1);
    await bench.run(100);
    expect(search.outcomes).toEqual([['silent', null]]);
    expect(search.tookS).toBeLessThanOrEqual(21);
  });

  it('leaves a link alone when it is released', async () => {
    const bench = underOpenSky();
    await bench.opened();
    expect(await bench.release()).toHaveLength(1);
    expect(await bench.send('still here')).toEqual([true]);
  });
});

describe('a +CGNSINF line', () => {
  const line = (status: string, utc: string, lat: string, lon: string, satellites = '9'): string =>
    `+CGNSINF: 1,${status},${utc},${lat},${lon},34.000,61.50,271.00,1,,1.2,1.7,1.1,,${satellites},,7.2,10.8`;

  it('is a fix when the receiver says so', () => {
    expect(fixIn(line('1', '20261121120000.000', '52.520000', '-0.405000'))).toEqual(EXPECTED);
  });

  it.each(['', '0', '2', '11'])('is none with status "%s", whatever position it shows', (status) => {
    expect(fixIn(line(status, '20261121120000.000', '44.060004', '20.920002'))).toBeNull();
  });

  it.each([
    ['-0.00001', '100'],
    ['65.00001', '100'],
    ['40', '-15.00001'],
    ['40', '140.00001'],
    ['999999999999999999999', '100'],
  ])('is not believed at %s, %s', (lat, lon) => {
    expect(fixIn(line('1', '20261121120000.000', lat, lon))).toBe('implausible');
  });

  it.each([
    ['0', '-15'],
    ['65', '140'],
  ])('is believed at %s, %s', (lat, lon) => {
    expect(fixIn(line('1', '20261121120000.000', lat, lon))).toMatchObject({ satellites: 9 });
  });

  it.each(['19800106000017.000', '', '20461121120000.000', '2026', '20261321120000.000'])(
    'is a position without a time when the date is "%s"',
    (utc) => {
      expect(fixIn(line('1', utc, '52.520000', '13.400000'))).toEqual({
        latE5: 5252000,
        lonE5: 1340000,
        utcS: null,
        satellites: 9,
      });
    },
  );

  it.each(['20070407120000.000', '20060518000000.000'])(
    'has a time 1024 weeks later when the date is %s, and says so',
    (utc) => {
      const fix = fixIn(line('1', utc, '52.520000', '13.400000'));
      const saidS = Date.parse(utc.replace(/^(....)(..)(..)(..)(..)(..).*/, '$1-$2-$3T$4:$5:$6Z')) / 1000;
      expect(fix).toEqual({
        latE5: 5252000,
        lonE5: 1340000,
        utcS: saidS + 7168 * 86_400,
        satellites: 9,
        rolledOver: true,
      });
    },
  );

  it.each(['', '25.5', '99.9'])('is none with an HDOP of "%s"', (hdop) => {
    const good = line('1', '20261121120000.000', '52.520000', '13.400000');
    expect(fixIn(good.replace(',1.2,', `,${hdop},`))).toBeNull();
  });

  it('is none at 0 N 0 E', () => {
    expect(fixIn(line('1', '20261121120000.000', '0.000000', '0.000000'))).toBeNull();
  });

  it('is none when it is cut short anywhere before the satellites', () => {
    const whole = line('1', '20261121120000.000', '52.520000', '13.400000');
    const until = whole.indexOf(',9,') + 1;
    for (let length = 0; length < until; length++) expect(fixIn(whole.slice(0, length))).toBeNull();
  });

  it.each(['', 'abc', '5 2', '52.5.2'])('is none when the latitude is "%s"', (lat) => {
    expect(fixIn(line('1', '20261121120000.000', lat, '13.400000'))).toBeNull();
  });
});
