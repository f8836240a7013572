import { describe, expect, it } from 'vitest';
import { dialogues, switchedOn } from './dialogues.ts';
import { activeSeconds, tauSeconds } from './power-saving.ts';

describe('what the network grants', () => {
  it.each(['sim7080', 'bg9x'] as const)('%s shows it in CEREG=4', async (family) => {
    const bench = await switchedOn(family);
    await bench.command('AT+CEREG=4');
    await bench.command('AT+CPSMS=1,,,"01011111","00000001"');
    await bench.register();
    const code = family === 'bg9x' ? 8 : 7;
    expect(await bench.command('AT+CEREG?')).toContain(
      `+CEREG: 4,1,"5B57","195071B",${code},,,"00000001","01011111"`,
    );
    expect(await bench.command('AT+CPSMS?')).toContain('+CPSMS: 1,,,"01011111","00000001"');
  });

  it('may be an active time with the TAU timer off', async () => {
    const bench = await switchedOn('sim7080');
    bench.grants.psm = false;
    await bench.command('AT+CEREG=4');
    await bench.command('AT+CPSMS=1,,,"01011111","00100110"');
    await bench.register();
    expect(await bench.command('AT+CEREG?')).toContain('7,,,"00100110","11100000"');
    expect(await bench.command('AT+CPSMRDP')).toContain('+CPSMRDP: 1,360,1116000,360,0,3600');
  });

  it.each(['sim7080', 'sim7000', 'bg9x'] as const)('%s asks for eDRX and may be refused', async (family) => {
    const bench = await switchedOn(family);
    expect(dialogues[family].technology).toBe('LTE-M');
    await bench.command('AT+CEDRXS=1,4,"0101"');
    await bench.register();
    expect(await bench.command('AT+CEDRXRDP')).toContain('+CEDRXRDP: 4,"0101","0101","0011"');
    bench.grants.edrx = false;
    expect(await bench.command('AT+CEDRXRDP')).toContain('+CEDRXRDP: 0\r\n');
  });

  it('counts in the units of 24.008', () => {
    expect(tauSeconds('01011111')).toBe(31 * 36_000);
    expect(tauSeconds('11000001')).toBe(320 * 3600);
    expect(tauSeconds('11100000')).toBe(0);
    expect(activeSeconds('00000001')).toBe(2);
    expect(activeSeconds('01000010')).toBe(720);
  });

  it.each(['AT+CPSMS=1,,,"0101","00000001"', 'AT+CEDRXS=1,6,"0101"', 'AT+CEDRXS=1,4,"2222"'])(
    'refuses %s',
    async (line) => {
      const bench = await switchedOn('sim7080');
      expect(await bench.command(line)).toBe('\r\nERROR\r\n');
    },
  );
});
