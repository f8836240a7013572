import { describe, expect, it } from 'vitest';
import { Bench } from '../../bench.ts';
import { DNS_LOOKUP, dataOnAir, TCP_HANDSHAKE, TCP_TEARDOWN, TLS_HANDSHAKE } from '../../on-air.ts';

const seeds = [1, 2, 3, 4, 5];

describe('SIM7080 uplink over TLS from cold', () => {
  it.each(seeds)('runs the whole dialogue with seed %i', async (seed) => {
    const bench = new Bench({ seed });
    bench.stream.answer = (text) => (text === 'CONNECT' ? ['CONNACK'] : ['PUBACK 1', 'PUBACK 2']);
    const ok = async (command: string, answer = ''): Promise<void> => {
      const said = await bench.command(command, 120);
      expect(said).toContain(answer);
      expect(said).toMatch(/\r\nOK\r\n$/);
    };
    await bench.powerUp();
    await bench.poll('AT+CPIN?', /READY/, 10, 1);
    await ok('AT+CLTS=1');
    await ok('AT+CFUN?', '+CFUN: 1');
    await ok('AT+CNMP=38');
    await ok('AT+CMNB=3');
    await ok('AT+CBANDCFG="CAT-M",3,20,28');
    await ok('AT+CEREG=4');
    await ok('AT+CGREG=2');
    await bench.register();
    await ok('AT+CPSI?', 'LTE CAT-M1,Online,262-01,0x5B57');
    await ok('AT+CSQ', '+CSQ: 20,99');
    await ok('AT+CNCFG=0,1,"iot"');
    await bench.activate();
    await ok('AT+CNACT?', '+CNACT: 0,1,"10.');
    await bench.poll('AT+CCLK?', /"26\/11\/21/, 10, 2);
    await bench.uploadCa();
    await ok('AT+CSSLCFG="CONVERT",2,"ca.crt"');
    await ok('AT+CSSLCFG="SSLVERSION",0,3');
    await ok('AT+CSSLCFG="SNI",0,"broker.example"');
    await ok('AT+CASSLCFG=0,"SSL",1');
    await ok('AT+CASSLCFG=0,"CRINDEX",0');
    await ok('AT+CASSLCFG=0,"CACERT","ca.crt"');

    const before = { up: bench.upBytes, down: bench.downBytes };
    expect(await bench.open('AT+CAOPEN=0,0,"TCP","broker.example",8883')).toBe('0');
    expect(bench.targets).toEqual([{ host: 'broker.example', port: 8883, tls: true }]);
    await ok('AT+CASTATE?', '+CASTATE: 0,1');
    let from = bench.heard.length;
    expect(await bench.send('CONNECT')).toMatch(/OK\r\n/);
    await bench.until(/\+CADATAIND: 0\r\n/, 10, from);
    await ok('AT+CARECV=0,1460', '+CARECV: 7,CONNACK');
    from = bench.heard.length;
    expect(await bench.send('P'.repeat(1000))).toMatch(/OK\r\n/);
    await bench.until(/\+CADATAIND: 0\r\n/, 10, from);
    await bench.run(1);
    await ok('AT+CARECV=0,1460', '+CARECV: 16,PUBACK 1PUBACK 2');
    await ok('AT+CAACK=0', '+CAACK: 1007,0');
    await ok('AT+CACLOSE=0');

    const up = [dataOnAir(7, true), dataOnAir(1000, true)];
    const down = [dataOnAir(7, true), dataOnAir(8, true), dataOnAir(8, true)];
    const fixed = [DNS_LOOKUP, TCP_HANDSHAKE, TLS_HANDSHAKE, TCP_TEARDOWN];
    const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
    expect(bench.upBytes - before.up).toBe(
      sum([...fixed.map((cost) => cost.up), ...up.map((d) => d.forward), ...down.map((d) => d.backward)]),
    );
    expect(bench.downBytes - before.down).toBe(
      sum([...fixed.map((cost) => cost.down), ...down.map((d) => d.forward), ...up.map((d) => d.backward)]),
    );

    from = bench.heard.length;
    await ok('AT+CNACT=0,0');
    expect(await bench.until(/DEACTIVE/, 30, from)).toMatch(/\+APP PDP: (0,)?DEACTIVE/);
    bench.write('AT+CPOWD=1\r');
    await bench.run(10);
    expect(bench.heard).toMatch(/\r\nNORMAL POWER DOWN\r\n$/);
    expect(bench.stream.got).toEqual(['CONNECT', 'P'.repeat(1000)]);
    expect(bench.states.filter((state) => state !== 'connected' && state !== 'transmitting')).toEqual(
      expect.arrayContaining(['booting', 'idle', 'searching', 'off']),
    );
  });
});
