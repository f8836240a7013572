/** A journal on a mock flash, for tests: what they share. */
import { mockCrypto } from '../../../hal/mock/crypto.ts';
import { type MockFlash, mockFlash } from '../../../hal/mock/flash.ts';
import type { Limits } from '../excursion.ts';
import { CODE_BIAS, PAGE_SIZE } from '../format.ts';
import { Journal } from '../journal.ts';
import { RETURN_TEMP, type Sampling, SUPPLY_HUMIDITY, SUPPLY_TEMP } from '../scale.ts';

export const SAMPLING: Sampling = {
  intervalS: 300,
  tempStep: 100,
  humidityStep: 500,
  channels: [SUPPLY_TEMP, SUPPLY_HUMIDITY, RETURN_TEMP],
};

export const NO_LIMITS: Limits = { coldLimitMilliC: null, warmLimitMilliC: null };

export interface Setting {
  readonly sampling?: Sampling;
  readonly deviceKey?: Uint8Array | null;
  readonly limits?: Limits;
}

/** Boot: a journal on this flash, mounted. */
export function boot(flash: MockFlash, setting: Setting = {}): Journal {
  const { sampling = SAMPLING, deviceKey = null, limits = NO_LIMITS } = setting;
  const journal = new Journal(flash, mockCrypto, sampling, deviceKey, limits);
  journal.mount();
  journal.sampleEvery(sampling.intervalS);
  return journal;
}

/** Codes of 4.1 C, 60 %, 6.2 C at the steps of SAMPLING. */
export const STEADY = [CODE_BIAS + 41, CODE_BIAS + 120, CODE_BIAS + 62];

/** Put a reading at its time, with the supply air `t` counts from steady. */
export function put(journal: Journal, t = 0): boolean {
  const { rowClockS, intervalS } = journal.state;
  return journal.reading(rowClockS + intervalS, [STEADY[0] + t, STEADY[1], STEADY[2]]);
}

/** A reading as noisy as they come in two bytes. */
export function putNoisy(journal: Journal, i: number): boolean {
  const { rowClockS, intervalS } = journal.state;
  const [t, h, r] = STEADY;
  return journal.reading(rowClockS + intervalS, [t + ((i * 5) % 3), h, r + ((i * 7) % 3)]);
}

/** A fresh ring with a power-on and `readings` in it, as noisy as they come in two bytes. */
export function ringWith(pages: number, readings: number, setting: Setting = {}): MockFlash {
  const flash = mockFlash(pages, PAGE_SIZE);
  const journal = boot(flash, setting);
  journal.poweredOn(0, 0);
  for (let i = 0; i < readings; i++) putNoisy(journal, i);
  return flash;
}

/** The same flash once more, to be damaged. */
export function copyOf(flash: MockFlash): MockFlash {
  const copy = mockFlash(flash.pages, flash.pageSize);
  copy.load(flash.snapshot());
  return copy;
}
