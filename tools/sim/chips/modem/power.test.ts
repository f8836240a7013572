import { describe, expect, it } from 'vitest';
import { Bench } from './bench.ts';

describe('SIM7080 power', () => {
  it('stays off with supply alone and ignores bytes', async () => {
    const bench = new Bench();
    bench.modem.setSupply(true);
    bench.write('AT\r');
    await bench.run(60);
    expect(bench.heard).toBe('');
    expect(bench.states).toEqual([]);
  });

  it('needs PWRKEY for a whole second', async () => {
    const bench = new Bench();
    bench.modem.setSupply(true);
    await bench.press(0.9);
    await bench.run(10);
    expect(bench.states).toEqual([]);
    await bench.press(1);
    await bench.run(1);
    expect(bench.states).toEqual(['booting']);
  });

  it('says nothing in autobaud until it has seen an AT, then what it held back', async () => {
    const bench = new Bench({ seed: 2 });
    await bench.powerUp();
    await bench.run(20);
    expect(bench.heard).toContain('\r\nRDY\r\n');
    expect(bench.heard).toContain('\r\n+CPIN: READY\r\n');
    expect(bench.heard).toContain('\r\nSMS Ready\r\n');
    expect(bench.heard.indexOf('RDY')).toBeGreaterThan(bench.heard.indexOf('AT\r'));
  });

  it('announces its boot unasked once a baud rate is stored', async () => {
    const bench = new Bench();
    await bench.powerUp();
    await bench.command('AT+IPR=115200');
    await bench.command('AT&W');
    bench.modem.setSupply(false);
    bench.modem.setSupply(true);
    bench.heard = '';
    await bench.press(1.1);
    await bench.run(20);
    expect(bench.heard).toMatch(/RDY\r\n[\s\S]*\+CFUN: 1\r\n[\s\S]*\+CPIN: READY\r\n[\s\S]*SMS Ready\r\n$/);
  });

  it('boots with noise on the line for some seeds and without for others', async () => {
    const noisy = new Set<boolean>();
    for (let seed = 0; seed < 12; seed++) {
      const bench = new Bench({ seed });
      bench.modem.setSupply(true);
      await bench.press(1.1);
      await bench.run(6);
      noisy.add(bench.heard.startsWith('\xf0'));
    }
    expect(noisy.size).toBe(2);
  });

  it('is switched off by a press that was meant to switch it on', async () => {
    const bench = new Bench();
    await bench.powerUp();
    await bench.press(1.3);
    await bench.run(8);
    expect(bench.heard).toMatch(/\r\nNORMAL POWER DOWN\r\n$/);
    expect(bench.states.at(-1)).toBe('off');
  });

  it('starts again when PWRKEY is still held after the power-down', async () => {
    const bench = new Bench();
    await bench.powerUp();
    bench.modem.pwrkey(true);
    await bench.run(13);
    expect(bench.states.slice(-2)).toEqual(['off', 'booting']);
  });

  it('answers CPOWD with NORMAL POWER DOWN and no OK', async () => {
    const bench = new Bench();
    await bench.powerUp();
    const from = bench.heard.length;
    bench.write('AT+CPOWD=1\r');
    await bench.run(5);
    expect(bench.heard.slice(from)).toMatch(/NORMAL POWER DOWN\r\n$/);
    expect(bench.heard.slice(from)).not.toContain('OK');
    expect(bench.states.at(-1)).toBe('off');
  });

  it('is dead in the middle of a line when the supply goes', async () => {
    const bench = new Bench();
    await bench.powerUp();
    bench.write('AT+CNCFG?\r');
    await bench.until(/\+CNCFG/, 1);
    bench.modem.setSupply(false);
    const heard = bench.heard;
    await bench.run(30);
    expect(bench.heard).toBe(heard);
    expect(heard).not.toMatch(/OK\r\n$/);
    expect(bench.states.at(-1)).toBe('off');
  });

  it('forgets its settings with the power, except what AT&W stored', async () => {
    const bench = new Bench();
    await bench.powerUp();
    await bench.command('AT+CNCFG=0,1,"iot"');
    expect(await bench.command('AT+CNCFG?')).toContain('0,1,"iot"');
    bench.modem.setSupply(false);
    await bench.powerUp();
    expect(await bench.command('AT+CNCFG?')).not.toContain('iot');
  });

  it('locks up until the supply is cut, whatever PWRKEY does', async () => {
    const bench = new Bench({ faults: { silentAfterBoot: true } });
    bench.modem.setSupply(true);
    await bench.press(1.1);
    await bench.run(10);
    bench.heard = '';
    expect(await bench.command('AT')).toBe('');
    await bench.press(1.5);
    await bench.run(10);
    await bench.press(1.5);
    await bench.run(10);
    expect(await bench.command('AT')).toBe('');
    bench.modem.setSupply(false);
    await bench.powerUp();
    expect(await bench.command('AT')).toContain('OK');
  });

  it('restarts on CFUN=1,1', async () => {
    const bench = new Bench();
    await bench.powerUp();
    await bench.command('AT+CFUN=1,1');
    await bench.run(2);
    expect(bench.states.at(-1)).toBe('booting');
  });
});
