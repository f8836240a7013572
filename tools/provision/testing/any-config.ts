import fc from 'fast-check';
import { containerCheckDigit } from '../../../firmware/config/numbers.ts';
import type { Config } from '../../../firmware/config/schema.ts';
import { pemOf } from './copies.ts';

const ID = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const text = (characters: string, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...characters), maxLength, size: 'max' });

const limit = fc.option(fc.integer({ min: -100_000, max: 100_000 }));

const pin = fc.oneof(fc.constant(''), fc.stringMatching(/^[0-9]{4,8}$/));

/** Any configuration that may be written. */
export const anyConfig: fc.Arbitrary<Config> = fc
  .record({
    deviceId: text(ID, 32),
    intervalS: fc.integer({ min: 60, max: 3600 }),
    fixIntervalS: fc.integer({ min: 600, max: 86_400 }),
    uplinkIntervalS: fc.integer({ min: 900, max: 86_400 }),
    apn: text(`${ID}.`, 100),
    brokerHost: text(`${ID}.`, 255),
    brokerPort: fc.integer({ min: 1, max: 65_535 }),
    caPem: fc.oneof(fc.constant(''), text(`${ID}+/= \r\n`, 2848).map(pemOf)),
    deviceKey: fc.option(fc.uint8Array({ minLength: 32, maxLength: 32 })),
    fineResolution: fc.boolean(),
    coldLimitMilliC: limit,
    warmLimitMilliC: limit,
    tripHours: fc.integer({ min: 0, max: 2400 }),
    excursionIntervalS: fc.integer({ min: 60, max: 900 }),
    rules: fc.option(fc.uint8Array({ minLength: 1, maxLength: 80 })),
    cargoProfile: text(ID, 32),
    probes: fc.integer({ min: 1, max: 127 }).map((places) => 2 * places),
    calibration: fc.option(fc.uint8Array({ minLength: 1, maxLength: 112 })),
    powerSavingS: fc.oneof(fc.constant(0), fc.integer({ min: 600, max: 111_600 })),
    simPin: pin,
    consolePin: pin,
    radios: fc.integer({ min: 1, max: 15 }).map((technologies) => 2 * technologies),
    setPointMilliC: limit,
    trip: text(ID, 32),
    container: fc.oneof(
      fc.constant(''),
      fc.stringMatching(/^[A-Z]{3}[UJZ][0-9]{6}$/).map((ten) => ten + containerCheckDigit(ten)),
    ),
    wagon: fc.constantFrom('', '218124712173', '518008430010', '94601234', '59876540'),
    consignment: fc.constantFrom('', 'CIM:702688', 'SMGS:A-17', 'CIM:8870268702688,SMGS:0'),
    seals: fc.oneof(
      fc.constant(''),
      fc.stringMatching(/^[HSI]:[A-Z0-9-]{1,16}(,[HSI]:[A-Z0-9-]{1,16}){0,2}$/),
    ),
  })
  .filter(
    ({ coldLimitMilliC: cold, warmLimitMilliC: warm }) => cold === null || warm === null || cold < warm,
  );
