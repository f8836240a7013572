import { describe, expect, it } from 'vitest';
import { DriverBench, target } from '../../tools/conformance/driver-bench.ts';
import { berlin } from '../../tools/sim/chips/modem/bench.ts';
import {
  HOST_UNKNOWN,
  HOST_UNREACHABLE,
  MODEM_REFUSED,
  MODEM_SUPPLY,
  NO_DATA_CONTEXT,
  NO_NETWORK,
  OK,
  SIM_PIN_NEEDED,
  SIM_PIN_WRONG,
  STREAM_CLOSED,
  STREAM_STALLED,
  TLS_NO_CA,
  TLS_WRONG_NAME,
} from '../faults.ts';
import { utcInClock } from './profiles/simcom.ts';

const SEEDS = Array.from({ length: 12 }, (_, index) => index + 1);

/** Every byte, and then some, in one string of `length`. */
function bytes(length: number): string {
  return Array.from({ length }, (_, index) => String.fromCharCode((index * 7 + (index >> 8)) & 255)).join('');
}

function echoing(bench: DriverBench): DriverBench {
  bench.world.stream.answer = (text) => [text];
  return bench;
}

describe('a stream over the SIM7080', () => {
  it.each(SEEDS)('opens, carries bytes both ways and closes, seed %i', async (seed) => {
    const bench = echoing(new DriverBench({ seed }));
    const session = await bench.opened();
    expect(session.faults).toEqual([OK]);
    expect(await bench.send('hello')).toEqual([true]);
    await bench.run(10);
    expect(session.heard).toBe('hello');
    const calls = await bench.close();
    expect(calls).toHaveLength(1);
    expect(calls[0]).toBeLessThanOrEqual(40);
    expect(session).toMatchObject({ faults: [OK], closed: 0 });
    expect(bench.world.modem.state).toBe('off');
    expect(bench.world.targets).toEqual([{ host: 'broker.example', port: 8883, tls: true }]);
  });

  it('carries the largest send there and back, any bytes, in reads that the UART can take', async () => {
    const bench = echoing(new DriverBench());
    const session = await bench.opened();
    const large = bytes(bench.link.maxSend);
    expect(await bench.send(large)).toEqual([true]);
    await bench.run(20);
    expect(session.heard).toBe(large);
    const asked = bench.written.filter((text) => text.startsWith('AT+CARECV=0,'));
    for (const text of asked) expect(Number(text.slice(12))).toBeLessThanOrEqual(512);
  });

  it('carries messages that come on top of each other, in order', async () => {
    const bench = new DriverBench();
    bench.world.stream.answer = (text) => [`a${text}`, bytes(600), `c${text}`];
    const session = await bench.opened();
    for (const text of ['1', '2', '3']) expect(await bench.send(text)).toEqual([true]);
    await bench.run(20);
    expect(session.heard).toBe(['1', '2', '3'].map((text) => `a${text}${bytes(600)}c${text}`).join(''));
  });

  it("tells the network's time in UTC", async () => {
    const bench = new DriverBench();
    await bench.opened();
    const time = bench.link.networkTime();
    const trueUtcS = bench.world.utcMs() / 1000;
    expect(time).not.toBeNull();
    if (time === null) return;
    expect(Math.abs(time.utcS + (bench.nowS - time.uptimeS) - trueUtcS)).toBeLessThan(2);
  });

  it('gives no time of an earlier session', async () => {
    const bench = new DriverBench();
    await bench.opened();
    await bench.close();
    bench.open();
    expect(bench.link.networkTime()).toBeNull();
  });

  it('stores the certificate once, and finds it again in the next session', async () => {
    const bench = new DriverBench();
    const stores = (): number => bench.written.filter((text) => text.startsWith('AT+CFSWFILE')).length;
    await bench.opened();
    await bench.close();
    expect(stores()).toBe(1);
    expect((await bench.opened()).faults).toEqual([OK]);
    expect(stores()).toBe(1);
  });

  it('reads what came while it was being opened', async () => {
    const bench = new DriverBench();
    const session = bench.open();
    await bench.until(() => bench.written.at(-1)?.startsWith('AT+CAOPEN') === true, 120);
    bench.inject('\r\n+CADATAIND: 0\r\n');
    await bench.until(() => session.faults.length > 0, 180);
    await bench.run(1);
    expect(bench.written.at(-1)).toBe('AT+CARECV=0,512\r');
  });

  it('ends when the far side had closed before it was open', async () => {
    const bench = new DriverBench();
    const session = bench.open();
    await bench.until(() => bench.written.at(-1)?.startsWith('AT+CAOPEN') === true, 120);
    bench.inject('\r\n+CASTATE: 0,0\r\n');
    await bench.until(() => session.closed > 0, 180);
    expect(session).toMatchObject({ faults: [OK], closed: 1 });
  });
});

