import { describe, expect, it } from 'vitest';
import { Bench, certificate } from './bench.ts';

const OPEN = 'AT+CAOPEN=0,0,"TCP","broker.example",8883';

async function online(): Promise<Bench> {
  const bench = new Bench();
  await bench.powerUp();
  await bench.command('AT+CCLK="26/11/21,12:00:00+00"');
  await bench.register();
  await bench.activate();
  await bench.command('AT+CASSLCFG=0,"SSL",1');
  return bench;
}

describe('SIM7080 TLS', () => {
  it('keeps a file without power and converts it', async () => {
    const bench = new Bench();
    await bench.powerUp();
    expect(await bench.command('AT+CSSLCFG="CONVERT",2,"ca.crt"')).toBe('\r\nERROR\r\n');
    await bench.uploadCa();
    bench.modem.setSupply(false);
    await bench.powerUp();
    expect(await bench.command('AT+CSSLCFG="CONVERT",2,"ca.crt"')).toBe('\r\nOK\r\n');
    await bench.command('AT+CFSINIT');
    expect(await bench.command('AT+CFSGFIS=3,"ca.crt"')).toContain(`+CFSGFIS: ${certificate.length}`);
  });

  it('does not take half a file', async () => {
    const bench = new Bench();
    await bench.powerUp();
    await bench.run(20);
    expect(await bench.command('AT+CFSWFILE=3,"ca.crt",0,100,1000')).toContain('operation not allowed');
    await bench.command('AT+CFSINIT');
    const from = bench.heard.length;
    bench.write('AT+CFSWFILE=3,"ca.crt",0,100,1000\r');
    await bench.run(0.5);
    bench.write('too short');
    await bench.run(3);
    expect(bench.heard.slice(from)).toBe('\r\nDOWNLOAD\r\n\r\nERROR\r\n');
    expect(await bench.command('AT+CFSGFIS=3,"ca.crt"')).toBe('\r\nERROR\r\n');
  });

  it('does not convert what is no certificate', async () => {
    const bench = new Bench();
    await bench.powerUp();
    await bench.command('AT+CFSINIT');
    bench.write('AT+CFSWFILE=3,"ca.crt",0,4,1000\r');
    await bench.run(0.5);
    bench.write('junk');
    await bench.run(1);
    expect(await bench.command('AT+CSSLCFG="CONVERT",2,"ca.crt"')).toBe('\r\nERROR\r\n');
  });

  it.each([
    'AT+CSSLCFG="SSLVERSIONS",0,3',
    'AT+CSSLCFG=0,"SSLVERSION",3',
    'AT+CSSLCFG="SSLVERSION",9,3',
    'AT+CASSLCFG=0,"CACERTS","ca.crt"',
    'AT+CASSLCFG=0,"CACERT",ca.crt',
    'AT+CASSLCFG="SSL",0,1',
  ])('refuses %s', async (line) => {
    expect(await (await online()).command(line)).toBe('\r\nERROR\r\n');
  });

  it('wants TLS switched on before the settings for it', async () => {
    const bench = new Bench();
    await bench.powerUp();
    expect(await bench.command('AT+CASSLCFG=0,"CRINDEX",0')).toBe('\r\nERROR\r\n');
  });

  it('trusts anyone when it has no CA', async () => {
    const bench = await online();
    bench.connectError = 'tls-certificate';
    expect(await bench.open(OPEN)).toBe('0');
  });

  it('fails with a CA that was named but never converted', async () => {
    const bench = await online();
    await bench.command('AT+CASSLCFG=0,"CACERT","ca.crt"');
    expect(await bench.open(OPEN)).toBe('4');
    expect(bench.targets).toEqual([]);
  });

  it.each([
    ['tls-certificate', '27'],
    ['tls-name', '25'],
  ] as const)('refuses a server with %s when it has a CA', async (error, code) => {
    const bench = await online();
    await bench.uploadCa();
    await bench.command('AT+CSSLCFG="CONVERT",2,"ca.crt"');
    await bench.command('AT+CASSLCFG=0,"CACERT","ca.crt"');
    expect(await bench.open(OPEN)).toBe('0');
    await bench.command('AT+CACLOSE=0');
    bench.connectError = error;
    expect(await bench.open(OPEN)).toBe(code);
  });

  it('cannot check dates without a clock, unless told not to', async () => {
    const bench = await online();
    await bench.uploadCa();
    await bench.command('AT+CSSLCFG="CONVERT",2,"ca.crt"');
    await bench.command('AT+CASSLCFG=0,"CACERT","ca.crt"');
    await bench.command('AT+CCLK="80/01/06,00:00:00+00"');
    expect(await bench.open(OPEN)).toBe('24');
    await bench.command('AT+CSSLCFG="IGNORERTCTIME",0,1');
    expect(await bench.open(OPEN)).toBe('0');
  });
});
