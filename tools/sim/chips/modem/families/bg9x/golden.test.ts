import { describe, expect, it } from 'vitest';
import { Bench, berlin, certificate, openSky } from '../../bench.ts';

async function until(bench: Bench, command: string, pattern: RegExp, seconds = 30): Promise<string> {
  const from = bench.heard.length;
  bench.write(`${command}\r`);
  return bench.until(pattern, seconds, from);
}

async function golden(seed: number, cells: Bench['cells']): Promise<Bench> {
  const bench = new Bench({ seed, family: 'bg9x' });
  bench.cells = cells;
  bench.stream.answer = (text) => [`echo ${text}`];
  const ok = async (command: string, answer = ''): Promise<void> => {
    const said = await bench.command(command, 150);
    expect(said).toContain(answer);
    expect(said).toMatch(/\r\nOK\r\n$/);
  };
  await bench.powerUp();
  await bench.poll('AT+CPIN?', /READY/, 10, 1);
  await ok('AT+QCFG="nwscanseq"', '+QCFG: "nwscanseq",020301');
  await ok('AT+QCFG="nwscanmode",0,1');
  await ok('AT+CEREG=4');
  await bench.poll(`AT+${cells.GSM ? 'CGREG' : 'CEREG'}?`, /: \d,1/, 30, 2);
  await ok('AT+QICSGP=1,1,"iot","","",0');
  await ok('AT+QIACT=1');
  await ok('AT+QIACT?', '+QIACT: 1,1,1,"10.');
  await bench.poll('AT+QLTS=1', /"2026\/11\/21,12:0\d:\d\d\+22,0"/, 10, 2);
  await until(bench, `AT+QFUPL="UFS:ca.pem",${certificate.length},10`, /CONNECT\r\n/);
  bench.write(certificate);
  expect(await bench.until(/OK\r\n/, 5)).toMatch(
    new RegExp(`\\+QFUPL: ${certificate.length},[\\da-f]{1,4}\\r\\n\\r\\nOK`),
  );
  await ok('AT+QSSLCFG="sslversion",0,4');
  await ok('AT+QSSLCFG="ciphersuite",0,0XFFFF');
  await ok('AT+QSSLCFG="seclevel",0,1');
  await ok('AT+QSSLCFG="cacert",0,"UFS:ca.pem"');
  await ok('AT+QSSLCFG="ignorelocaltime",0,1');
  const opened = await until(bench, 'AT+QSSLOPEN=1,0,0,"broker.example",8883,0', /QSSLOPEN: 0,\d+\r\n/, 150);
  expect(opened).toBe('\r\nOK\r\n\r\n+QSSLOPEN: 0,0\r\n');
  expect(await until(bench, 'AT+QSSLSEND=0,5', /> /)).toBe('\r\n> ');
  let from = bench.heard.length;
  bench.write('hello');
  expect(await bench.until(/SEND OK\r\n/, 10)).toContain('\r\nSEND OK\r\n');
  await bench.until(/\+QSSLURC: "recv",0\r\n/, 10, from);
  expect(await bench.command('AT+QSSLRECV=0,1500')).toBe('\r\n+QSSLRECV: 10\r\necho hello\r\n\r\nOK\r\n');
  expect(await bench.command('AT+QSSLRECV=0,1500')).toBe('\r\n+QSSLRECV: 0\r\n\r\nOK\r\n');
  await ok('AT+QSSLCLOSE=0');
  await ok('AT+QIDEACT=1');
  from = bench.heard.length;
  await ok('AT+QPOWD=1');
  await bench.run(10);
  expect(bench.heard.slice(from)).toBe('\r\nOK\r\n\r\nPOWERED DOWN\r\n');
  expect(bench.targets).toEqual([{ host: 'broker.example', port: 8883, tls: true }]);
  return bench;
}

describe('BG9x uplink over TLS from cold', () => {
  it.each([1, 2, 3])('runs the whole dialogue on LTE-M with seed %i', async (seed) => {
    await golden(seed, { 'LTE-M': berlin });
  });
  it('and on GSM', async () => {
    await golden(4, { GSM: berlin });
  });
  it('sends the same bytes for the same seed', async () => {
    expect((await golden(5, { GSM: berlin })).heard).toBe((await golden(5, { GSM: berlin })).heard);
  });
});