it('opens in spite of a modem that has hung: a power cycle cures it', async () => {
  const bench = new DriverBench({ faults: { silentAfterBoot: true } });
  expect((await bench.opened()).faults).toEqual([OK]);
});

describe('opening fails with a reason', () => {
  it('without a CA, before the modem is even powered', async () => {
    const bench = new DriverBench();
    const session = bench.open(180, { ...target, caPem: '' });
    expect(session.faults).toEqual([]);
    await bench.run(1);
    expect(session.faults).toEqual([TLS_NO_CA]);
    expect(bench.world.states).toEqual([]);
  });

  it('while another one is being opened', async () => {
    const bench = echoing(new DriverBench());
    const first = bench.open();
    const second = bench.open();
    await bench.until(() => first.faults.length > 0, 180);
    expect(second.faults).toEqual([MODEM_REFUSED]);
    expect(await bench.send('still here')).toEqual([true]);
    await bench.run(10);
    expect(first.heard).toBe('still here');
    expect(second.heard).toBe('');
  });

  it('when the supply cannot be switched', async () => {
    const bench = new DriverBench();
    bench.supplyStuck = true;
    expect((await bench.opened()).faults).toEqual([MODEM_SUPPLY]);
  });

  it('when the SIM asks for a PIN that nobody knows', async () => {
    const bench = new DriverBench({ simPin: '1234' });
    expect((await bench.opened()).faults).toEqual([SIM_PIN_NEEDED]);
    expect(bench.written.some((text) => text.startsWith('AT+CPIN='))).toBe(false);
  });

  it('when the SIM refuses the PIN, which is tried once', async () => {
    const bench = new DriverBench({ simPin: '1234' });
    const session = bench.open(300, { ...target, simPin: '4321' });
    await bench.until(() => session.faults.length > 0, 310);
    expect(session.faults).toEqual([SIM_PIN_WRONG]);
    expect(bench.written.filter((text) => text.startsWith('AT+CPIN='))).toEqual(['AT+CPIN="4321"\r']);
  });

  it('opens with the PIN that the SIM asks for', async () => {
    const bench = new DriverBench({ simPin: '1234' });
    const session = bench.open(300, { ...target, simPin: '1234' });
    await bench.until(() => session.faults.length > 0, 310);
    expect(session.faults).toEqual([OK]);
  });

  it('when there is no network for as long as it searches', async () => {
    const bench = new DriverBench();
    bench.world.cells = {};
    expect((await bench.opened(400)).faults).toEqual([NO_NETWORK]);
  });

  it('when coverage ends before there is a data context', async () => {
    const bench = new DriverBench();
    bench.onWrite = (text) => {
      if (text.startsWith('AT+CNACT=0,1')) bench.world.cells = {};
    };
    // The context may come up in the 3 s before the modem notices; then it is the host that cannot be reached.
    const { faults } = await bench.opened(600);
    expect(faults).toHaveLength(1);
    expect([NO_DATA_CONTEXT, HOST_UNREACHABLE]).toContain(faults[0]);
  });

  it('when the modem never gives a data context', async () => {
    const bench = new DriverBench();
    const refuse = bench.world.modem.receive.bind(bench.world.modem);
    bench.world.modem.receive = (sent) => {
      if (!Buffer.from(sent).toString('latin1').startsWith('AT+CNACT=0,1')) refuse(sent);
      else setTimeoutInWorld(bench, () => bench.inject('\r\n+CME ERROR: operation not allowed\r\n'));
    };
    const { faults } = await bench.opened(300);
    expect(faults).toEqual([NO_DATA_CONTEXT]);
    expect(bench.written.filter((text) => text.startsWith('AT+CNACT=0,1'))).toHaveLength(4);
  });

  it.each([
    ['tls-name', TLS_WRONG_NAME],
    ['tls-certificate', HOST_UNREACHABLE],
    ['dns', HOST_UNKNOWN],
    ['refused', HOST_UNREACHABLE],
    ['timeout', HOST_UNREACHABLE],
  ] as const)('when the host says %s', async (error, fault) => {
    const bench = new DriverBench();
    bench.world.connectError = error;
    expect((await bench.opened(300)).faults).toEqual([fault]);
    expect(bench.world.targets.every(({ tls }) => tls)).toBe(true);
  });

  it('at its deadline, whatever the modem is at, and works the next time', async () => {
    for (const deadlineS of [0, 0.3, 1, 3, 6, 9, 12, 16, 20]) {
      const bench = new DriverBench();
      const session = bench.open(deadlineS);
      await bench.run(deadlineS + 0.01);
      const said = bench.written.length;
      await bench.run(60);
      expect(bench.written).toHaveLength(said);
      expect(session.faults).toHaveLength(1);
      // Where it was still searching, there was no network in that time.
      expect([STREAM_STALLED, NO_NETWORK]).toContain(session.faults[0]);
      expect(session.tookS).toBeCloseTo(deadlineS, 6);
      expect(await bench.close()).toHaveLength(1);
      expect(bench.world.modem.state).toBe('off');
      expect((await bench.opened()).faults).toEqual([OK]);
    }
  });
});

