import { describe, expect, it } from 'vitest';
import { kernelClock } from '../../tools/conformance/kernel-clock.ts';
import { toByteString } from '../../tools/sim/bytes.ts';
import { type NmeaFaults, NmeaReceiver } from '../../tools/sim/chips/nmea-receiver.ts';
import type { SkyFix } from '../../tools/sim/chips/radio.ts';
import { Kernel } from '../../tools/sim/kernel.ts';
import { randomStream } from '../../tools/sim/random.ts';
import { gnssContract } from '../conformance/gnss.ts';
import type { Fix, Gnss, GnssFailure } from '../gnss.ts';
import { nmeaGnss } from './nmea-gnss.ts';

const SEEDS = [1, 2, 3, 4, 5, 6];
const START_MS = Date.UTC(2026, 10, 21, 12);
/** 80 km/h. */
const DEGREES_A_SECOND = 0.0002;

interface Search {
  readonly outcomes: [GnssFailure | null, Fix | null][];
  tookS: number;
}

/** A receiver on a train that goes north, and its driver. */
class Bench {
  readonly kernel = new Kernel();
  readonly clock = kernelClock(this.kernel);
  readonly receiver: NmeaReceiver;
  gnss: Gnss;
  covered = false;
  #listener: ((bytes: string) => void) | undefined;

  constructor(seed: number, faults: NmeaFaults = {}) {
    this.receiver = new NmeaReceiver({
      kernel: this.kernel,
      random: randomStream(seed, 'nmea'),
      sky: { view: () => (this.covered ? undefined : this.at(Math.floor(this.kernel.nowUs / 1e6))) },
      onBytes: (bytes) => this.#listener?.(toByteString(bytes)),
    });
    this.receiver.faults = faults;
    this.gnss = this.driver();
  }

  /** A driver that remembers nothing, as after deep sleep. */
  driver(): Gnss {
    return nmeaGnss(
      {
        open: (onBytes) => {
          this.#listener = onBytes;
        },
        close: () => {
          this.#listener = undefined;
        },
        write: () => {},
      },
      this.clock,
      { power: (on) => this.receiver.setPower(on) },
    );
  }

  get isListening(): boolean {
    return this.#listener !== undefined;
  }

  inject(bytes: string): void {
    this.#listener?.(bytes);
  }

  at(second: number): SkyFix {
    return {
      latDeg: 52.52 + DEGREES_A_SECOND * second,
      lonDeg: -0.405,
      altitudeM: 34,
      speedKmh: 80,
      courseDeg: 0,
      satellites: 9,
      hdop: 1.2,
      utcMs: START_MS + second * 1000,
    };
  }

  async run(seconds: number): Promise<void> {
    await this.kernel.run(this.kernel.nowUs + seconds * 1e6);
  }

  locate(deadlineS: number): Search {
    const search: Search = { outcomes: [], tookS: 0 };
    const startS = this.clock.uptimeS();
    this.gnss.locate(deadlineS, (failure, fix) => {
      search.outcomes.push([failure, fix]);
      search.tookS = this.clock.uptimeS() - startS;
    });
    return search;
  }

  async located(deadlineS = 90): Promise<Search> {
    const search = this.locate(deadlineS);
    await this.run(deadlineS + 21);
    return search;
  }

  /** The fix that a search has ended with, once it is where the train was at that time. */
  checked(search: Search): Fix {
    expect(search.outcomes).toEqual([[null, expect.objectContaining({ lonE5: -40_500, satellites: 9 })]]);
    const fix = search.outcomes[0]?.[1] as Fix;
    if (fix.utcS !== null) {
      const { latDeg } = this.at(fix.utcS - START_MS / 1000);
      expect(fix.latE5).toBe(Math.round(latDeg * 1e5));
    }
    return fix;
  }
}

const nastiness: NmeaFaults[] = [
  {},
  { noise: true, halfSentence: true },
  { burst: true },
  { burst: true, noise: true, chatter: true },
  { chatter: true },
  { lineEnd: '\r' },
  { lineEnd: '\n', halfSentence: true },
  { stale: 'until-fix' },
];

