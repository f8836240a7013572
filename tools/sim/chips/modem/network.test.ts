import { describe, expect, it } from 'vitest';
import { Bench, berlin } from './bench.ts';

describe('SIM7080 network', () => {
  it('searches while there is no cell, and registers when one comes', async () => {
    const bench = new Bench();
    bench.cells = {};
    await bench.powerUp();
    await bench.run(120);
    expect(await bench.command('AT+CEREG?')).toContain('+CEREG: 0,2');
    expect(await bench.command('AT+CSQ')).toContain('+CSQ: 99,99');
    expect(await bench.command('AT+CPSI?')).toContain('NO SERVICE,Online');
    bench.cells = { 'LTE-M': berlin };
    await bench.run(40);
    expect(await bench.command('AT+CEREG?')).toContain('+CEREG: 0,1');
    expect(await bench.command('AT+CSQ')).toContain('+CSQ: 20,99');
    expect(bench.states.at(-1)).not.toBe('searching');
  });

  it('tells the cell when asked to, with roaming as 5', async () => {
    const bench = new Bench();
    bench.cells = { 'NB-IoT': { ...berlin, roaming: true } };
    await bench.powerUp();
    await bench.command('AT+CEREG=4');
    expect(await bench.until(/\+CEREG: 5[^\r]*\r/, 60)).toContain('+CEREG: 5,"5B57","195071B",9,,,');
    expect(await bench.command('AT+CEREG?')).toContain(
      '+CEREG: 4,5,"5B57","195071B",9,,,"11100000","11100000"',
    );
    expect(await bench.command('AT+COPS?')).toContain('"262 01",9');
  });

  it('looks only where CNMP and CMNB allow, and remembers both without power', async () => {
    const bench = new Bench();
    await bench.powerUp();
    await bench.command('AT+CMNB=2');
    bench.modem.setSupply(false);
    await bench.powerUp();
    expect(await bench.command('AT+CMNB?')).toContain('+CMNB: 2');
    await bench.run(60);
    expect(await bench.command('AT+CEREG?')).toContain('+CEREG: 0,2');
    await bench.command('AT+CMNB=3');
    await bench.register();
    await bench.command('AT+CNMP=13');
    await bench.run(60);
    expect(await bench.command('AT+CEREG?')).toContain('+CEREG: 0,2');
  });

  it('loses PDP context, connection and registration with the cell', async () => {
    const bench = new Bench();
    await bench.connected();
    await bench.command('AT+CEREG=1');
    const from = bench.heard.length;
    bench.cells = {};
    await bench.run(10);
    const news = bench.heard.slice(from);
    expect(news).toMatch(/\+APP PDP: (0,)?DEACTIVE/);
    expect(news).toContain('+CASTATE: 0,0');
    expect(news).toContain('+CEREG: 2');
    expect(bench.stream.closed).toBe(true);
    expect(bench.states.at(-1)).toBe('searching');
    expect(await bench.command('AT+CNACT?')).toContain('+CNACT: 0,0,"0.0.0.0"');
  });

  it('registers anew when the network changes at a border', async () => {
    const bench = new Bench();
    await bench.powerUp();
    await bench.register();
    bench.cells = { 'LTE-M': { ...berlin, mcc: '260', roaming: true } };
    await bench.run(5);
    expect(await bench.command('AT+CEREG?')).toContain('+CEREG: 0,2');
    await bench.run(40);
    expect(await bench.command('AT+CEREG?')).toContain('+CEREG: 0,5');
  });

  it('asks for the PIN, and for the PUK after three wrong ones', async () => {
    const bench = new Bench({ simPin: '1234' });
    await bench.powerUp();
    await bench.run(3);
    expect(await bench.command('AT+CPIN?')).toContain('+CPIN: SIM PIN');
    expect(await bench.command('AT+CPIN="0000"')).toContain('incorrect password');
    expect(await bench.command('AT+CPIN="1234"')).toContain('OK');
    await bench.register();
    bench.modem.setSupply(false);
    await bench.powerUp();
    await bench.run(3);
    for (let i = 0; i < 3; i++) await bench.command('AT+CPIN="0000"');
    expect(await bench.command('AT+CPIN?')).toContain('+CPIN: SIM PUK');
  });

  it('knows no time until the network tells it, and then the local one', async () => {
    const bench = new Bench();
    await bench.powerUp();
    expect(await bench.command('AT+CCLK?')).toContain('+CCLK: "80/01/06,00:00:');
    await bench.command('AT+CLTS=1');
    await bench.register();
    await bench.run(10);
    expect(bench.heard).toContain('*PSUTTZ: 2026,11,21,12,0,');
    expect(await bench.command('AT+CCLK?')).toMatch(/"26\/11\/21,17:3\d:\d\d\+22"/);
  });

  it('takes a time by command, and refuses one that does not exist', async () => {
    const bench = new Bench();
    await bench.powerUp();
    expect(await bench.command('AT+CCLK="26/02/29,10:00:00+00"')).toContain('ERROR');
    await bench.command('AT+CCLK="26/11/21,10:00:00-14"');
    expect(await bench.command('AT+CCLK?')).toContain('26/11/21,10:00:00-14');
  });

  it('turns the radio off with CFUN=0', async () => {
    const bench = new Bench();
    await bench.powerUp();
    await bench.register();
    await bench.command('AT+CFUN=0');
    expect(bench.states.at(-1)).toBe('idle');
    expect(await bench.command('AT+CEREG?')).toContain('+CEREG: 0,0');
    await bench.command('AT+CFUN=1');
    await bench.register();
  });

  it('refuses a PDP context without registration and a second one', async () => {
    const bench = new Bench();
    bench.cells = {};
    await bench.powerUp();
    expect(await bench.command('AT+CNACT=0,1')).toContain('operation not allowed');
    bench.cells = { 'LTE-M': berlin };
    await bench.register();
    await bench.activate();
    expect((await bench.command('AT+CNACT?')).match(/\+CNACT: \d,\d,"[\d.]+"/g)).toHaveLength(4);
    expect(await bench.command('AT+CNACT=0,1')).toContain('operation not allowed');
    const from = bench.heard.length;
    await bench.command('AT+CNACT=0,0');
    expect(await bench.until(/PDP: /, 5, from)).toMatch(/OK\r\n\r\n\+APP PDP: /);
  });

  it('keeps the radio connection up for a while after traffic, and no longer', async () => {
    const bench = new Bench();
    await bench.connected();
    await bench.run(60);
    expect(bench.states.at(-1)).toBe('registered');
    await bench.send('x');
    await bench.run(3);
    expect(bench.states.slice(-2)).toEqual(['transmitting', 'connected']);
    await bench.run(15);
    expect(bench.states.at(-1)).toBe('registered');
  });
});
