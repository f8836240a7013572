import { beforeEach, describe, expect, it } from 'vitest';
import { MODEM_SILENT, MODEM_SUPPLY, OK } from '../faults.ts';
import { type MockClock, mockClock } from '../mock/clock.ts';
import { type MockModemUart, mockModemUart } from '../mock/modem-uart.ts';
import { AtChannel } from './at-channel.ts';
import { ModemPower } from './power.ts';
import { sim7080 } from './profiles/sim7080.ts';

let clock: MockClock;
let uart: MockModemUart;
let power: ModemPower;
/** What happened to the pins, with the time in ms. */
let pins: string[];
let supplyWorks: boolean;
/** The modem itself: PWRKEY toggles it, and without supply it is off. */
let runs: boolean;
/** How often PWRKEY does nothing before it works. */
let deafPresses: number;

const answering = (written: string): string[] =>
  runs && !written.startsWith('AT+CPOWD') ? ['\r\nOK\r\n'] : [];

function sayGoodbye(): void {
  runs = false;
  uart.deliver('\r\nNORMAL POWER DOWN\r\n');
}

beforeEach(() => {
  clock = mockClock(0);
  uart = mockModemUart(clock);
  uart.answer = answering;
  pins = [];
  supplyWorks = true;
  runs = false;
  deafPresses = 0;
  const note = (text: string): void => {
    pins.push(`${Math.round(clock.uptimeS() * 1000)} ${text}`);
  };
  power = new ModemPower(new AtChannel(uart, clock, () => {}), clock, sim7080(), {
    supply: (on) => {
      note(`supply ${on}`);
      if (!on) runs = false;
      return supplyWorks;
    },
    pwrkey: (pressed) => {
      note(`pwrkey ${pressed}`);
      if (pressed && deafPresses-- <= 0) runs = !runs;
    },
    antenna: () => {},
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
  it('asks first, then presses PWRKEY once', () => {
    const faults = on();
    clock.advance(10);
    expect(faults).toEqual([OK]);
    expect(pins.map((pin) => pin.replace(/^\d+ /, ''))).toEqual([
      'supply true',
      'pwrkey true',
      'pwrkey false',
    ]);
    expect(runs).toBe(true);
  });

  it('leaves PWRKEY alone when a crash has left the modem running', () => {
    runs = true;
    const faults = on();
    clock.advance(10);
    expect(faults).toEqual([OK]);
    expect(pins.filter((pin) => pin.endsWith('pwrkey true'))).toEqual([]);
    expect(runs).toBe(true);
  });

  it('cycles the supply of a modem that PWRKEY does not wake, and tries once more', () => {
    deafPresses = 1;
    const faults = on();
    clock.advance(60);
    expect(faults).toEqual([OK]);
    const order = pins.map((pin) => pin.replace(/^\d+ /, '')).filter((pin) => pin.startsWith('supply'));
    expect(order).toEqual(['supply true', 'supply false', 'supply true']);
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

  it('is cut when the modem does not answer even then', () => {
    deafPresses = 2;
    const faults = on();
    clock.advance(60);
    expect(faults).toEqual([MODEM_SILENT]);
    expect(pins.some((pin) => pin.endsWith('supply false'))).toBe(true);
    expect(uart.isOpen).toBe(false);
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

  it('waits for the goodbye and then leaves the supply on, for a quick fix the next time', () => {
    on();
    clock.advance(10);
    pins.length = 0;
    const calls = off();
    clock.advance(3);
    expect(calls).toEqual([]);
    expect(pins).toEqual([]);
    sayGoodbye();
    expect(calls).toHaveLength(1);
    expect(pins.some((pin) => pin.includes('supply'))).toBe(false);
    expect(uart.isOpen).toBe(false);
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
    expect(pins.some((pin) => pin.endsWith('supply false'))).toBe(true);
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
      if (answered) sayGoodbye();
      clock.advance(60);
      expect(calls).toHaveLength(1);
      expect(faults).toHaveLength(answered);
      expect(runs).toBe(false);
      expect(uart.isOpen).toBe(false);
    }
  });

  it('stays off when it is asked to between its two tries', () => {
    deafPresses = 1;
    const faults = on();
    for (let ms = 0; ms < 60_000 && !pins.some((pin) => pin.endsWith('supply false')); ms += 10)
      clock.advance(0.01);
    expect(faults).toEqual([]);
    clock.advance(0.05);
    expect(off()).toHaveLength(1);
    pins.length = 0;
    clock.advance(60);
    expect(pins).toEqual([]);
    expect(runs).toBe(false);
    expect(uart.isOpen).toBe(false);
  });

  it('tells everyone who asks it to go off, once', () => {
    on();
    clock.advance(10);
    const first = off();
    clock.advance(1);
    const second = off();
    clock.advance(1);
    expect(first).toEqual([]);
    sayGoodbye();
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