describe.each(SEEDS)('a receiver on a UART, seed %i', (seed) => {
  it.each(nastiness)('is heard, cold and hot: %j', async (faults) => {
    const bench = new Bench(seed, faults);
    const cold = await bench.located();
    expect(bench.checked(cold)).not.toHaveProperty('rolledOver');
    expect(cold.tookS).toBeGreaterThan(25);
    const hot = await bench.located();
    bench.checked(hot);
    expect(hot.tookS).toBeLessThan(10);
  });

  it('is heard on a line that flips a bit in every 401 bytes', async () => {
    const bench = new Bench(seed, { flips: 401 });
    bench.checked(await bench.located(600));
  });

  it('without a sky finds nothing, and says so in time', async () => {
    const bench = new Bench(seed, { noise: true, chatter: true });
    bench.covered = true;
    const search = await bench.located(60);
    expect(search.outcomes).toEqual([['no-fix', null]]);
    expect(search.tookS).toBeLessThanOrEqual(80);
  });

  it('that repeats its last position is not believed, whatever the program remembers', async () => {
    const bench = new Bench(seed);
    await bench.located();
    bench.receiver.faults = { stale: 'frozen' };
    expect((await bench.located()).outcomes).toEqual([['no-fix', null]]);
    bench.gnss = bench.driver();
    expect((await bench.located()).outcomes).toEqual([['no-fix', null]]);
  });

  it('whose weeks have rolled over gets its date mended', async () => {
    const bench = new Bench(seed, { rolledOver: true });
    expect(bench.checked(await bench.located()).rolledOver).toBe(true);
  });

  it('that does not know the date gives a position without a time', async () => {
    const bench = new Bench(seed, { noDate: true });
    expect(bench.checked(await bench.located()).utcS).toBeNull();
  });

  it('keeps the contract', async () => {
    const bench = new Bench(seed, nastiness[seed % nastiness.length]);
    const contract = gnssContract(bench.gnss, bench.clock, (order) => {
      bench.covered = order === 'sky covered';
    });
    for (const rule of contract) {
      const verdicts: (string | null)[] = [];
      rule.run((problem) => verdicts.push(problem));
      for (let ranS = 0; verdicts.length === 0 && ranS < 900; ranS += 10) await bench.run(10);
      expect(verdicts, rule.name).toEqual([null]);
    }
  });
});

describe('the driver', () => {
  it('feeds the receiver and listens while it searches, and no longer', async () => {
    const bench = new Bench(1);
    const search = bench.locate(90);
    await bench.run(5);
    expect([bench.receiver.on, bench.isListening]).toEqual([true, true]);
    await bench.run(90);
    expect(search.outcomes).toHaveLength(1);
    expect([bench.receiver.on, bench.isListening]).toEqual([false, false]);
  });

  it('says silent when the supply cannot be switched, at once', async () => {
    const bench = new Bench(1);
    bench.receiver.supplyStuck = true;
    const search = bench.locate(90);
    expect(search.outcomes).toEqual([]);
    await bench.run(1);
    expect(search.outcomes).toEqual([['silent', null]]);
    bench.receiver.supplyStuck = false;
    bench.checked(await bench.located());
  });

  it('says silent when there is nothing but noise, as at a wrong baud rate', async () => {
    const bench = new Bench(1, { flips: 1 });
    expect((await bench.located(60)).outcomes).toEqual([['silent', null]]);
  });

  it('says implausible when the receiver is off the continents', async () => {
    const bench = new Bench(1);
    const at = bench.at.bind(bench);
    bench.at = (second) => ({ ...at(second), latDeg: -33.9, lonDeg: 18.4 });
    expect((await bench.located()).outcomes).toEqual([['implausible', null]]);
  });

  it('says implausible when the position jumps about', async () => {
    const bench = new Bench(1);
    const at = bench.at.bind(bench);
    bench.at = (second) => ({ ...at(second), latDeg: second % 2 === 0 ? 44.06 : 52.52 });
    expect((await bench.located()).outcomes).toEqual([['implausible', null]]);
  });

  it('gets over a single jump', async () => {
    const bench = new Bench(1);
    const at = bench.at.bind(bench);
    let views = 0;
    const isJunk = (): boolean => ++views === 50;
    bench.at = (second) => (isJunk() ? { ...at(second), latDeg: 44.060004, lonDeg: 20.920002 } : at(second));
    expect((await bench.located()).outcomes).toEqual([[null, expect.objectContaining({ lonE5: -40_500 })]]);
  });

  it('can be released at any moment: told once, receiver off, nothing said afterwards', async () => {
    for (let atS = 0; atS <= 40; atS += 1.7) {
      const bench = new Bench(Math.round(atS * 10), { burst: true });
      const search = bench.locate(300);
      await bench.run(atS);
      let released = 0;
      bench.gnss.release(() => {
        released++;
      });
      await bench.run(400);
      expect([search.outcomes.length, released, bench.receiver.on]).toEqual([1, 1, false]);
    }
  });

  it('does not end a search by what the one before has left behind', async () => {
    const bench = new Bench(1);
    await bench.located();
    bench.covered = true;
    const search = bench.locate(60);
    await bench.run(50);
    expect(search.outcomes).toEqual([]);
    await bench.run(11);
    expect(search.outcomes).toEqual([['no-fix', null]]);
  });
});
