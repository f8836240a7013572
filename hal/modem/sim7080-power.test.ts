import { beforeEach, describe, expect, it } from 'vitest';
import { MODEM_SILENT, MODEM_SUPPLY, OK } from '../faults.ts';
import { type MockClock, mockClock } from '../mock/clock.ts';
import { type MockModemUart, mockModemUart } from '../mock/modem-uart.ts';
import { AtChannel } from './at-channel.ts';
import { ModemPower } from './sim7080-power.ts';

let clock: MockClock;
let uart: MockModemUart;
let power: ModemPower;
/** What happened to the pins, with the time in ms. */
let pins: string[];
let supplyWorks: boolean;

const answering = (written: string): string[] => (written.startsWith('AT+CPOWD') ? [] : ['\r\nOK\r\n']);

beforeEach(() => {
  clock = mockClock(0);
  uart = mockModemUart(clock);
  uart.answer = answering;
  pins = [];
  supplyWorks = true;
  const note = (text: string): void => {
    pins.push(`${Math.round(clock.uptimeS() * 1000)} ${text}`);
  };
  power = new ModemPower(new AtChannel(uart, clock, () => {}), clock, {
    supply: (on) => {
      note(`supply ${on}`);
      return supplyWorks;
    },
    pwrkey: (pressed) => note(`pwrkey ${pressed}`),
    antenna: () => true,
  });
});

function on(): number[] {
  const faults: number[] = [];
  power.on((fault) => faults.push(fault));
  return faults;
}

function off(): number[] {
  const calls: number[] = [];
  power.off('link', () => calls.push(clock.uptimeS()));
  return calls;
}

describe("the modem's power", () => {
  it('goes through supply and PWRKEY, off first, to a modem that answers', () => {
    const faults = on();
    clock.advance(10);
    expect(pins).toEqual([
      '0 pwrkey false',
      '0 supply false',
      '200 supply true',
      '400 pwrkey true',
      '1600 pwrkey false',
    ]);
    expect(faults).toEqual([OK]);
  });

  it('needs nothing done when it is on', () => {
    on();
    clock.advance(10);
    pins.length = 0;
    const faults = on();
    expect(faults).toEqual([]);
    clock.advance(1);
    expect(faults).toEqual([OK]);
    expect(pins).toEqual([]);
  });

  it('is cut when the modem does not answer, and cycled the next time', () => {
    uart.answer = () => [];
    const faults = on();
    clock.advance(60);
    expect(faults).toEqual([MODEM_SILENT]);
    expect(pins.at(-1)).toMatch(/supply false$/);
    expect(uart.isOpen).toBe(false);
    uart.answer = answering;
    const again = on();
    clock.advance(10);
    expect(again).toEqual([OK]);
  });

  it('says so when the supply cannot be switched', () => {
    supplyWorks = false;
    const faults = on();
    clock.advance(60);
    expect(faults).toEqual([MODEM_SUPPLY]);
    expect(pins.filter((pin) => pin.endsWith('pwrkey true'))).toEqual([]);
  });

  it('waits for the goodbye', () => {
    on();
    clock.advance(10);
    pins.length = 0;
    const calls = off();
    clock.advance(3);
    expect(calls).toEqual([]);
    expect(pins).toEqual([]);
    uart.deliver('\r\nNORMAL POWER DOWN\r\n');
    expect(calls).toHaveLength(1);
    expect(pins.at(-1)).toMatch(/supply false$/);
  });

  it('waits for the goodbye of a modem that says OK first', () => {
    on();
    clock.advance(10);
    uart.answer = () => ['\r\nOK\r\n'];
    const calls = off();
    clock.advance(3);
    expect(calls).toEqual([]);
    uart.deliver('\r\nNORMAL POWER DOWN\r\n');
    clock.advance(60);
    expect(calls).toHaveLength(1);
  });

  it.each([
    [10, 'nothing', () => []],
    [1, 'an error', () => ['\r\nERROR\r\n']],
    [20, 'OK and no goodbye', () => ['\r\nOK\r\n']],
  ])('is cut within %i s when the modem answers the farewell by %s', (withinS, _name, answer) => {
    on();
    clock.advance(10);
    uart.answer = answer;
    const startS = clock.uptimeS();
    const calls = off();
    clock.advance(60);
    expect(calls).toHaveLength(1);
    expect((calls[0] ?? 0) - startS).toBeLessThanOrEqual(withinS);
    expect(pins.at(-1)).toMatch(/supply false$/);
  });

  it('can go off at any moment on its way on, and stays off', () => {
    for (let ms = 0; ms < 6000; ms += 150) {
      const faults = on();
      clock.advance(ms / 1000);
      const answered = faults.length;
      const calls = off();
      // One that does not answer yet has no network to say goodbye to.
      expect(calls).toHaveLength(1 - answered);
      clock.advance(0.1);
      uart.deliver('\r\nNORMAL POWER DOWN\r\n');
      clock.advance(60);
      expect(calls).toHaveLength(1);
      expect(faults).toHaveLength(answered);
      expect(pins.at(-1)).toMatch(/supply false$/);
      expect(uart.isOpen).toBe(false);
    }
  });

  it('tells everyone who asks it to go off, once', () => {
    on();
    clock.advance(10);
    const first = off();
    clock.advance(1);
    const second = off();
    clock.advance(1);
    expect(first).toEqual([]);
    uart.deliver('\r\nNORMAL POWER DOWN\r\n');
    const third = off();
    clock.advance(60);
    expect([first.length, second.length, third.length]).toEqual([1, 1, 1]);
    expect(uart.written.split('AT+CPOWD=1').length - 1).toBe(1);
  });

  it('belongs to one user at a time, and only he switches it off', () => {
    expect(power.take('gnss')).toBe(true);
    expect(power.take('link')).toBe(false);
    on();
    clock.advance(10);
    const calls = off();
    expect(calls).toHaveLength(1);
    expect(uart.written).not.toContain('CPOWD');
    power.give();
    expect(power.take('link')).toBe(true);
  });

  it('cannot be taken on its way down', () => {
    on();
    clock.advance(10);
    off();
    expect(power.take('gnss')).toBe(false);
    uart.deliver('\r\nNORMAL POWER DOWN\r\n');
    expect(power.take('gnss')).toBe(true);
  });
});