describe('BG9x quirks', () => {
  async function ready(firmware?: string): Promise<Bench> {
    const bench = new Bench({ family: 'bg9x', ...(firmware && { firmware }) });
    await bench.powerUp();
    await bench.run(15);
    return bench;
  }

  it('announces its boot unasked', async () => {
    const bench = await ready();
    expect(bench.heard).toMatch(
      /RDY\r\n[\s\S]*APP RDY\r\n[\s\S]*\+CPIN: READY\r\n[\s\S]*\+QUSIM: 1\r\n[\s\S]*\+QIND: SMS DONE\r\n/,
    );
  });

  it('does not write over a file', async () => {
    const bench = await ready();
    await until(bench, 'AT+QFUPL="UFS:a.pem",4,5', /CONNECT\r\n/);
    bench.write('\x12\x34\xff\x01');
    expect(await bench.until(/OK\r\n/, 5)).toContain('+QFUPL: 4,ed35\r\n');
    expect(await bench.command('AT+QFLST="UFS:a.pem"')).toContain('+QFLST: "UFS:a.pem",4');
    expect(await bench.command('AT+QFUPL="a.pem",4,5')).toContain('+CME ERROR: 407');
    await bench.command('AT+QFDEL="a.pem"');
    expect(await bench.command('AT+QFLST="UFS:a.pem"')).toContain('+CME ERROR: 405');
  });

  it('lets go of the network when the order of its search is written', async () => {
    const bench = await ready();
    await bench.register();
    await bench.command('AT+QCFG="nwscanseq",020301,1');
    expect(await bench.command('AT+CEREG?')).toContain('+CEREG: 0,2');
  });

  it('searches in the order and among the technologies that QCFG says', async () => {
    const bench = await ready();
    bench.cells = { GSM: berlin, 'NB-IoT': berlin, 'LTE-M': berlin };
    const registeredOn = async (...commands: string[]): Promise<string | undefined> => {
      for (const command of commands) expect(await bench.command(command)).toContain('OK');
      await bench.run(60);
      return /QNWINFO: "([^"]+)"/.exec(await bench.command('AT+QNWINFO'))?.[1];
    };
    expect(await registeredOn('AT+QCFG="nwscanseq",010203,1')).toBe('EDGE');
    expect(await registeredOn('AT+QCFG="nwscanmode",3,1')).toBe('CAT-M1');
    expect(await registeredOn('AT+QCFG="iotopmode",1,1')).toBe('CAT-NB1');
    expect(await bench.command('AT+QCFG="nwscanmode"')).toContain('+QCFG: "nwscanmode",3');
    await bench.command('AT+QCFG="band",0,80000,0,1');
    expect(await bench.command('AT+QCFG="band"')).toContain('+QCFG: "band",0x0,0x80000,0x0');
  });

  it.each([
    ['BG96MAR02A07M1G', '0'],
    ['BG95M3LAR02A03_01.006.01.006', '3'],
  ])('with %s an automatic choice of network leaves the scan mode at %s', async (firmware, mode) => {
    const bench = await ready(firmware);
    await bench.command('AT+QCFG="nwscanmode",3,1');
    await bench.command('AT+COPS=0');
    expect(await bench.command('AT+QCFG="nwscanmode"')).toContain(`+QCFG: "nwscanmode",${mode}`);
  });

  it('tells no network time before it has any, and UTC afterwards, even where CCLK is not set', async () => {
    const bench = await ready();
    bench.cells = {};
    bench.modem.setSupply(false);
    await bench.powerUp();
    expect(await bench.command('AT+QLTS=1')).toContain('+QLTS: ""');
    bench.cells = { 'LTE-M': berlin };
    await bench.register();
    await bench.run(10);
    expect(await bench.command('AT+QLTS=1')).toMatch(/"2026\/11\/21,12:0\d:\d\d\+22,0"/);
    expect(await bench.command('AT+QLTS=2')).toMatch(/"2026\/11\/21,17:3\d:\d\d\+22,0"/);
    expect(await bench.command('AT+CCLK?')).toContain('"80/01/06');
    await bench.command('AT+CTZU=1');
    await bench.command('AT+CFUN=0');
    await bench.command('AT+CFUN=1');
    await bench.register();
    await bench.run(10);
    expect(await bench.command('AT+CCLK?')).toMatch(/"26\/11\/21,12:0\d:\d\d\+22"/);
  });

  it('wants a connection closed that the far side has closed, before it opens another', async () => {
    const bench = await ready();
    await bench.register();
    await bench.command('AT+QIACT=1', 10);
    const open = 'AT+QIOPEN=1,0,"TCP","h",1,0,0';
    expect(await until(bench, open, /QIOPEN: 0,\d+\r\n/, 150)).toContain('+QIOPEN: 0,0');
    bench.stream.hangUp();
    await bench.until(/\+QIURC: "closed",0\r\n/, 5);
    expect(await until(bench, open, /QIOPEN: 0,\d+\r\n/, 150)).toContain('+QIOPEN: 0,563');
    await bench.command('AT+QICLOSE=0');
    expect(await until(bench, open, /QIOPEN: 0,\d+\r\n/, 150)).toContain('+QIOPEN: 0,0');
  });

  it('counts what it has sent and received', async () => {
    const bench = await ready();
    bench.stream.answer = () => ['abcde'];
    await bench.register();
    await bench.command('AT+QIACT=1', 10);
    await until(bench, 'AT+QIOPEN=1,0,"TCP","h",1,0,0', /QIOPEN: 0,0\r\n/, 150);
    await until(bench, 'AT+QISEND=0,3', /> /);
    bench.write('xyz');
    await bench.run(10);
    expect(await bench.command('AT+QISEND=0,0')).toContain('+QISEND: 3,3,0');
    await bench.command('AT+QIRD=0,2');
    expect(await bench.command('AT+QIRD=0,0')).toContain('+QIRD: 5,2,3');
  });

  it('has GNSS and data take turns, and errors of its own for a position that is not there', async () => {
    const bench = await ready();
    expect(await bench.command('AT+QGPSLOC=2')).toContain('+CME ERROR: 505');
    expect(await bench.command('AT+QGPS=1')).toContain('OK');
    expect(await bench.command('AT+QGPS=1')).toContain('+CME ERROR: 504');
    expect(await bench.command('AT+QGPSLOC=2')).toContain('+CME ERROR: 516');
    expect(await bench.command('AT+QIACT=1')).toContain('ERROR');
    bench.fix = openSky;
    await bench.run(60);
    expect(await bench.command('AT+QGPSLOC=2')).toContain(
      '+QGPSLOC: 120000.0,52.52000,-0.40500,1.2,34.0,3,271.0,61.5,33.2,211126,09\r\n',
    );
    expect(await bench.command('AT+QGPSEND')).toContain('OK');
    expect(await bench.command('AT+QGPSEND')).toContain('+CME ERROR: 505');
    await bench.register();
    await bench.command('AT+QIACT=1', 10);
    expect(await bench.command('AT+QGPS=1')).toContain('+CME ERROR: operation not allowed');
  });

  it('tells the granted timers in seconds', async () => {
    const bench = await ready();
    await bench.register();
    await bench.command('AT+CPSMS=1,,,"00100110","00100010"');
    expect(await bench.command('AT+QPSMS?')).toContain('+QPSMS: 1,,,"21600","120"');
    bench.grants.psm = false;
    expect(await bench.command('AT+QPSMS?')).toContain('+QPSMS: 1,,,"0","120"');
  });

  it('tells signal in the units of 27.007', async () => {
    const bench = await ready();
    expect(await bench.command('AT+CESQ')).toMatch(/\+CESQ: 99,99,255,255,(255,255|18,51)/);
    await bench.register();
    expect(await bench.command('AT+CESQ')).toContain('+CESQ: 99,99,255,255,18,51');
  });
});
