/**
 * Power fails after every single byte that six saves erase and program, with the cells that the cut left open as they
 * were, and scrambled. Each time a boot must find the old or the new configuration whole, and the next save must work.
 *
 * Noise that verifies has one chance in 2^32 for a torn header.
 */
import { expect, test } from 'vitest';
import { CONFIG_DAMAGED, CONFIG_MISSING, OK } from '../../hal/faults.ts';
import { type MockFlash, mockFlash, PowerCut } from '../../hal/mock/flash.ts';
import { type Aftermath, scrambleCuts } from '../../test/journal/testing/damage.ts';
import { hostCrypto } from '../../tools/crypto/host-crypto.ts';
import { loadWhole, PAGE_SIZE, pemOf, saveConfig } from '../../tools/provision/testing/copies.ts';
import { randomStream } from '../../tools/sim/random.ts';
import { CONFIG_HEADER_SIZE } from './load.ts';
import type { Config } from './schema.ts';
import { DEFAULT_CONFIG } from './values.ts';

const SEED = 20261121;

/** The mock's CRC-32 goes bit by bit, which is slow for some 60 000 cuts. */
const crypto = hostCrypto;

/** Maps of about 90 to 700 bytes: within the header's program page, and beyond it. */
const configs: Config[] = [0, 40, 600, 0, 180, 210].map((length, n) => ({
  ...DEFAULT_CONFIG,
  deviceId: `box-${n}`,
  intervalS: 60 + n,
  caPem: pemOf('x'.repeat(length)),
  deviceKey: n % 2 ? new Uint8Array(32).fill(n) : null,
  fineResolution: n % 3 === 0,
  warmLimitMilliC: n === 4 ? null : -18_000 - n,
  simPin: n === 5 ? '' : '1234',
}));

/** Save with power for `fuel` more bytes, and switch it on again. */
function saveUntilCut(flash: MockFlash, config: Config, fuel: number): void {
  flash.fuel = fuel;
  try {
    saveConfig(flash, crypto, config);
    throw new Error(`no cut after ${fuel} bytes`);
  } catch (error) {
    if (!(error instanceof PowerCut)) throw error;
  }
  flash.restore();
  flash.afterCut = null;
}

const shown = (config: Config): string => JSON.stringify({ ...config, deviceKey: String(config.deviceKey) });

/** Which of two configurations a boot takes, and what it says. */
function boot(flash: MockFlash, before: Config, after: Config) {
  const { config, fault } = loadWhole(flash, crypto);
  const taken = shown(config);
  return { taken: taken === shown(before) ? 'old' : taken === shown(after) ? 'new' : taken, fault };
}

/** The six saves: what was in force before each, and the bytes that it erases and programs. */
function saves(visit: (flash: MockFlash, before: Config, after: Config, bytes: number) => void): void {
  const flash = mockFlash(2, PAGE_SIZE);
  let before = DEFAULT_CONFIG;
  for (const after of configs) {
    const start = flash.snapshot();
    flash.fuel = 1e9;
    expect(saveConfig(flash, crypto, after)).toBe(OK);
    const bytes = 1e9 - flash.fuel;
    const saved = flash.snapshot();
    flash.load(start);
    visit(flash, before, after, bytes);
    flash.load(saved);
    before = after;
  }
}

for (const aftermath of ['clean', 'scrambled'] satisfies Aftermath[]) {
  test(`the old or the new configuration is in force, whole, wherever power fails: ${aftermath}`, () => {
    const complaints: string[] = [];
    let cuts = 0;
    saves((flash, before, after, bytes) => {
      const start = flash.snapshot();
      for (let fuel = 0; fuel < bytes; fuel++, cuts++) {
        flash.load(start);
        if (aftermath === 'scrambled') scrambleCuts(flash, SEED, cuts);
        saveUntilCut(flash, after, fuel);
        const found = boot(flash, before, after);
        const saved = saveConfig(flash, crypto, after);
        const then = boot(flash, before, after);
        const taken = aftermath === 'clean' ? ['old'] : ['old', 'new'];
        if (!taken.includes(found.taken) || saved !== OK || then.taken !== 'new' || then.fault !== OK)
          complaints.push(
            `${after.deviceId}, cut ${fuel} of ${bytes}: ${JSON.stringify([found, saved, then])}`,
          );
      }
    });
    expect(complaints.slice(0, 10), `${complaints.length} complaints`).toEqual([]);
    expect(cuts).toBeGreaterThan(6 * PAGE_SIZE);
  });
}

test('a cut leaves a fault only where it left a part of a header', () => {
  saves((flash, before, after, bytes) => {
    const start = flash.snapshot();
    const none = before === DEFAULT_CONFIG ? CONFIG_MISSING : OK;
    for (let fuel = PAGE_SIZE; fuel < bytes; fuel++) {
      flash.load(start);
      saveUntilCut(flash, after, fuel);
      const header = fuel - (bytes - CONFIG_HEADER_SIZE);
      expect(boot(flash, before, after).fault).toBe(header > 0 ? CONFIG_DAMAGED : none);
    }
  });
});

test('one cut after the other, while the save is tried again, takes nothing either', () => {
  const random = randomStream(SEED, 'cuts in a row');
  saves((flash, before, after, bytes) => {
    const start = flash.snapshot();
    for (let sample = 0; sample < 100; sample++) {
      flash.load(start);
      for (let cut = 0; cut < 4; cut++) {
        scrambleCuts(flash, SEED, random.int(0, 1e9));
        saveUntilCut(flash, after, random.int(0, sample < 50 ? bytes - 1 : CONFIG_HEADER_SIZE));
        expect(boot(flash, before, after).taken).toBe('old');
      }
      expect(saveConfig(flash, crypto, after)).toBe(OK);
      expect(boot(flash, before, after)).toEqual({ taken: 'new', fault: OK });
    }
  });
});
