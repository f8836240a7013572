import { describe, expect, it } from 'vitest';
import type { Clock } from '../clock.ts';
import type { Crypto } from '../crypto.ts';
import type { FlashRegion } from '../flash.ts';
import type { Link } from '../link.ts';
import { batteryContract } from './battery.ts';
import { clockContract } from './clock.ts';
import { consoleContract } from './console.ts';
import { cryptoContract } from './crypto.ts';
import { flashContract } from './flash.ts';
import { gnssContract } from './gnss.ts';
import { i2cContract } from './i2c.ts';
import { linkContract } from './link.ts';
import { modemUartContract } from './modem-uart.ts';
import { powerContract } from './power.ts';
import type { Rule } from './rule.ts';
import { i2cSurroundings, type MockSubjects, mockSubjects, target } from './testing/mock-subjects.ts';
import { verdictOf } from './testing/verdict.ts';
import { thermoHygrometerContract } from './thermo-hygrometer.ts';
import { watchdogContract } from './watchdog.ts';

/** What is wrong with an implementation, the rules that it then runs against, and the one that must not hold. */
interface Breach {
  readonly of: string;
  readonly rules: (mocks: MockSubjects) => Rule[];
  readonly rule: string;
  /** Part of the verdict. */
  readonly says: string;
}

const clock = (change: (mocks: MockSubjects) => Partial<Clock>) => (mocks: MockSubjects) =>
  clockContract({ ...mocks.clock, ...change(mocks) });
const flash = (change: (good: FlashRegion) => Partial<FlashRegion>) => (mocks: MockSubjects) =>
  flashContract({ ...mocks.journal, ...change(mocks.journal) });
const crypto = (change: Partial<Crypto>) => (mocks: MockSubjects) =>
  cryptoContract({ ...mocks.crypto, ...change });
const link = (change: (good: Link) => Partial<Link>) => (mocks: MockSubjects) =>
  // The mock's getters see the mock, not the copy.
  linkContract(
    Object.assign(Object.create(mocks.link), change(mocks.link)),
    mocks.clock,
    mocks.bench,
    target,
  );

