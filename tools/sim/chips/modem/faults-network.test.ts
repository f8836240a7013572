import { describe, expect, it } from 'vitest';
import { openSky } from './bench.ts';
import { connected, dialogues, familyNames, online, switchedOn } from './dialogues.ts';

describe.each(familyNames)('%s with a fault in the network', (family) => {
  const dialogue = dialogues[family];

  it('is denied everywhere, and by those networks for good', async () => {
    const bench = await switchedOn(family, { faults: { denied: true } });
    await bench.run(60);
    expect(await bench.command('AT+CEREG?')).toContain('+CEREG: 0,3');
    delete bench.modem.faults.denied;
    await bench.run(60);
    expect(await bench.command('AT+CEREG?')).toContain('+CEREG: 0,3');
    await bench.command('AT+CRSM=214,28539,0,0,12,"FFFFFFFFFFFFFFFFFFFFFFFF"');
    await bench.register();
  });

  it('gets no PDP context', async () => {
    const bench = await switchedOn(family, { faults: { pdpRefused: true } });
    await bench.register();
    expect(await dialogue.activate(bench, 'iot')).not.toMatch(dialogue.active);
    delete bench.modem.faults.pdpRefused;
    await bench.run(5);
    expect(await dialogue.activate(bench, 'iot')).toMatch(dialogue.active);
  });

  it('loses its PDP context after so many seconds, and the connection with it, once', async () => {
    const bench = await connected(family);
    const from = bench.heard.length;
    bench.modem.faults.pdpLostAfterS = 60;
    await bench.run(30);
    expect(bench.heard.slice(from)).toBe('');
    await bench.run(60);
    expect(bench.heard.slice(from)).toContain(dialogue.pdpLost);
    expect(bench.heard.slice(from)).toContain(dialogue.closed);
    expect(bench.stream.closed).toBe(true);
    expect(bench.modem.faults).toEqual({});
    expect(await bench.command('AT+CEREG?')).toMatch(/\+CEREG: 0,[15]/);
  });

  it.each([
    ['1980', '80/01/06'],
    ['1970', '70/01/01'],
  ] as const)('starts its clock in %s and is told no time', async (clockSentinel, date) => {
    const bench = await switchedOn(family, { faults: { clockSentinel } });
    await bench.command(family.startsWith('sim') ? 'AT+CLTS=1' : 'AT+CTZU=1');
    await bench.register();
    await bench.run(20);
    expect(await bench.command('AT+CCLK?')).toContain(`+CCLK: "${date},00:0`);
  });

  it('is told local time for UTC', async () => {
    const bench = await switchedOn(family, { faults: { clockSentinel: 'local' } });
    await bench.command(family.startsWith('sim') ? 'AT+CLTS=1' : 'AT+CTZU=1');
    await bench.register();
    await bench.run(20);
    expect(await bench.command('AT+CCLK?')).toMatch(/"26\/11\/21,17:3\d:\d\d\+00"/);
  });

  it('asks a time server when the network tells none', async () => {
    const bench = await online(family, { faults: { clockSentinel: '1980' } });
    const from = bench.heard.length;
    if (family !== 'bg9x') await bench.command('AT+CNTP="pool.ntp.org",0');
    await bench.command(family === 'bg9x' ? 'AT+QNTP=1,"pool.ntp.org"' : 'AT+CNTP');
    const good = family === 'bg9x' ? '+QNTP: 0,' : family === 'a7670' ? '+CNTP: 0\r' : '+CNTP: 1\r';
    expect(await bench.until(/NTP: \d[^\r]*\r\n/, 10, from)).toContain(good);
    expect(await bench.command('AT+CCLK?')).toMatch(/"26\/11\/21,12:0\d:\d\d\+00"/);
  });
});

