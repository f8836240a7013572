/**
 * The conformance suite as a program for the T-SIM7080G: every contract of hal/*.ts over the real implementations. What
 * it prints is for the host that runs it: "bench <order>" asks the surroundings to change, "holds <rule>" and
 * "broken <rule>: <problem>" are verdicts, "end <number of broken rules>" comes last. It uses up the raw flash.
 */
import { batteryContract } from '../conformance/battery.ts';
import type { Bench } from '../conformance/bench.ts';
import { clockContract } from '../conformance/clock.ts';
import { consoleContract } from '../conformance/console.ts';
import { cryptoContract } from '../conformance/crypto.ts';
import { flashContract } from '../conformance/flash.ts';
import { gnssContract } from '../conformance/gnss.ts';
import { i2cContract } from '../conformance/i2c.ts';
import { linkContract } from '../conformance/link.ts';
import { modemUartContract } from '../conformance/modem-uart.ts';
import { powerContract } from '../conformance/power.ts';
import { type Rule, runRules } from '../conformance/rule.ts';
import { sharedRadioContract } from '../conformance/shared-radio.ts';
import { thermoHygrometerContract } from '../conformance/thermo-hygrometer.ts';
import { watchdogContract } from '../conformance/watchdog.ts';
import { axp2101 } from '../drivers/axp2101.ts';
import { sht4x } from '../drivers/sht4x.ts';
import { type LinkTarget, LTE_M, NB_IOT } from '../link.ts';
import { modem } from '../modem/modem.ts';
import { sim7080 } from '../modem/profiles/sim7080.ts';
import { espruinoClock } from './clock.ts';
import { espruinoConsole } from './console.ts';
import { espruinoCrypto } from './crypto.ts';
import { esp32Power } from './esp32-power.ts';
import { espruinoFlash } from './flash.ts';
import { espruinoI2c } from './i2c.ts';
import { espruinoModemUart } from './modem-uart.ts';
import { espruinoWatchdog } from './watchdog.ts';

/** As in boards/t-sim7080g-s3.ts, which names its sources. */
const PIN_SDA = 15;
const PIN_SCL = 7;
const PIN_MODEM_TX = 5;
const PIN_MODEM_RX = 4;
const PIN_PWRKEY = 41;
const RAW_FLASH = {
  address: 0x310000,
  pages: 16,
  pageSize: 4096,
  erases: 4096,
};

/** The AXP2101's chip identification, and an address that nothing on this board has. */
const CHIP_ID = { address: 0x34, register: 0x03, value: 0x4a, nobody: 0x77 };

const TARGET: LinkTarget = {
  apn: 'iot.example',
  host: 'echo.example',
  port: 8883,
  caPem: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
  simPin: '',
  searches: [
    { technology: LTE_M, withinS: 120, network: 0 },
    { technology: NB_IOT, withinS: 60, network: 0 },
  ],
  clearForbidden: false,
  utcS: null,
  powerSavingS: 0,
  rung: 0,
};

const clock = espruinoClock;
const terminal = espruinoConsole(Serial1, 115200);
const bus = espruinoI2c(PIN_SDA, PIN_SCL, 100000);
const uart = espruinoModemUart(Serial2, 115200, {
  tx: Pin(PIN_MODEM_TX),
  rx: Pin(PIN_MODEM_RX),
});
const pmu = axp2101(bus);
const pwrkey = (pressed: boolean): void => {
  Pin(PIN_PWRKEY).write(pressed);
};
const radio = modem(() => sim7080(), uart, clock, {
  supply: pmu.modemSupply,
  antenna: pmu.gnssAntenna,
  pwrkey,
});
const bench: Bench = (order) => {
  terminal.line(`bench ${order}`);
};

const rules: Rule[] = [];
function add(subject: string, more: readonly Rule[]): void {
  more.forEach((rule) => {
    rules.push({ name: `${subject} ${rule.name}`, run: rule.run });
  });
}

const modemUp: Rule = {
  name: 'gets a modem to talk to',
  run: (done) => {
    if (!pmu.modemSupply(true)) {
      done('the supply is not switched');
      return;
    }
    clock.after(200, () => {
      pwrkey(true);
      clock.after(1200, () => {
        pwrkey(false);
        clock.after(8000, () => {
          done(null);
        });
      });
    });
  },
};
const modemDown: Rule = {
  name: 'lets the modem go',
  run: (done) => {
    done(pmu.modemSupply(false) ? null : 'the supply is not switched');
  },
};

add('clock', clockContract(clock));
add('power', powerContract(esp32Power, 'power-on'));
add('console', consoleContract(terminal, clock, bench));
add('crypto', cryptoContract(espruinoCrypto));
add('flash', flashContract(espruinoFlash(RAW_FLASH, espruinoCrypto)));
add('i2c', i2cContract(bus, CHIP_ID));
add('supply air', thermoHygrometerContract(sht4x(bus, 0x44, clock), clock, bench));
add('return air', thermoHygrometerContract(sht4x(bus, 0x45, clock), clock, bench));
add('battery', batteryContract(pmu, bench));
add('modem UART', [modemUp]);
add('modem UART', modemUartContract(uart, clock));
add('modem UART', [modemDown]);
add('gnss', gnssContract(radio.gnss, clock, bench));
add('link', linkContract(radio.link, clock, bench, TARGET));
add('radio', sharedRadioContract(radio.gnss, radio.link, clock, bench, TARGET));
add('watchdog', watchdogContract(espruinoWatchdog, clock));

runRules(
  rules,
  clock,
  (rule, problem) => {
    terminal.line(problem === null ? `holds ${rule.name}` : `broken ${rule.name}: ${problem}`);
  },
  (broken) => {
    terminal.line(`end ${broken}`);
  },
);