const breaches: Breach[] = [
  {
    of: 'a clock that goes back',
    rules: clock(({ clock }) => ({
      uptimeS: () => clock.uptimeS() - (Math.floor(clock.uptimeS() * 2) % 2) * 0.3,
    })),
    rule: 'counts seconds that never go back, with fractions',
    says: 'time went back',
  },
  {
    of: 'a clock that runs alarms from inside after',
    rules: clock(({ clock }) => ({
      after: (ms, run) => {
        if (ms > 0) return clock.after(ms, run);
        run();
        return 0;
      },
    })),
    rule: 'runs an alarm for now later',
    says: 'from inside',
  },
  {
    of: 'a clock that is early',
    rules: clock(({ clock }) => ({ after: (ms, run) => clock.after(ms * 0.9, run) })),
    rule: 'runs an alarm once, not before its time and not from inside after',
    says: 'ran after 0.04',
  },
  {
    of: 'a clock that cancels nothing',
    rules: clock(() => ({ cancel: () => {} })),
    rule: 'does not run what was cancelled',
    says: 'all the same',
  },
  {
    of: 'a clock that gives the number of a spent alarm to the next',
    rules: clock(({ clock }) => {
      let last = 0;
      const real: Record<number, number> = {};
      return {
        after: (ms, run) => {
          const number = ++last;
          real[number] = clock.after(ms, () => {
            last = number - 1;
            run();
          });
          return number;
        },
        cancel: (number) => clock.cancel(real[number]),
      };
    }),
    rule: 'accepts that an alarm which has run is cancelled, and touches no other',
    says: 'another alarm',
  },
  {
    of: 'a tracker that takes every wake for a power-on',
    rules: ({ power }) => powerContract({ ...power, wakeCause: () => 'power-on' }, 'timer'),
    rule: 'tells why the tracker runs, each time the same',
    says: 'told power-on',
  },
  {
    of: 'flash that erases half a page',
    rules: flash((good) => ({
      erase: (page) => {
        const kept = good.read(page * good.pageSize + 2048, 2048);
        const failure = good.erase(page);
        good.program(page * good.pageSize + 2048, kept);
        return failure;
      },
    })),
    rule: 'erases whole pages to FF',
    says: 'left bytes',
  },
  {
    of: 'flash that looks at the first byte only to tell whether all are erased',
    rules: flash((good) => ({ isErased: (at) => good.read(at, 1)[0] === 255 })),
    rule: 'tells what is erased from what is not, to the byte',
    says: 'took a byte for an erased one',
  },
  {
    of: 'flash that does not look at what it has programmed',
    rules: flash((good) => ({
      program: (at, bytes) => (good.program(at, bytes) === 'range' ? 'range' : null),
    })),
    rule: 'only ever clears bits, and says verify when that is not what was asked',
    says: 'said null',
  },
  {
    of: 'flash that hands out its cells',
    rules: ({ journal }) =>
      flashContract({
        ...journal,
        read: (at, length) =>
          at < 0 || at + length > journal.cells.length
            ? new Uint8Array(0)
            : journal.cells.subarray(at, at + length),
      }),
    rule: 'gives copies when it reads',
    says: 'writing into',
  },
  {
    of: 'flash that programs as far as there is room',
    rules: flash((good) => ({
      program: (at, bytes) =>
        good.program(at, bytes.slice(0, Math.max(0, good.pages * good.pageSize - at))) === 'range'
          ? 'range'
          : null,
    })),
    rule: 'refuses with range what would leave the region, and does nothing',
    says: 'programmed at',
  },
  {
    of: 'a bus that throws when nobody acknowledges',
    rules: ({ i2c }) =>
      i2cContract(
        {
          ...i2c,
          write: (address, bytes) => {
            if (!i2c.write(address, bytes)) throw new Error('no ACK');
            return true;
          },
        },
        i2cSurroundings,
      ),
    rule: 'returns false and null, and does not throw, where nobody acknowledges',
    says: 'no ACK',
  },
  {
    of: 'a sensor that answers from inside measure',
    rules: ({ clock, bench, supplyAir }) =>
      thermoHygrometerContract(
        {
          measure: (done) => {
            const { tempMilliC, humidityMilliPct } = supplyAir;
            done({ tempMilliC, humidityMilliPct, failure: null });
          },
        },
        clock,
        bench,
      ),
    rule: 'measures whole thousandths of a degree and a percent',
    says: 'from inside measure',
  },
  {
    of: 'a sensor that answers twice',
    rules: ({ clock, bench, supplyAir }) =>
      thermoHygrometerContract(
        {
          measure: (done) => {
            supplyAir.measure(done);
            supplyAir.measure(done);
          },
        },
        clock,
        bench,
      ),
    rule: 'measures whole thousandths of a degree and a percent',
    says: '2 times',
  },
  {
    of: 'a sensor that has 0 for what it did not measure',
    rules: ({ clock, bench, supplyAir }) =>
      thermoHygrometerContract(
        {
          measure: (done) =>
            supplyAir.measure((climate) => done(climate.failure ? { ...climate, tempMilliC: 0 } : climate)),
        },
        clock,
        bench,
      ),
    rule: 'gives null and a reason when the sensor does not answer',
    says: 'gave a value',
  },
  {
    of: 'a gauge that has 0 for what it does not know',
    rules: ({ battery, bench }) =>
      batteryContract({ ...battery, millivolts: () => battery.millivolts() ?? 0 }, bench),
    rule: 'gives null when the gauge does not answer',
    says: 'gave 0',
  },
  {
    of: 'a gauge that makes up whether there is power from outside',
    rules: ({ battery, bench }) =>
      batteryContract({ ...battery, external: () => battery.external() ?? false }, bench),
    rule: 'knows nothing of power from outside when the gauge does not answer',
    says: 'gave false',
  },
  {
    of: 'a charger that says it has heard',
    rules: ({ battery, bench }) => batteryContract({ ...battery, allowCharge: () => true }, bench),
    rule: 'says so when the charger does not hear',
    says: 'gave true',
  },
  {
    of: 'a UART that keeps its old listeners',
    rules: ({ uart, clock }) => {
      const listeners: ((bytes: string) => void)[] = [];
      return modemUartContract(
        {
          write: (data) => uart.write(data),
          close: () => uart.close(),
          open: (onBytes) => {
            listeners.push(onBytes);
            uart.open((bytes) => {
              for (const listener of listeners) listener(bytes);
            });
          },
        },
        clock,
      );
    },
    rule: 'delivers to the last one who opened it, and to nobody else',
    says: 'old listener',
  },
  {
    of: 'a receiver that believes what it shows before it has a fix',
    rules: ({ gnss, clock, bench }) =>
      gnssContract(
        {
          ...gnss,
          locate: (deadlineS, done) =>
            gnss.locate(deadlineS, (_failure, fix) =>
              done(null, fix ?? { latE5: 4406000, lonE5: 2092000, utcS: null, satellites: 0 }),
            ),
        },
        clock,
        bench,
      ),
    rule: 'finds none without a sky, and says so in time',
    says: 'ended with null',
  },
  {
    of: 'a receiver that does not end its search when it is released',
    rules: ({ gnss, clock, bench }) =>
      gnssContract({ ...gnss, release: (done) => clock.after(500, done) }, clock, bench),
    rule: 'can be released in the middle of a search',
    says: '0 times',
  },
  {
    of: 'a link that opens without a CA',
    rules: link((good) => ({
      open: (to, ...rest) => good.open({ ...to, caPem: 'none' }, ...rest),
    })),
    rule: 'refuses to open without a CA',
    says: 'open ended with',
  },
  {
    of: 'a link that forgets to answer a send without a stream',
    rules: link((good) => ({
      send: (bytes, done) => good.send(bytes, (ok) => ok && done(ok)),
    })),
    rule: 'refuses to send when there is no stream',
    says: 'send answered',
  },
  {
    of: 'a link that leaves open unanswered when it is closed',
    rules: link((good) => ({
      open: (to, deadlineS, opened, onBytes, onClosed) =>
        good.open(to, deadlineS, (fault) => fault === 51 || opened(fault), onBytes, onClosed),
    })),
    rule: 'can be closed while it opens',
    says: '0 times',
  },
  {
    of: 'a link that drops the last bytes',
    rules: link((good) => ({
      open: (to, deadlineS, opened, onBytes, onClosed) =>
        good.open(to, deadlineS, opened, (bytes) => bytes === 'bye' || onBytes(bytes), onClosed),
    })),
    rule: 'hands over the last bytes before it tells the end',
    says: 'heard ""',
  },
  {
    of: 'a link that loses its place in binary',
    rules: link((good) => ({
      open: (to, deadlineS, opened, onBytes, onClosed) =>
        good.open(to, deadlineS, opened, (bytes) => onBytes(bytes.replace('OK\r\n', '')), onClosed),
    })),
    rule: 'carries every byte there and back',
    says: '396 bytes',
  },
  {
    of: 'a console that throws at long lines',
    rules: ({ console, clock, bench }) =>
      consoleContract(
        {
          ...console,
          line: (text) => {
            if (text.length > 80) throw new Error('too long');
            console.line(text);
          },
        },
        clock,
        bench,
      ),
    rule: 'writes lines of any length and does not wait for a reader',
    says: 'too long',
  },
  {
    of: 'a console that keeps all listeners',
    rules: ({ console, clock, bench }) => {
      const all: ((bytes: string) => void)[] = [];
      return consoleContract(
        {
          ...console,
          listen: (hear) => {
            if (hear) all.push(hear);
            console.listen((bytes) => {
              for (const one of all) one(bytes);
            });
          },
        },
        clock,
        bench,
      );
    },
    rule: 'tells what is typed to the one who listens last, and to nobody when told so',
    says: 'the first heard abc',
  },
  {
    of: 'a signed CRC',
    rules: crypto({ crc32: () => 0xcbf43926 | 0 }),
    rule: 'gives the check value of CRC-32, unsigned',
    says: 'gave -',
  },
  {
    of: 'a hash over the whole buffer behind a view',
    rules: ({ crypto: good }) =>
      cryptoContract({ ...good, sha256: (bytes) => good.sha256(new Uint8Array(bytes.buffer)) }),
    rule: 'hashes a view for what it shows and no more',
    says: 'gave 4d40',
  },
  {
    of: 'a watchdog that a kick does not reach',
    rules: ({ watchdog, clock }) => watchdogContract({ ...watchdog, kick: () => {} }, clock),
    rule: 'lets a program run that kicks in time',
    says: 'the watchdog bit',
  },
];

describe('the contracts notice', () => {
  it.each(breaches)('$of', ({ rules, rule: name, says }) => {
    const mocks = mockSubjects();
    const rule = rules(mocks).find((one) => one.name === name);
    expect(rule).toBeDefined();
    let verdict: string | null;
    try {
      verdict = verdictOf(rule as Rule, mocks.clock);
    } catch (error) {
      verdict = String(error);
    }
    expect(verdict).toContain(says);
  });
});
