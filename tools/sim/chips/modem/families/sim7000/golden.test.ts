import { describe, expect, it } from 'vitest';
import { Bench, berlin, openSky } from '../../bench.ts';

async function golden(seed: number, cells: Bench['cells']): Promise<Bench> {
  const bench = new Bench({ seed, family: 'sim7000' });
  bench.cells = cells;
  bench.stream.answer = (text) => [`echo ${text}`];
  const ok = async (command: string, answer = ''): Promise<void> => {
    const said = await bench.command(command, 120);
    expect(said).toContain(answer);
    expect(said).toMatch(/\r\nOK\r\n$/);
  };
  await bench.powerUp();
  await bench.poll('AT+CPIN?', /READY/, 10, 1);
  await ok('AT+CLTS=1');
  await ok('AT+CNMP=51');
  await ok('AT+CEREG=4');
  await ok('AT+CGREG=2');
  const domain = cells.GSM ? 'CGREG' : 'CEREG';
  await bench.poll(`AT+${domain}?`, /: \d,1,/, 30, 2);
  await ok('AT+CGDCONT=1,"IP","iot"');
  await ok('AT+CGATT=1');
  let from = bench.heard.length;
  await ok('AT+CNACT=1,"iot"');
  expect(await bench.until(/ACTIVE\r\n/, 30, from)).toContain('\r\n+APP PDP: ACTIVE\r\n');
  await ok('AT+CNACT?', '+CNACT: 1,"10.');
  await bench.poll('AT+CCLK?', /"26\/11\/21/, 10, 2);
  await bench.uploadCa();
  await ok('AT+CSSLCFG="convert",2,"ca.crt"');
  await ok('AT+CACID=0');
  await ok('AT+CSSLCFG="sslversion",0,3');
  await ok('AT+CSSLCFG="sni",0,"broker.example"');
  await ok('AT+CASSLCFG=0,ssl,1');
  await ok('AT+CSSLCFG="ctxindex",0', '+CSSLCFG: 0,3,');
  await ok('AT+CASSLCFG=0,CACERT,"ca.crt"');
  await ok('AT+CASSLCFG=0,protocol,0');
  expect(await bench.open('AT+CAOPEN=0,"broker.example",8883')).toBe('0');
  await ok('AT+CASTATE?', '+CASTATE: 0,1');
  from = bench.heard.length;
  expect(await bench.send('hello')).toBe('\r\nOK\r\n');
  await bench.until(/\+CADATAIND: 0\r\n/, 10, from);
  await ok('AT+CARECV?', '+CARECV: 0,10');
  await ok('AT+CARECV=0,10', '+CARECV: 10,echo hello');
  await ok('AT+CACLOSE=0');
  from = bench.heard.length;
  await ok('AT+CNACT=0');
  await bench.until(/\+APP PDP: DEACTIVE\r\n/, 30, from);
  bench.write('AT+CPOWD=1\r');
  await bench.run(10);
  expect(bench.heard).toMatch(/\r\nNORMAL POWER DOWN\r\n$/);
  expect(bench.targets).toEqual([{ host: 'broker.example', port: 8883, tls: true }]);
  return bench;
}

describe('SIM7000 uplink over TLS from cold', () => {
  it.each([1, 2, 3])('runs the whole dialogue on LTE-M with seed %i', async (seed) => {
    await golden(seed, { 'LTE-M': berlin });
  });

  it.each([1, 2, 3])('and on GSM where there is nothing else, seed %i', async (seed) => {
    await golden(seed, { GSM: berlin });
  });

  it('sends the same bytes for the same seed', async () => {
    const first = await golden(7, { GSM: berlin });
    const second = await golden(7, { GSM: berlin });
    expect(second.heard).toBe(first.heard);
  });
});

describe('SIM7000 quirks', () => {
  async function online(): Promise<Bench> {
    const bench = new Bench({ family: 'sim7000' });
    await bench.powerUp();
    await bench.register();
    await bench.command('AT+CNACT=1,"iot"');
    await bench.until(/ACTIVE\r\n/, 30);
    return bench;
  }

  async function isFrozen(bench: Bench): Promise<boolean> {
    bench.heard = '';
    if ((await bench.command('AT')) !== '') return false;
    await bench.press(1.5);
    await bench.run(10);
    await bench.press(1.5);
    await bench.run(10);
    if ((await bench.command('AT')) !== '') return false;
    bench.modem.setSupply(false);
    await bench.powerUp();
    return true;
  }

  it.each([
    'AT+CSSLCFG="SSLVERSION",0,3',
    'AT+CSSLCFG="SNI",0,"h"',
    'AT+CSSLCFG="CONVERT",2,"ca.crt"',
    'AT+CASSLCFG=0,"ssl",1',
    'AT+CASSLCFG=0,"protocol",0',
    'AT+CAOPEN=0,0,"TCP","h",1',
    'AT+CAOPEN=0,"TCP","h",1',
    'AT+CNCFG=0,1,"iot"',
    'AT+CNACT=0,1',
  ])('does not know %s', async (line) => {
    const bench = await online();
    await bench.command('AT+CACID=0');
    expect(await bench.command(line)).toMatch(/ERROR/);
  });

  it('opens nothing before a socket has been named', async () => {
    const bench = await online();
    expect(await bench.command('AT+CAOPEN=0,"h",1')).toContain('+CME ERROR: operation not allowed');
    await bench.command('AT+CACID=0');
    expect(await bench.open('AT+CAOPEN=0,"h",1')).toBe('0');
  });

  it('freezes until the power is cut when asked for more bytes than it has', async () => {
    const bench = await online();
    bench.stream.answer = () => ['abc'];
    await bench.command('AT+CACID=0');
    await bench.open('AT+CAOPEN=0,"h",1');
    await bench.send('x');
    await bench.run(5);
    expect(await bench.command('AT+CARECV=0,3')).toContain('+CARECV: 3,abc');
    await bench.send('x');
    await bench.run(5);
    expect(await bench.command('AT+CARECV=0,4')).not.toContain('abc');
    expect(await isFrozen(bench)).toBe(true);
  });

  it('freezes when asked what there is to receive without an open socket', async () => {
    const bench = await online();
    await bench.command('AT+CARECV?');
    expect(await isFrozen(bench)).toBe(true);
  });

  it('tells its SIM with a letter at the end', async () => {
    const bench = new Bench({ family: 'sim7000' });
    await bench.powerUp();
    await bench.run(5);
    expect(await bench.command('AT+CCID')).toBe('\r\n8988303000001234567f\r\n\r\nOK\r\n');
  });

  it('shows a GSM registration in CGREG and an LTE one in CEREG, and not the other way round', async () => {
    const bench = new Bench({ family: 'sim7000' });
    bench.cells = { GSM: berlin };
    await bench.powerUp();
    await bench.poll('AT+CGREG?', /: 0,1/, 30, 2);
    expect(await bench.command('AT+CEREG?')).toContain('+CEREG: 0,0');
    bench.cells = { 'LTE-M': berlin };
    await bench.run(60);
    expect(await bench.command('AT+CEREG?')).toContain('+CEREG: 0,1');
    expect(await bench.command('AT+CGREG?')).toContain('+CGREG: 0,0');
  });

  it('searches what CNMP allows', async () => {
    const bench = new Bench({ family: 'sim7000' });
    bench.cells = { 'LTE-M': berlin, GSM: berlin };
    await bench.powerUp();
    await bench.command('AT+CNMP=13');
    await bench.poll('AT+CGREG?', /: 0,1/, 30, 2);
    expect(await bench.command('AT+CPSI?')).toContain('+CPSI: GSM,Online,262-01,0x5B57');
    await bench.command('AT+CNMP=38');
    await bench.register();
    expect(await bench.command('AT+CPSI?')).toContain('+CPSI: LTE CAT-M1,Online,262-01');
  });

  it('reports 21 fields of GNSS, beside a PDP context, with its antenna fed by CGPIO', async () => {
    const bench = new Bench({ family: 'sim7000', antennaGpio: 48 });
    bench.fix = openSky;
    await bench.powerUp();
    await bench.register();
    await bench.command('AT+CNACT=1,"iot"');
    await bench.until(/ACTIVE\r\n/, 30);
    expect(await bench.command('AT+CGNSPWR=1')).toContain('OK');
    await bench.run(60);
    const blind = /\+CGNSINF: ([^\r]*)\r/.exec(await bench.command('AT+CGNSINF'))?.[1]?.split(',') ?? [];
    expect(blind).toHaveLength(21);
    expect(blind[1]).not.toBe('1');
    await bench.command('AT+CGPIO=0,48,1,1');
    await bench.run(60);
    const fixed = /\+CGNSINF: ([^\r]*)\r/.exec(await bench.command('AT+CGNSINF'))?.[1]?.split(',') ?? [];
    expect(fixed).toHaveLength(21);
    expect(fixed.slice(0, 5)).toEqual(['1', '1', '20261121120000.000', '52.520000', '-0.405000']);
    expect(fixed[15]).toBe('9');
    bench.modem.setSupply(false);
    expect(bench.gpio).toEqual([
      [48, true],
      [48, false],
    ]);
  });

  it('counts a request for PSM from the next start', async () => {
    const bench = new Bench({ family: 'sim7000' });
    await bench.powerUp();
    await bench.command('AT+CEREG=4');
    await bench.command('AT+CPSMS=1,,,"00000110","00000101"');
    await bench.register();
    expect(await bench.command('AT+CEREG?')).toContain('"11100000","11100000"');
    bench.modem.setSupply(false);
    await bench.powerUp();
    await bench.command('AT+CEREG=4');
    await bench.register();
    expect(await bench.command('AT+CEREG?')).toContain('"00000101","00000110"');
  });

  it('never connects over TLS with software 1529B08', async () => {
    const bench = new Bench({ family: 'sim7000', firmware: 'Revision:1529B08SIM7000G' });
    await bench.powerUp();
    expect(await bench.command('AT+CGMR')).toContain('Revision:1529B08SIM7000G');
    await bench.register();
    await bench.command('AT+CNACT=1,"iot"');
    await bench.until(/ACTIVE\r\n/, 30);
    await bench.command('AT+CACID=0');
    await bench.command('AT+CASSLCFG=0,ssl,1');
    expect(await bench.open('AT+CAOPEN=0,"h",8883')).toBe('27');
  });

  it('has no CACID with software 1351B03', async () => {
    const bench = new Bench({ family: 'sim7000', firmware: 'Revision:1351B03SIM7000G' });
    await bench.powerUp();
    expect(await bench.command('AT+CACID=0')).toBe('\r\nERROR\r\n');
  });
});