describe.each(familyNames)('%s with a fault at its socket', (family) => {
  const dialogue = dialogues[family];

  it('loses the bytes of one send, says so, and takes the next', async () => {
    const bench = await connected(family, { faults: { casendErrorOnce: true } });
    expect(await dialogue.send(bench, 'one')).toMatch(/ERROR|SEND FAIL/);
    expect(await dialogue.send(bench, 'two')).toMatch(dialogue.sent);
    await bench.run(5);
    expect(bench.stream.got).toEqual(['two']);
  });

  it('restarts when it has taken the bytes of a send', async () => {
    const bench = await connected(family, { faults: { rebootDuringSend: true } });
    expect(await dialogue.send(bench, 'one')).not.toMatch(/OK/);
    expect(bench.states).toContain('booting');
    expect(bench.stream.got).toEqual([]);
    expect(bench.stream.closed).toBe(true);
  });

  it('has nothing acknowledged until its buffer is full and it takes no more', async () => {
    const bench = await connected(family, { faults: { sendStuck: true } });
    const outcomes: string[] = [];
    for (let i = 0; i < 8; i++) outcomes.push(await dialogue.send(bench, 'x'.repeat(1460)));
    expect(outcomes[0]).toMatch(dialogue.sent);
    expect(outcomes.at(-1)).toMatch(/ERROR|SEND FAIL/);
    await bench.run(60);
    expect(bench.stream.got).toEqual([]);
    if (family.startsWith('sim')) {
      expect(await bench.command('AT+CAACK=0')).toContain('+CAACK: 8760,8760');
    }
  });

  it('reads less than there is, and the rest afterwards', async () => {
    const bench = await connected(family, { faults: { shortRead: true } });
    bench.stream.answer = () => ['abcdef'];
    await dialogue.send(bench, 'x');
    await bench.run(5);
    const first = await dialogue.receive(bench, 6);
    expect(first).toContain('abc');
    expect(first).not.toContain('d');
    delete bench.modem.faults.shortRead;
    expect(await dialogue.receive(bench, 3)).toContain('def');
  });

  it('tells when the far side has closed', async () => {
    const bench = await connected(family);
    const from = bench.heard.length;
    bench.stream.hangUp();
    await bench.run(5);
    expect(bench.heard.slice(from)).toBe(`\r\n${dialogue.closed}\r\n`);
  });
});

describe.each(['sim7080', 'sim7000'] as const)('%s', (family) => {
  it('ends a send with OK alone or with the count alone', async () => {
    const bench = await connected(family, { faults: { sendFinal: 'verbose' } });
    expect(await dialogues[family].send(bench, 'hello')).toBe('\r\n+CASEND: 0,0,5\r\n');
    bench.modem.faults.sendFinal = 'bare-ok';
    expect(await dialogues[family].send(bench, 'hello')).toBe('\r\nOK\r\n');
  });
});

describe.each(familyNames)('%s with a fault in GNSS', (family) => {
  const dialogue = dialogues[family];

  async function position(faults: object, sky = true): Promise<string> {
    const bench = await switchedOn(family);
    if (sky) bench.fix = openSky;
    await bench.command(dialogue.gnssOn);
    await bench.run(70);
    Object.assign(bench.modem.faults, faults);
    return bench.poll(dialogue.position, /\+(CGNSINF|CGNSSINFO|QGPSLOC): |ERROR/, 10, 0.5);
  }

  const fixed = /,0?N?-?0\.405|,0\.405/;

  it('has its fix without one', async () => {
    expect(await position({})).toMatch(fixed);
  });

  it('keeps the flag of a good fix empty', async () => {
    const said = await position({ fixFlagEmpty: true });
    expect(said).toMatch(fixed);
    const flagged = { sim7080: /: 1,,/, sim7000: /: 1,,/, a7670: /: ,09/, bg9x: /,34\.0,,/ };
    expect(said).toMatch(flagged[family]);
  });

  it('shows an old position with its old time, under a roof and without a flag', async () => {
    const said = await position({ staleFix: true }, false);
    expect(said).toContain('31.84536');
    expect(said).toMatch(family.startsWith('sim') ? /20261120/ : /201126/);
  });
});
