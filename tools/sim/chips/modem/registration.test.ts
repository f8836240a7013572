import { describe, expect, it } from 'vitest';
import { type Bench, berlin, ICCID } from './bench.ts';
import { dialogues, familyNames, online, switchedOn } from './dialogues.ts';
import type { FamilyName } from './family.ts';

const warsaw = { ...berlin, mcc: '260', mnc: '06', roaming: true };
const ALL_FF = 'FFFFFFFFFFFFFFFFFFFFFFFF';

async function settled(bench: Bench): Promise<string | undefined> {
  await bench.run(60);
  return /\+CEREG: \d,(\d)/.exec(await bench.command('AT+CEREG?'))?.[1];
}

function air(family: FamilyName, cell: Bench['cells'][keyof Bench['cells']]): Bench['cells'] {
  return cell ? { [dialogues[family].technology]: cell } : {};
}

describe.each(familyNames)('%s registration', (family) => {
  it('tells the world which cell it has joined', async () => {
    const bench = await switchedOn(family);
    expect(await settled(bench)).toBe('1');
    expect(bench.joins).toEqual([berlin]);
  });

  it('is denied where the network refuses the SIM, and remembers that without power', async () => {
    const bench = await switchedOn(family);
    bench.cells = air(family, { ...berlin, refuses: 'registration' });
    expect(await settled(bench)).toBe('3');
    expect(bench.joins).toEqual([]);
    // Whatever it would say now: it is not asked again.
    bench.cells = air(family, berlin);
    bench.modem.setSupply(false);
    await bench.powerUp();
    await bench.poll('AT+CPIN?', /READY/, 10, 1);
    await bench.run(3);
    expect(await bench.command('AT+CEREG?')).toContain('+CEREG: 0,3');
    expect(await settled(bench)).toBe('3');
  });

  it('tries the network again when the list on the SIM has been cleared', async () => {
    const bench = await switchedOn(family);
    bench.cells = air(family, { ...berlin, refuses: 'registration' });
    expect(await settled(bench)).toBe('3');
    bench.cells = air(family, berlin);
    expect(await bench.command('AT+CRSM=176,28539,0,0,12')).toContain(
      '+CRSM: 144,0,"62F210FFFFFFFFFFFFFFFFFF"',
    );
    expect(await bench.command(`AT+CRSM=214,28539,0,0,12,"${ALL_FF}"`)).toContain('+CRSM: 144,0,""');
    expect(await settled(bench)).toBe('1');
  });

  it('takes another network where one has refused it', async () => {
    const bench = await switchedOn(family);
    bench.cells = air(family, { ...berlin, refuses: 'registration' });
    expect(await settled(bench)).toBe('3');
    bench.cells = air(family, warsaw);
    expect(await settled(bench)).toBe('5');
  });

  it('names its network in digits when asked to', async () => {
    const bench = await switchedOn(family);
    expect(await bench.command('AT+COPS?')).toContain('+COPS: 0\r\n');
    await bench.register();
    await bench.command('AT+COPS=3,2');
    const { technology } = dialogues[family];
    const code = family === 'bg9x' ? 8 : 7;
    expect(technology.startsWith('LTE')).toBe(true);
    expect(await bench.command('AT+COPS?')).toContain(`+COPS: 0,2,"26201",${code}\r\n`);
  });

  it('takes only the network that is chosen by hand, and keeps the choice without power', async () => {
    const bench = await switchedOn(family);
    await bench.register();
    expect(await bench.command('AT+COPS=1,2,"26006"', 120)).toContain('+CME ERROR: no network service');
    expect(await settled(bench)).toBe('2');
    bench.cells = air(family, warsaw);
    expect(await bench.command('AT+COPS=1,2,"26006"', 120)).toContain('OK');
    await bench.command('AT+COPS=3,2');
    expect(await bench.command('AT+COPS?')).toContain('+COPS: 1,2,"26006",');
    bench.cells = air(family, berlin);
    bench.modem.setSupply(false);
    await bench.powerUp();
    expect(await settled(bench)).toBe('2');
    expect(await bench.command('AT+COPS=0', 120)).toContain('OK');
    expect(await settled(bench)).toBe('1');
  });

  it('leaves the network on COPS=2 and comes back on COPS=0', async () => {
    const bench = await switchedOn(family);
    await bench.register();
    await bench.command('AT+COPS=2');
    expect(await bench.command('AT+CEREG?')).toContain('+CEREG: 0,0');
    expect(await bench.command('AT+COPS?')).toContain('+COPS: 2\r\n');
    await bench.command('AT+COPS=0');
    expect(await settled(bench)).toBe('1');
  });

  it.each(['AT+COPS=1,2,"berlin"', 'AT+COPS=1,0,"26201"', 'AT+COPS=3,7', 'AT+CRSM=214,28539,0,0,12,"FF"'])(
    'refuses %s',
    async (line) => {
      const bench = await switchedOn(family);
      await bench.run(10);
      expect(await bench.command(line)).toMatch(/ERROR/);
    },
  );
});

