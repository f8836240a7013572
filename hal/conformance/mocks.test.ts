import { describe, expect, it } from 'vitest';
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
import { i2cSurroundings, mockSubjects, target } from './testing/mock-subjects.ts';
import { verdictOf } from './testing/verdict.ts';
import { thermoHygrometerContract } from './thermo-hygrometer.ts';
import { watchdogContract } from './watchdog.ts';

const mocks = mockSubjects();
const { clock, bench } = mocks;

const contracts: Record<string, Rule[]> = {
  clock: clockContract(clock),
  power: powerContract(mocks.power, 'power-on'),
  flash: flashContract(mocks.journal),
  i2c: i2cContract(mocks.i2c, i2cSurroundings),
  'thermo-hygrometer': thermoHygrometerContract(mocks.supplyAir, clock, bench),
  battery: batteryContract(mocks.battery, bench),
  'modem UART': modemUartContract(mocks.uart, clock),
  gnss: gnssContract(mocks.gnss, clock, bench),
  link: linkContract(mocks.link, clock, bench, target),
  console: consoleContract(mocks.console, clock, bench),
  crypto: cryptoContract(mocks.crypto),
  watchdog: watchdogContract(mocks.watchdog, clock),
};

describe.each(Object.entries(contracts))('the mock %s', (_name, rules) => {
  it.each(rules)('$name', (rule) => {
    expect(verdictOf(rule, clock)).toBeNull();
  });
});
