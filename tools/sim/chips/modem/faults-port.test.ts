import { describe, expect, it } from 'vitest';
import { dialogues, familyNames, switchedOn } from './dialogues.ts';

describe.each(familyNames)('%s with a fault at its AT port', (family) => {
  it('answers everything later by so many seconds', async () => {
    const bench = await switchedOn(family);
    await bench.run(20);
    bench.modem.faults.slow = 7;
    expect(await bench.command('AT', 6.9)).toBe('');
    expect(await bench.until(/OK\r\n/, 0.5)).toBe('\r\nOK\r\n');
    expect(await bench.command('AT', 6.9)).toBe('');
    await bench.run(1);
    delete bench.modem.faults.slow;
    expect(await bench.command('AT', 1)).toBe('\r\nOK\r\n');
  });

  it('answers one command late and the next in time', async () => {
    const bench = await switchedOn(family);
    await bench.run(20);
    bench.modem.faults.lateAnswer = 30;
    expect(await bench.command('AT+CGMM', 29)).toBe('');
    await bench.run(2);
    expect(bench.heard).toMatch(/(7080|7000|7670|BG95)[^\r]*\r\n\r\nOK\r\n$/);
    expect(await bench.command('AT', 1)).toBe('\r\nOK\r\n');
  });

  it('restarts by itself in the n-th command from now', async () => {
    const bench = await switchedOn(family);
    await bench.run(20);
    bench.modem.faults.rebootAtCommand = 3;
    expect(await bench.command('AT')).toContain('OK');
    expect(await bench.command('AT')).toContain('OK');
    expect(await bench.command('AT', 1)).not.toContain('OK');
    expect(bench.states.at(-1)).toBe('booting');
    await bench.poll('AT', /OK/, 20, 0.5);
    expect(bench.modem.faults).toEqual({});
  });

  it('switches its echo on once', async () => {
    const bench = await switchedOn(family);
    await bench.run(20);
    bench.modem.faults.echoReturns = true;
    expect(await bench.command('AT')).toBe('AT\r\r\nOK\r\n');
    await bench.command('ATE0');
    expect(await bench.command('AT')).toBe('\r\nOK\r\n');
  });

  it('puts a line into what it sends after any number of bytes, and nothing else changes', async () => {
    const text = '\r\n+CMTI: "SM",1\r\n';
    const say = async (at: number | undefined): Promise<string> => {
      const bench = await switchedOn(family);
      bench.cells = {};
      await bench.run(20);
      if (at !== undefined) bench.modem.faults.urcAtByte = { at, text };
      const from = bench.heard.length;
      await bench.command('AT+CGMM');
      await bench.command('AT+CSQ');
      await bench.run(1);
      return bench.heard.slice(from);
    };
    const plain = await say(undefined);
    for (let at = 0; at <= plain.length; at++) {
      expect(await say(at)).toBe(plain.slice(0, at) + text + plain.slice(at));
    }
  });

  it('is reached by faults that are set and taken back while it runs', async () => {
    const bench = await switchedOn(family);
    const { faults } = bench.modem;
    faults.neverRegisters = true;
    await bench.command('AT+CFUN=0');
    await bench.command('AT+CFUN=1');
    await bench.run(120);
    expect(await bench.command('AT+CEREG?')).toContain('+CEREG: 0,2');
    delete faults.neverRegisters;
    await bench.register();
    expect(dialogues[family].technology).toMatch(/LTE/);
  });
});