/** Soon, in the bench's time. */
function setTimeoutInWorld(bench: DriverBench, run: () => void): void {
  bench.world.kernel.after(20_000, run);
}

describe('a stream ends', () => {
  it('once, when the far side closes, and no send is taken from then on', async () => {
    const bench = new DriverBench();
    const session = await bench.opened();
    bench.world.stream.hangUp();
    await bench.run(10);
    expect(session.closed).toBe(1);
    expect(await bench.send('late')).toEqual([false]);
    await bench.close();
    expect(session.closed).toBe(1);
  });

  it('behind the last bytes of a far side that answers and closes', async () => {
    const bench = new DriverBench();
    const last = bytes(1300);
    bench.world.stream.answer = () => {
      bench.world.stream.closed = true;
      return [last];
    };
    const session = await bench.opened();
    await bench.send('hello');
    await bench.until(() => session.closed > 0, 30);
    expect(session).toMatchObject({ closed: 1, heard: last });
  });

  it('behind all that was announced before the end, in however many reads', async () => {
    const bench = new DriverBench();
    const session = await bench.opened();
    const last = bytes(1300);
    let left = last;
    bench.world.modem.receive = () => {
      const part = left.slice(0, 512);
      left = left.slice(512);
      bench.world.kernel.after(20_000, () =>
        bench.inject(`\r\n+CARECV: ${part.length},${part}\r\n\r\nOK\r\n`),
      );
    };
    bench.inject('\r\n+CADATAIND: 0\r\n\r\n+CASTATE: 0,0\r\n');
    await bench.until(() => session.closed > 0, 10);
    expect(session).toMatchObject({ closed: 1, heard: last });
  });

  it('without a word when the failed send that shows it makes its sender close', async () => {
    const bench = new DriverBench();
    const session = await bench.opened();
    let closes = 0;
    bench.link.send(Uint8Array.of(1), () => bench.link.close(() => closes++));
    bench.inject('\r\nRDY\r\n');
    await bench.run(45);
    expect(closes).toBe(1);
    expect(session.closed).toBe(0);
  });

  it('when coverage is lost in the middle of a send', async () => {
    const bench = new DriverBench();
    const session = await bench.opened();
    bench.onWrite = (text) => {
      if (text.startsWith('AT+CASEND')) bench.world.cells = {};
    };
    expect(await bench.send('hello')).toHaveLength(1);
    await bench.run(20);
    expect(session.closed).toBe(1);
    expect(await bench.close()).toHaveLength(1);
    bench.world.cells = { 'LTE-M': berlin };
    bench.onWrite = () => {};
    expect((await bench.opened()).faults).toEqual([OK]);
  });

  it('when the modem restarts by itself and says so', async () => {
    const bench = new DriverBench();
    const session = await bench.opened();
    bench.inject('\r\nRDY\r\n');
    expect(session.closed).toBe(1);
    expect(await bench.send('late')).toEqual([false]);
  });

  it('when the modem stays silent in the middle of a read', async () => {
    const bench = new DriverBench();
    const session = await bench.opened();
    bench.world.modem.setSupply(false);
    bench.inject('\r\n+CADATAIND: 0\r\n');
    await bench.run(11);
    expect(session.closed).toBe(1);
  });
});

