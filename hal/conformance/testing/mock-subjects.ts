import { TLS_REJECTED } from '../../faults.ts';
import { type LinkTarget, LTE_M } from '../../link.ts';
import { type MockI2c, mockI2c } from '../../mock/i2c.ts';
import { type MockModemUart, mockModemUart } from '../../mock/modem-uart.ts';
import { type MockTracker, mockTracker } from '../../mock/tracker.ts';
import type { Bench, Order } from '../bench.ts';

export const target: LinkTarget = {
  apn: 'iot.example',
  host: 'broker.example',
  port: 8883,
  caPem: 'a CA',
  simPin: '',
  searches: [{ technology: LTE_M, withinS: 120, network: 0 }],
  clearForbidden: false,
  utcS: null,
  powerSavingS: 0,
  rung: 0,
};

/** A chip with a register that holds 0x4A. */
export const i2cSurroundings = { address: 0x34, register: 0x03, value: 0x4a, nobody: 0x77 };

/** Mocks in the surroundings that the contracts are about. */
export interface MockSubjects extends MockTracker {
  readonly uart: MockModemUart;
  readonly i2c: MockI2c;
  readonly bench: Bench;
}

export function mockSubjects(): MockSubjects {
  const tracker = mockTracker();
  const uart = mockModemUart(tracker.clock);
  uart.answer = (written) => (written === 'AT\r' ? ['AT\r\r\nO', 'K\r\n'] : []);
  const i2c = mockI2c();
  i2c.chips.set(i2cSurroundings.address, new Uint8Array(256).fill(i2cSurroundings.value, 3, 4));
  tracker.journal.strict = false;
  return { ...tracker, uart, i2c, bench: benchFor(tracker) };
}

function benchFor({ supplyAir, battery, gnss, link, console }: MockTracker): Bench {
  const echo = (bytes: Uint8Array): string[] => [String.fromCharCode(...bytes)];
  const findable = gnss.fix;
  const orders: Record<Order, () => void> = {
    'sensor well': () =>
      Object.assign(supplyAir, { failure: null, tempMilliC: 4250, humidityMilliPct: 65_000 }),
    'sensor unplugged': () => Object.assign(supplyAir, { failure: 'no-answer' }),
    'sensor bad-check': () => Object.assign(supplyAir, { failure: 'check' }),
    'sensor dry': () => Object.assign(supplyAir, { tempMilliC: -30_000, humidityMilliPct: -2000 }),
    'gauge well': () => Object.assign(battery, { level: 3900 }),
    'gauge unplugged': () => Object.assign(battery, { level: null }),
    'gauge no-battery': () => Object.assign(battery, { level: null }),
    'sky open': () => Object.assign(gnss, { fix: findable, fixAfterS: 30 }),
    'sky covered': () => Object.assign(gnss, { fix: null, fixAfterS: 1e6 }),
    'network well': () => Object.assign(link, { fault: 0, opensAfterS: 8, answer: echo }),
    'network none': () => Object.assign(link, { opensAfterS: 1e6 }),
    'peer untrusted': () => Object.assign(link, { fault: TLS_REJECTED }),
    'keys abc': () => console.type('abc'),
    'peer hangs-up': () => link.hangUp(),
    'peer farewell': () =>
      Object.assign(link, {
        answer: () => {
          link.deliver('bye');
          link.hangUp();
          return [];
        },
      }),
  };
  return (order) => orders[order]();
}
