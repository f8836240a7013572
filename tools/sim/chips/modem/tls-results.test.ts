import { describe, expect, it } from 'vitest';
import type { ConnectError } from '../../net/network.ts';
import type { Bench } from './bench.ts';
import { dialogues, familyNames, online } from './dialogues.ts';
import type { FamilyName } from './family.ts';

const noon = 'AT+CCLK="26/11/21,12:00:00+00"';

const results: Record<FamilyName, Record<ConnectError, string>> = {
  sim7080: {
    dns: '20',
    refused: '23',
    timeout: '27',
    'tls-name': '25',
    'tls-expired': '24',
    'tls-certificate': '27',
  },
  sim7000: {
    dns: '20',
    refused: '23',
    timeout: '27',
    'tls-name': '25',
    'tls-expired': '24',
    'tls-certificate': '27',
  },
  a7670: {
    dns: '13',
    refused: '14',
    timeout: '5',
    'tls-name': '15',
    'tls-expired': '15',
    'tls-certificate': '15',
  },
  bg9x: {
    dns: '565',
    refused: '566',
    timeout: '569',
    'tls-name': '566',
    'tls-expired': '566',
    'tls-certificate': '566',
  },
};

async function secured(family: FamilyName): Promise<Bench> {
  const bench = await online(family);
  await dialogues[family].uploadCa(bench);
  await dialogues[family].secure(bench);
  return bench;
}

describe.each(familyNames)('%s TLS', (family) => {
  it.each(Object.entries(results[family]))('ends with its own number: %s is %s', async (error, code) => {
    const bench = await secured(family);
    await bench.command(noon);
    bench.connectError = error as ConnectError;
    expect(await dialogues[family].open(bench, true)).toBe(code);
  });

  it('connects to a server that is in order', async () => {
    const bench = await secured(family);
    await bench.command(noon);
    expect(await dialogues[family].open(bench, true)).toBe('0');
    expect(bench.targets).toEqual([{ host: 'broker.example', port: 8883, tls: true }]);
  });

  it('fails every date while its clock has never been set, unless told to ignore dates', async () => {
    const bench = await secured(family);
    expect(await dialogues[family].open(bench, true)).toBe(results[family]['tls-expired']);
    await bench.command(dialogues[family].ignoreDates);
    expect(await dialogues[family].open(bench, true)).toBe('0');
  });

  it('takes an expired certificate when told to ignore dates, and a wrong name never', async () => {
    const bench = await secured(family);
    await bench.command(dialogues[family].ignoreDates);
    bench.connectError = 'tls-name';
    expect(await dialogues[family].open(bench, true)).toBe(results[family]['tls-name']);
    bench.connectError = 'tls-expired';
    expect(await dialogues[family].open(bench, true)).toBe('0');
  });
});