describe('a send', () => {
  it('fails when the modem loses it, and so does every later one', async () => {
    const bench = new DriverBench({ faults: { casendErrorOnce: true } });
    await bench.opened();
    expect(await bench.send('lost')).toEqual([false]);
    expect(await bench.send('behind a gap')).toEqual([false]);
    expect(bench.world.stream.got).toEqual([]);
  });

  it('fails in time when the modem restarts in the middle of it', async () => {
    const bench = new DriverBench({ faults: { rebootDuringSend: true } });
    const session = await bench.opened();
    const startS = bench.nowS;
    expect(await bench.send('lost')).toEqual([false]);
    expect(bench.nowS - startS).toBeLessThanOrEqual(20.2);
    await bench.run(60);
    expect(session.faults).toEqual([OK]);
    expect(session.closed).toBeLessThanOrEqual(1);
    expect(await bench.close()).toHaveLength(1);
    expect((await bench.opened()).faults).toEqual([OK]);
  });

  it('fails in time behind a read that takes its full time', async () => {
    const bench = new DriverBench();
    await bench.opened();
    bench.world.modem.setSupply(false);
    bench.inject('\r\n+CADATAIND: 0\r\n');
    const startS = bench.nowS;
    expect(await bench.send('waits')).toEqual([false]);
    expect(bench.nowS - startS).toBeLessThanOrEqual(20.2);
  });

  it('fails in time when it comes behind a slow read and the modem then swallows it', async () => {
    const bench = new DriverBench();
    const session = await bench.opened();
    const answers = ['+CARECV: 1,x', '+CARECV: 0'];
    bench.world.modem.receive = (sent) => {
      if (!Buffer.from(sent).toString('latin1').startsWith('AT+CARECV')) return;
      const answer = answers.shift();
      bench.world.kernel.after(9_500_000, () => bench.inject(`\r\n${answer}\r\n\r\nOK\r\n`));
    };
    bench.inject('\r\n+CADATAIND: 0\r\n');
    const startS = bench.nowS;
    const outcomes = await bench.send('swallowed', 60);
    expect(session.heard).toBe('x');
    expect(outcomes).toEqual([false]);
    expect(bench.nowS - startS).toBeLessThanOrEqual(20.2);
    await bench.run(60);
    expect(outcomes).toEqual([false]);
  });

  it.each([
    ['nothing', 0],
    ['more than fits', 1461],
  ])('of %s is refused and asks nothing of the modem', async (_name, length) => {
    const bench = new DriverBench();
    await bench.opened();
    const before = bench.written.length;
    expect(await bench.send(new Uint8Array(length))).toEqual([false]);
    expect(bench.written).toHaveLength(before);
  });

  it('is refused while another is under way, which it does not disturb', async () => {
    const bench = new DriverBench();
    await bench.opened();
    const outcomes: string[] = [];
    bench.link.send(Uint8Array.of(1), (ok) => outcomes.push(`first ${ok}`));
    bench.link.send(Uint8Array.of(2), (ok) => outcomes.push(`second ${ok}`));
    await bench.run(10);
    expect(outcomes).toEqual(['second false', 'first true']);
    expect(bench.world.stream.got).toEqual(['\x01']);
  });
});