describe.each(familyNames)('%s PDP context', (family) => {
  it('is refused by a network that refuses data, whatever the seed', async () => {
    for (let seed = 1; seed <= 6; seed++) {
      const bench = await switchedOn(family, { seed });
      const cell = { ...berlin, refuses: 'data' as const };
      bench.cells = air(family, cell);
      await bench.register();
      expect(bench.joins).toEqual([cell]);
      expect(await dialogues[family].activate(bench, 'iot')).not.toMatch(dialogues[family].active);
    }
  });

  it('comes with an APN that the network knows, or with none, and not with another', async () => {
    const attempt = async (apn: string): Promise<boolean> => {
      const bench = await switchedOn(family, { apns: ['iot', 'm2m'] });
      await bench.register();
      return dialogues[family].active.test(await dialogues[family].activate(bench, apn));
    };
    expect(await attempt('m2m')).toBe(true);
    expect(await attempt('')).toBe(true);
    expect(await attempt('internet')).toBe(false);
  });

  it('is lost with the cell', async () => {
    const bench = await online(family);
    const from = bench.heard.length;
    bench.cells = {};
    await bench.run(10);
    expect(bench.heard.slice(from)).toContain(dialogues[family].pdpLost);
  });
});

describe.each(familyNames)('%s SIM', (family) => {
  it('tells its number', async () => {
    const bench = await switchedOn(family);
    await bench.run(5);
    expect(await bench.command(dialogues[family].iccid)).toContain(ICCID);
  });

  it('is missed when there is none, and found at the next start when one has been put in', async () => {
    const bench = await switchedOn(family, { sim: { iccid: ICCID, absent: true } });
    await bench.run(5);
    expect(bench.heard).toContain('\r\n+CPIN: NOT INSERTED\r\n');
    expect(await bench.command('AT+CPIN?')).toContain('+CME ERROR: SIM not inserted');
    expect(await bench.command(dialogues[family].iccid)).toContain('+CME ERROR: SIM not inserted');
    expect(await bench.command('AT+CEREG?')).toContain('+CEREG: 0,0');
    bench.modem.swapSim({ iccid: '8949000000000000001' });
    bench.modem.setSupply(false);
    await bench.powerUp();
    await bench.register();
    expect(await bench.command(dialogues[family].iccid)).toContain('8949000000000000001');
  });

  it('takes the registration with it when it is pulled out, and brings its own list of networks', async () => {
    const bench = await switchedOn(family);
    bench.cells = air(family, { ...berlin, refuses: 'registration' });
    expect(await settled(bench)).toBe('3');
    bench.cells = air(family, berlin);
    bench.modem.swapSim({ iccid: '8949000000000000001' });
    await bench.run(1);
    expect(await bench.command('AT+CPIN?')).toContain('SIM not inserted');
    expect(await bench.command('AT+CEREG?')).toContain('+CEREG: 0,0');
    bench.modem.setSupply(false);
    await bench.powerUp();
    expect(await settled(bench)).toBe('1');
  });

  it('wants the PUK from the start when it has been locked before', async () => {
    const bench = await switchedOn(family, { sim: { iccid: ICCID, pin: '1234', pukLocked: true } });
    await bench.run(5);
    expect(await bench.command('AT+CPIN?')).toContain('+CPIN: SIM PUK');
    expect(await bench.command('AT+CPIN="1234"')).toContain('+CME ERROR: SIM PUK required');
  });

  it('answers with its identity', async () => {
    const bench = await switchedOn(family);
    expect(await bench.command('AT+CGSN')).toMatch(/^\r\n\d{15}\r\n\r\nOK\r\n$/);
    expect(await bench.command('AT+CGMM')).toMatch(/7080|7000|7670|BG95/);
    expect(await bench.command('AT+CGMR')).toMatch(/7080|7000|7670|BG95/);
  });
});
