import { describe, expect, it } from 'vitest';
import { Bench, berlin, certificate, openSky } from '../../bench.ts';

async function until(bench: Bench, command: string, pattern: RegExp, seconds = 30): Promise<string> {
  const from = bench.heard.length;
  bench.write(`${command}\r`);
  return bench.until(pattern, seconds, from);
}

async function golden(seed: number, cells: Bench['cells']): Promise<Bench> {
  const bench = new Bench({ seed, family: 'a7670' });
  bench.cells = cells;
  bench.stream.answer = (text) => [`echo ${text}`];
  const ok = async (command: string, answer = ''): Promise<void> => {
    const said = await bench.command(command, 120);
    expect(said).toContain(answer);
    expect(said).toMatch(/\r\nOK\r\n$/);
  };
  bench.modem.setSupply(true);
  await bench.press(0.1);
  await bench.until(/\*ATREADY: 1\r\n/, 15, 0);
  await ok('ATE0');
  await ok('AT+CMEE=2');
  await bench.poll('AT+CPIN?', /READY/, 10, 1);
  await ok('AT+CTZR=0');
  await ok('AT+CTZU=1');
  await bench.poll(`AT+${cells.GSM ? 'CGREG' : 'CEREG'}?`, /: \d,1/, 30, 2);
  await ok('AT+CGDCONT=1,"IP","iot"');
  await ok('AT+CIPMODE=0');
  await ok('AT+CIPSENDMODE=0');
  await ok('AT+CIPCCFG=10,0,0,0,1,0,75000');
  await ok('AT+CIPTIMEOUT=75000,15000,15000');
  await ok('AT+CGACT=1,1');
  expect(await until(bench, 'AT+NETOPEN', /\+NETOPEN: \d\r\n/)).toBe('\r\nOK\r\n\r\n+NETOPEN: 0\r\n');
  await ok('AT+NETOPEN?', '+NETOPEN: 1');
  await ok('AT+IPADDR', '+IPADDR: 10.');
  await bench.poll('AT+CCLK?', /"26\/11\/21/, 10, 2);
  await until(bench, `AT+CCERTDOWN="server.pem",${certificate.length}`, />/);
  bench.write(certificate);
  await bench.until(/OK\r\n/, 5);
  await ok('AT+CCERTLIST', '+CCERTLIST: "server.pem"');
  await ok('AT+CSSLCFG="sslversion",0,4');
  await ok('AT+CSSLCFG="enableSNI",0,1');
  await ok('AT+CSSLCFG="cacert",0,"server.pem"');
  await ok('AT+CSSLCFG="authmode",0,1');
  await ok('AT+CCHSET=1,1');
  expect(await until(bench, 'AT+CCHSTART', /\+CCHSTART: \d\r\n/)).toBe('\r\nOK\r\n\r\n+CCHSTART: 0\r\n');
  await ok('AT+CCHSSLCFG=0,0');
  const opened = await until(bench, 'AT+CCHOPEN=0,"broker.example",8883,2', /\+CCHOPEN: 0,\d+\r\n/, 120);
  expect(opened).toBe('\r\nOK\r\n\r\n+CCHOPEN: 0,0\r\n');
  await ok('AT+CCHOPEN?', '+CCHOPEN: 0,"broker.example",8883,2,');
  await until(bench, 'AT+CCHSEND=0,5', />/);
  let from = bench.heard.length;
  bench.write('hello');
  expect(await bench.until(/\+CCHSEND: 0,0\r\n/, 10)).toContain('\r\nOK\r\n\r\n+CCHSEND: 0,0\r\n');
  await bench.until(/\+CCHEVENT: 0,RECV EVENT\r\n/, 10, from);
  await ok('AT+CCHRECV?', '+CCHRECV: LEN,10,0');
  expect(await until(bench, 'AT+CCHRECV=0,10', /\+CCHRECV: 0,0\r\n/)).toBe(
    '\r\nOK\r\n\r\n+CCHRECV: DATA,0,10\r\necho hello\r\n\r\n+CCHRECV: 0,0\r\n',
  );
  expect(await bench.command('AT+CCHRECV=0,10')).toBe('\r\nERROR\r\n');
  expect(await until(bench, 'AT+CCHCLOSE=0', /\+CCHCLOSE: 0,0\r\n/)).toMatch(/OK/);
  expect(await until(bench, 'AT+CCHSTOP', /\+CCHSTOP: 0\r\n/)).toMatch(/OK/);
  expect(await until(bench, 'AT+NETCLOSE', /\+NETCLOSE: 0\r\n/)).toMatch(/OK/);
  from = bench.heard.length;
  await ok('AT+CPOF');
  await bench.run(10);
  expect(bench.heard.slice(from)).toBe('\r\nOK\r\n');
  expect(bench.states.at(-1)).toBe('off');
  expect(bench.heard).toMatch(/SMS DONE\r\n/);
  expect(bench.heard).toMatch(/PB DONE\r\n/);
  expect(bench.targets).toEqual([{ host: 'broker.example', port: 8883, tls: true }]);
  return bench;
}

describe('A7670 uplink over TLS from cold', () => {
  it.each([1, 2, 3])('runs the whole dialogue on LTE with seed %i', async (seed) => {
    await golden(seed, { LTE: berlin });
  });
  it('and on GSM', async () => {
    await golden(4, { GSM: berlin });
  });
  it('sends the same bytes for the same seed', async () => {
    expect((await golden(5, { LTE: berlin })).heard).toBe((await golden(5, { LTE: berlin })).heard);
  });
});

describe('A7670 quirks', () => {
  async function ready(firmware?: string): Promise<Bench> {
    const bench = new Bench({ family: 'a7670', ...(firmware && { firmware }) });
    bench.cells = { LTE: berlin };
    await bench.powerUp();
    await bench.run(15);
    return bench;
  }

  it('goes off with a press of 3 s, and not with one that switches it on', async () => {
    const bench = await ready();
    await bench.press(1);
    await bench.run(8);
    expect(bench.states.at(-1)).not.toBe('off');
    await bench.press(3);
    await bench.run(8);
    expect(bench.states.at(-1)).toBe('off');
    await bench.press(0.1);
    await bench.run(1);
    expect(bench.states.at(-1)).toBe('booting');
  });

  it('takes only certificates whose names end as they should', async () => {
    const bench = await ready();
    expect(await bench.command('AT+CCERTDOWN="server.crt",10')).toContain('ERROR');
    expect(await bench.command('AT+CCERTDOWN="ca.pem",10')).toContain('ERROR');
  });

  it('holds nothing for CCHRECV unless told to by CCHSET, which comes before CCHSTART', async () => {
    const bench = await ready();
    await bench.register();
    bench.stream.answer = () => ['abc'];
    await until(bench, 'AT+CCHSTART', /\+CCHSTART: 0\r\n/);
    expect(await bench.command('AT+CCHSET=1,1')).toContain('ERROR');
    await until(bench, 'AT+CCHOPEN=0,"h",1,1', /\+CCHOPEN: 0,0\r\n/, 60);
    await until(bench, 'AT+CCHSEND=0,1', />/);
    bench.write('x');
    await bench.run(5);
    expect(await bench.command('AT+CCHRECV=0,3')).toBe('\r\nERROR\r\n');
  });

  it('finds its position beside an open connection, and says when GNSS is ready', async () => {
    const bench = await ready();
    await bench.register();
    await until(bench, 'AT+NETOPEN', /\+NETOPEN: 0\r\n/);
    bench.fix = openSky;
    expect(await until(bench, 'AT+CGNSSPWR=1', /READY!\r\n/, 12)).toBe('\r\nOK\r\n\r\n+CGNSSPWR: READY!\r\n');
    expect(await bench.poll('AT+CGNSSINFO', /CGNSSINFO/, 5, 1)).toContain('+CGNSSINFO: ,,,,,,,,');
    await bench.run(60);
    const said = await bench.poll('AT+CGNSSINFO', /CGNSSINFO/, 5, 1);
    const fields = /\+CGNSSINFO: ([^\r]*)/.exec(said)?.[1]?.split(',') ?? [];
    expect(fields).toHaveLength(18);
    expect(fields.slice(0, 11)).toEqual('3,09,,00,00,52.5200000,N,0.4050000,W,211126,120000.00'.split(','));
    expect(await bench.command('AT+NETOPEN?')).toContain('+NETOPEN: 1');
  });

  it('has no GNSS on the variant without', async () => {
    const bench = await ready('+CGMR: 23110B01A7670M4A');
    expect(await bench.command('AT+CGNSSPWR=1')).toBe('\r\nERROR\r\n');
  });

  it('says so when it is asked for what is open or closed already', async () => {
    const bench = await ready();
    await bench.register();
    expect(await bench.command('AT+NETCLOSE')).toBe('\r\n+NETCLOSE: 2\r\n\r\nERROR\r\n');
    expect(await bench.command('AT+IPADDR')).toBe('\r\n+IP ERROR: Network not opened\r\n\r\nERROR\r\n');
    await until(bench, 'AT+NETOPEN', /\+NETOPEN: 0\r\n/);
    expect(await bench.command('AT+NETOPEN')).toBe(
      '\r\n+IP ERROR: Network is already opened\r\n\r\nERROR\r\n',
    );
  });
});
