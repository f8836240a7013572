/**
 * The heater of the Sensirion SHT40/SHT41/SHT45, for a sensor that is wet.
 * Datasheet: Sensirion SHT4x, version 6.5 (2023), table 8 (commands), section 4.9 (heater): at most 5 % of the time, and
 * not above 65 C.
 */
import type { Clock } from '../clock.ts';
import type { I2cBus } from '../i2c.ts';
import type { HeatedThermoHygrometer, HeaterRefusal } from '../thermo-hygrometer.ts';
import { failedClimate, i2cFailure } from './failure.ts';
import { sht4x } from './sht4x.ts';

export const HEAT_200MW_1S = 0x39;
export const HEAT_200MW_100MS = 0x32;
export const HEAT_110MW_1S = 0x2f;
export const HEAT_110MW_100MS = 0x24;
export const HEAT_20MW_1S = 0x1e;
export const HEAT_20MW_100MS = 0x15;

const WARMEST_MILLI_C = 65000;
/** 1.1 and 0.11 s at most, and the conversion that follows. */
const LONG_MS = 1120;
const SHORT_MS = 130;
/** Until what the pulse has left is below 0.05 K (assumed for a sensor on a board). Keeps the heater at 2 % of the time. */
const LONG_COOLS_S = 60;
const SHORT_COOLS_S = 30;
/** A pulse of 60 mA that takes the battery down must not come again with every boot: 1.1 s are 5 % of this. */
const POWERED_FOR_S = 22;

/** `address`: 0x44 for the parts named -A, 0x45 for -B. */
export function heatedSht4x(bus: I2cBus, address: number, clock: Clock): HeatedThermoHygrometer {
  const sensor = sht4x(bus, address, clock);
  let cooledS = 0;
  /** Null until it is measured in this boot, and again from the pulse on. */
  let tempMilliC: number | null = null;

  function heat(isLong: boolean): HeaterRefusal | null {
    const nowS = clock.uptimeS();
    if (nowS < cooledS || nowS < POWERED_FOR_S) return 'too-soon';
    if (tempMilliC === null) return 'not-measured';
    if (tempMilliC > WARMEST_MILLI_C) return 'too-warm';
    if (!bus.write(address, [isLong ? HEAT_200MW_1S : HEAT_110MW_100MS])) return i2cFailure(bus);
    cooledS = nowS + (isLong ? LONG_COOLS_S : SHORT_COOLS_S);
    tempMilliC = null;
    return null;
  }

  return {
    measure: (done) => {
      if (clock.uptimeS() < cooledS) {
        clock.after(0, () => {
          done(failedClimate('not-ready'));
        });
        return;
      }
      tempMilliC = null;
      sensor.measure((climate) => {
        tempMilliC = climate.tempMilliC;
        done(climate);
      });
    },
    dry: (pulse, done) => {
      const isLong = pulse === 'long';
      const refusal = heat(isLong);
      clock.after(refusal !== null ? 0 : isLong ? LONG_MS : SHORT_MS, () => {
        done(refusal);
      });
    },
  };
}
