/** What a tracker says when it is the SIM, the contract, the certificate or the broker's address that is wrong. */
import { describe, expect, it } from 'vitest';
import { CA_TOO_LARGE } from '../../hal/faults.ts';
import { DriverBench, target } from '../../tools/conformance/driver-bench.ts';
import { faults as catalogue } from '../../tools/errors/faults.ts';
import { configPage } from '../../tools/provision/config-page.ts';
import { ICCID } from '../../tools/sim/chips/modem/bench.ts';
import type { FamilyName } from '../../tools/sim/chips/modem/families/index.ts';
import type { ConnectError } from '../../tools/sim/net/network.ts';
import { HOME, type Outcome, RadioBench } from './testing/radio-bench.ts';

const families = Object.keys(HOME) as FamilyName[];

/** A session that fails with this, loses nothing, and whose failure the next good session reports. */
function refused(outcome: Outcome, ...results: string[]): void {
  expect(results).toContain(outcome.result);
  expect(outcome).toMatchObject({ delivered: false, stored: true });
  const text = catalogue.find(({ id }) => id === outcome.result);
  expect(text?.sentence).toMatch(/\.$/);
  expect(text?.remedy).not.toBe('');
}

describe.each(families)('%s', (family) => {
  it('without a SIM', async () => {
    const bench = new RadioBench({ family, sim: { iccid: ICCID, absent: true } });
    refused(await bench.session(), 'sim.missing');
  });

  it('with a SIM that asks for a PIN that nobody has told', async () => {
    const bench = new RadioBench({ family, sim: { iccid: ICCID, pin: '1234' } });
    refused(await bench.session(), 'sim.pin-needed');
  });

  it('with the right PIN', async () => {
    const bench = new RadioBench({ family, sim: { iccid: ICCID, pin: '1234' }, config: { simPin: '1234' } });
    expect(await bench.session()).toMatchObject({ result: 'delivered' });
  });

  it('with a wrong PIN, which is tried once, until the configuration is another', async () => {
    const bench = new RadioBench({ family, sim: { iccid: ICCID, pin: '1234' }, config: { simPin: '4321' } });
    const tried = (): number => bench.drivers.written.filter((text) => text.startsWith('AT+CPIN=')).length;
    for (let session = 0; session < 4; session++) {
      refused(await bench.session(), 'sim.pin-wrong');
      expect(tried()).toBe(1);
      bench.reboot();
    }
    bench.configure({ simPin: '1234' });
    // After failures the policy may look at another technology first.
    let outcome = await bench.session();
    for (let retry = 0; retry < 3 && !outcome.delivered; retry++) outcome = await bench.session();
    expect(outcome).toMatchObject({ result: 'delivered' });
    expect(tried()).toBeGreaterThan(1);
  });

  it('with a SIM that asks for its PUK', async () => {
    const bench = new RadioBench({
      family,
      sim: { iccid: ICCID, pin: '1234', pukLocked: true },
      config: { simPin: '1234' },
    });
    refused(await bench.session(), 'sim.puk');
    expect(bench.drivers.written.some((text) => text.startsWith('AT+CPIN='))).toBe(false);
  });

  it('with an APN that the network does not know', async () => {
    const bench = new RadioBench({ family, apns: ['internet.example'] });
    // Some parts say no more than that there is no connection.
    refused(await bench.session(), 'network.apn-refused', 'network.no-data');
  });

  it('with another SIM than in the session before', async () => {
    const bench = new RadioBench({ family });
    expect(await bench.session()).toMatchObject({ result: 'delivered', faults: [] });
    bench.drivers.world.modem.swapSim({ iccid: '8988303000007654321' });
    await bench.drivers.run(3600);
    expect(await bench.session()).toMatchObject({ result: 'delivered', faults: ['sim.changed'] });
    await bench.drivers.run(3600);
    expect(await bench.session()).toMatchObject({ result: 'delivered', faults: [] });
  });

  it('without a CA certificate, with the modem left alone', async () => {
    const bench = new RadioBench({ family, config: { caPem: '' } });
    refused(await bench.session(), 'tls.no-ca');
    expect(bench.drivers.written).toEqual([]);
    expect(bench.drivers.world.modem.state).toBe('off');
  });

  it('with a CA certificate that the modem cannot hold', async () => {
    const bench = new DriverBench({ family });
    const session = bench.open(60, { ...target, caPem: 'x'.repeat(20_000) });
    await bench.run(1);
    expect(session.faults).toEqual([CA_TOO_LARGE]);
    expect(bench.written).toEqual([]);
  });

  const simcom = family === 'sim7080' || family === 'sim7000';
  it.each<[ConnectError, string]>([
    ['dns', 'host.unknown'],
    ['refused', 'host.unreachable'],
    ['timeout', 'host.unreachable'],
    ['tls-name', simcom ? 'tls.wrong-name' : ''],
    ['tls-expired', simcom ? 'tls.expired' : ''],
    ['tls-certificate', ''],
  ])('when the far side says %s', async (connectError, result) => {
    const bench = new RadioBench({ family });
    bench.drivers.world.connectError = connectError;
    // Not every part tells a bad certificate from a host that does not answer.
    const results = result === '' ? ['tls.rejected', 'host.unreachable'] : [result];
    refused(await bench.session(), ...results);
    expect(bench.drivers.world.targets.every(({ tls }) => tls)).toBe(true);
  });

  it('never sends a certificate through a clock that nobody has set', async () => {
    const bench = new RadioBench({ family, faults: { clockSentinel: '1980' } });
    const { written } = bench.drivers;
    bench.drivers.onWrite = (text) => {
      if (/^AT\+(CNTP|QNTP|CCLK=)/.test(text)) bench.drivers.world.modem.faults.slow = 90;
    };
    refused(await bench.session(), 'tls.no-clock', 'modem.silent');
    expect(written.some((text) => /^AT\+(CAOPEN|CCHOPEN|QSSLOPEN)/.test(text))).toBe(false);
  });

  it('takes the clock from a fix when the network tells none', async () => {
    const bench = new RadioBench({ family, faults: { clockSentinel: '1980' } });
    const utcS = Date.UTC(2026, 10, 21, 12, 0, 0) / 1000;
    const fix = { latE5: 5_252_000, lonE5: 1_340_000, utcS, satellites: 9 };
    bench.journal.fix(bench.drivers.nowS, fix.latE5, fix.lonE5, fix.satellites, utcS);
    expect(await bench.session(fix)).toMatchObject({ result: 'delivered' });
    const { written } = bench.drivers;
    expect(written.some((text) => text.startsWith('AT+CCLK="26/11/21,12:'))).toBe(true);
    expect(written.some((text) => /NTP/.test(text))).toBe(false);
  });
});

it('says that the firmware of a SIM7000 is known not to work, and leaves the network alone', async () => {
  const bench = new RadioBench({ family: 'sim7000', firmware: 'Revision:1529B08SIM7000G' });
  refused(await bench.session(), 'modem.firmware');
});

it('refuses a configuration whose certificate is too large before it reaches a tracker', () => {
  const bench = new RadioBench({ family: 'sim7080' });
  expect(() => configPage({ ...bench.config, caPem: 'x'.repeat(3501) }, 1)).toThrow();
});