describe('closing', () => {
  it('works at any moment of opening: told once, modem off, nothing said afterwards, and it opens again', async () => {
    for (let atS = 0; atS <= 24; atS += 1.3) {
      const bench = new DriverBench({ seed: Math.round(atS * 10) });
      const session = bench.open();
      await bench.run(atS);
      const wasOpen = session.faults.length > 0;
      const calls = await bench.close();
      expect(session.faults).toEqual([wasOpen ? OK : STREAM_CLOSED]);
      expect(bench.written.some((text) => text.startsWith('AT+CACLOSE'))).toBe(wasOpen);
      expect(calls).toHaveLength(1);
      expect(calls[0]).toBeLessThanOrEqual(40);
      expect(bench.world.modem.state).toBe('off');
      const said = bench.written.length;
      await bench.run(400);
      expect(bench.written).toHaveLength(said);
      expect(bench.world.modem.state).toBe('off');
      expect((await bench.opened()).faults).toEqual([OK]);
    }
  });

  it('works twice at a time, and when nothing was ever open', async () => {
    const bench = new DriverBench();
    expect(await bench.close()).toHaveLength(1);
    await bench.opened();
    let first = 0;
    bench.link.close(() => first++);
    expect(await bench.close()).toHaveLength(1);
    expect(first).toBe(1);
    const goodbyes = bench.written.filter((text) => /CACLOSE|CNACT=0,0|CPOWD/.test(text));
    expect(goodbyes).toEqual(['AT+CACLOSE=0\r', 'AT+CNACT=0,0\r', 'AT+CPOWD=1\r']);
  });

  it('takes no more than its 40 s of a modem that is dead, and cuts its supply', async () => {
    const bench = new DriverBench();
    await bench.opened();
    const receive = bench.world.modem.receive.bind(bench.world.modem);
    bench.world.modem.receive = () => {};
    const calls = await bench.close();
    bench.world.modem.receive = receive;
    expect(calls).toHaveLength(1);
    expect(calls[0]).toBeLessThanOrEqual(40);
    expect(bench.world.modem.state).toBe('off');
  });

  it('takes no more than its 40 s of a modem that only ever just answers', async () => {
    const bench = new DriverBench();
    await bench.opened();
    let deafUntilS = bench.nowS;
    bench.world.modem.receive = (sent) => {
      const isPlain = sent.length === 3;
      if (!isPlain) deafUntilS = bench.nowS + 100;
      else if (deafUntilS > bench.nowS + 6) deafUntilS = bench.nowS + 5.5;
      if (isPlain && bench.nowS >= deafUntilS)
        bench.world.kernel.after(10_000, () => bench.inject('\r\nOK\r\n'));
    };
    const calls = await bench.close();
    expect(calls).toHaveLength(1);
    expect(calls[0]).toBeLessThanOrEqual(40);
    expect(bench.world.modem.state).toBe('off');
  });

  it('says goodbye to the network before it takes the supply away', async () => {
    const bench = new DriverBench();
    await bench.opened();
    let offAt = -1;
    bench.onWrite = (text) => {
      if (text.startsWith('AT+CPOWD')) offAt = bench.nowS;
    };
    const calls = await bench.close();
    expect(offAt).toBeGreaterThan(0);
    expect(calls[0]).toBeLessThan(15);
  });

  it('gives the answer of a send that is under way', async () => {
    const bench = new DriverBench();
    await bench.opened();
    const outcomes: boolean[] = [];
    bench.link.send(Uint8Array.of(1), (ok) => outcomes.push(ok));
    expect(await bench.close()).toHaveLength(1);
    expect(outcomes).toEqual([false]);
  });
});

describe('a modem that fails in the middle of any command', () => {
  it.each(['loses its supply', 'restarts'])(
    'and %s: opening ends in time and once, and the next works',
    async (how) => {
      const probe = new DriverBench({ seed: 5 });
      await probe.opened();
      const commands = [...new Set(probe.written.filter((text) => text.startsWith('AT')))];
      expect(commands.length).toBeGreaterThan(15);
      for (const command of commands) {
        const bench = new DriverBench({ seed: 5 });
        let failed: Promise<void> | undefined;
        let fails = false;
        bench.onWrite = (text) => {
          if (text === command) fails = true;
        };
        const session = bench.open();
        await bench.until(() => fails, 120);
        bench.onWrite = () => {};
        if (how === 'restarts') failed = bench.restartModem();
        else bench.world.modem.setSupply(false);
        await failed;
        await bench.run(200);
        expect(session.faults).toHaveLength(1);
        expect(session.tookS).toBeLessThanOrEqual(190);
        expect(bench.world.targets.every(({ tls }) => tls)).toBe(true);
        expect(await bench.close()).toHaveLength(1);
        expect((await bench.opened()).faults).toEqual([OK]);
      }
    },
  );
});

describe("the modem's clock", () => {
  it.each([
    ['+CCLK: "26/11/21,13:00:00+04"', Date.UTC(2026, 10, 21, 12)],
    ['+CCLK: "26/11/21,17:30:00+22"', Date.UTC(2026, 10, 21, 12)],
    ['+CCLK: "26/11/21,07:00:00-20"', Date.UTC(2026, 10, 21, 12)],
    ['+CCLK: "26/12/31,23:45:00+00"', Date.UTC(2026, 11, 31, 23, 45)],
  ])('is local, with an offset in quarters of an hour: %s', (line, utcMs) => {
    expect(utcInClock(line)).toBe(utcMs / 1000);
  });

  it.each([
    '+CCLK: "80/01/06,00:00:17+00"',
    '+CCLK: "26/11/21,13:00:00"',
    '+CCLK: "26/11/21,13:00:00*04"',
    '+CCLK: "26/11/21,13:00:00+"',
    '+CCLK: ""',
    '+CCLK: ',
    'ERROR',
  ])('tells nothing by %s', (line) => {
    expect(utcInClock(line)).toBeNull();
  });
});
