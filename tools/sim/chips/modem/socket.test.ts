import { describe, expect, it } from 'vitest';
import { Bench, berlin } from './bench.ts';

describe('SIM7080 socket', () => {
  it('gives CAOPEN its result and its OK in any order', async () => {
    const orders = new Set<string>();
    for (let seed = 0; seed < 12; seed++) {
      const bench = new Bench({ seed });
      await bench.powerUp();
      await bench.register();
      await bench.activate();
      const from = bench.heard.length;
      expect(await bench.open()).toBe('0');
      await bench.run(1);
      const said = bench.heard.slice(from);
      orders.add(said.indexOf('+CAOPEN') < said.indexOf('OK') ? 'result first' : 'OK first');
    }
    expect(orders).toEqual(new Set(['result first', 'OK first']));
  });

  it.each([
    ['dns', '20'],
    ['refused', '23'],
    ['timeout', '27'],
  ] as const)('reports %s as %s', async (error, code) => {
    const bench = new Bench();
    await bench.powerUp();
    await bench.register();
    await bench.activate();
    bench.connectError = error;
    expect(await bench.open()).toBe(code);
    expect(await bench.command('AT+CASTATE?')).toBe('\r\nOK\r\n');
  });

  it('reports 21 without a PDP context, and rejects a receive mode', async () => {
    const bench = new Bench();
    await bench.powerUp();
    await bench.register();
    expect(await bench.open()).toBe('21');
    expect(await bench.command('AT+CAOPEN=0,0,"TCP","h",1,1')).toBe('\r\nERROR\r\n');
  });

  it('delivers what CASEND takes, byte for byte, and announces the answer', async () => {
    const bench = new Bench();
    await bench.connected();
    const sent = '\x00\x1aAT\r\n>\xff';
    bench.stream.answer = () => ['pong'];
    expect(await bench.send(sent)).toBe('\r\nOK\r\n');
    expect(bench.stream.got).toEqual([]);
    expect(await bench.until(/CADATAIND: 0\r\n/, 5)).toBe('\r\n+CADATAIND: 0\r\n');
    expect(bench.stream.got).toEqual([sent]);
    expect(await bench.command('AT+CAACK=0')).toBe('\r\n+CAACK: 8,0\r\n\r\nOK\r\n');
  });

  it('puts the length, a comma and raw bytes into CARECV', async () => {
    const bench = new Bench();
    await bench.connected();
    bench.stream.answer = () => ['a\r\nOK\r\n', 'bcd'];
    await bench.send('x');
    await bench.run(3);
    expect(await bench.command('AT+CARECV?')).toBe('\r\n+CARECV: 0,10\r\n\r\nOK\r\n');
    expect(await bench.command('AT+CARECV=0,9')).toBe('\r\n+CARECV: 9,a\r\nOK\r\nbc\r\n\r\nOK\r\n');
    expect(await bench.command('AT+CARECV=0,1460')).toBe('\r\n+CARECV: 1,d\r\n\r\nOK\r\n');
    expect(await bench.command('AT+CARECV?')).toBe('\r\nOK\r\n');
  });

  it('says 0, or at times nothing but OK, when there is nothing to receive', async () => {
    const bench = new Bench();
    await bench.connected();
    const answers = new Set<string>();
    for (let i = 0; i < 30; i++) answers.add(await bench.command('AT+CARECV=0,10'));
    expect(answers).toEqual(new Set(['\r\n+CARECV: 0\r\n\r\nOK\r\n', '\r\nOK\r\n']));
  });

  it('announces data once until the buffer has been read empty', async () => {
    const bench = new Bench();
    await bench.connected();
    bench.stream.answer = () => ['1', '2', '3'];
    const from = bench.heard.length;
    await bench.send('x');
    await bench.run(5);
    expect(bench.heard.slice(from).match(/CADATAIND/g)).toHaveLength(1);
  });

  it('answers ERROR when the bytes do not come in time or are too many', async () => {
    const bench = new Bench();
    await bench.connected();
    expect(await bench.command('AT+CASEND=0,1461')).toBe('\r\nERROR\r\n');
    const from = bench.heard.length;
    bench.write('AT+CASEND=0,10,500\r');
    await bench.run(0.2);
    bench.write('12345');
    await bench.run(2);
    expect(bench.heard.slice(from)).toBe('>\r\nERROR\r\n');
    await bench.run(5);
    expect(bench.stream.got).toEqual([]);
  });

  it('refuses to hold more than its send buffer', async () => {
    const bench = new Bench();
    bench.cells = { 'NB-IoT': berlin };
    await bench.connected();
    const results: string[] = [];
    for (let i = 0; i < 8; i++) results.push((await bench.send('x'.repeat(1460))).trim());
    await bench.run(10);
    expect(results).toContain('ERROR');
    expect(bench.stream.got.length).toBe(results.filter((result) => result === 'OK').length);
  });

  it('brings the last answer before the news that the far side has closed', async () => {
    const bench = new Bench();
    await bench.connected();
    bench.stream.answer = () => {
      bench.stream.hangUp();
      return ['bye'];
    };
    const from = bench.heard.length;
    await bench.send('x');
    await bench.run(5);
    expect(bench.heard.slice(from)).toMatch(/\+CADATAIND: 0\r\n\r\n\+CASTATE: 0,0\r\n$/);
    expect(await bench.command('AT+CARECV=0,10')).toContain('+CARECV: 3,bye');
    expect(await bench.command('AT+CASEND=0,1')).toContain('ERROR');
  });

  it('reports a close that nobody asked for', async () => {
    const bench = new Bench();
    await bench.connected();
    bench.stream.hangUp();
    expect(await bench.until(/CASTATE/, 5)).toContain('+CASTATE: 0,0');
  });

  it('never delivers what the supply cut off on the way', async () => {
    const bench = new Bench();
    await bench.connected();
    await bench.send('lost');
    bench.modem.setSupply(false);
    expect(bench.stream.closed).toBe(true);
    await bench.run(30);
    expect(bench.stream.got).toEqual([]);
  });

  it('drops a connection attempt when the supply goes', async () => {
    const bench = new Bench({ seed: 5 });
    await bench.powerUp();
    await bench.register();
    await bench.activate();
    bench.write('AT+CAOPEN=0,0,"TCP","203.0.113.5",1883\r');
    await bench.run(0.1);
    bench.modem.setSupply(false);
    await bench.run(30);
    expect(bench.stream.closed).toBe(true);
  });

  it('loses the bytes of one CASEND when told to, and takes the next', async () => {
    const bench = new Bench({ faults: { casendErrorOnce: true } });
    await bench.connected();
    expect(await bench.send('one')).toBe('\r\nERROR\r\n');
    expect(await bench.send('two')).toBe('\r\nOK\r\n');
    await bench.run(5);
    expect(bench.stream.got).toEqual(['two']);
  });

  it('restarts in the middle of a send when told to', async () => {
    const bench = new Bench({ faults: { rebootDuringSend: true } });
    await bench.connected();
    expect(await bench.send('one')).not.toContain('OK');
    expect(bench.states).toContain('booting');
    expect(bench.stream.got).toEqual([]);
    expect(bench.stream.closed).toBe(true);
  });
});
