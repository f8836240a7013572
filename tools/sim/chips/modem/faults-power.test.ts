import { describe, expect, it } from 'vitest';
import { Bench, berlin } from './bench.ts';
import { connected, dialogues, familyNames, online, switchedOn } from './dialogues.ts';

/** Longer than any family wants for either. */
const PRESS_S = 3;

async function answers(bench: Bench): Promise<boolean> {
  return (await bench.command('AT', 2)).includes('OK');
}

/** PWRKEY, and time to go off or to boot. */
async function press(bench: Bench): Promise<void> {
  await bench.press(PRESS_S);
  await bench.run(12);
}

describe.each(familyNames)('%s with a power fault', (family) => {
  it('locks up at boot until the supply is cut', async () => {
    const bench = new Bench({ family, faults: { silentAfterBoot: true } });
    bench.modem.setSupply(true);
    await press(bench);
    expect(await answers(bench)).toBe(false);
    await press(bench);
    await press(bench);
    expect(await answers(bench)).toBe(false);
    bench.modem.setSupply(false);
    await bench.powerUp();
    expect(await answers(bench)).toBe(true);
  });

  it('does not mind PWRKEY until the supply is cut', async () => {
    const bench = await switchedOn(family);
    bench.modem.faults.stuckUntilPowerCut = true;
    await press(bench);
    expect(await answers(bench)).toBe(true);
    bench.modem.setSupply(false);
    await bench.powerUp();
    await press(bench);
    expect(await answers(bench)).toBe(false);
  });

  it('goes silent in the middle of everything and comes back by PWRKEY', async () => {
    const bench = await switchedOn(family);
    await bench.run(20);
    bench.modem.faults.silent = true;
    const from = bench.heard.length;
    expect(await answers(bench)).toBe(false);
    await bench.run(60);
    await press(bench);
    expect(bench.states.at(-1)).toBe('off');
    expect(bench.heard.slice(from)).toBe('');
    await press(bench);
    expect(await answers(bench)).toBe(true);
    expect(bench.modem.faults).toEqual({});
  });

  it('is switched off by a press that was meant to switch it on', async () => {
    const bench = await switchedOn(family);
    await press(bench);
    expect(bench.states.at(-1)).toBe('off');
  });

  it('boots with noise or without, as told', async () => {
    const boot = async (noiseAtBoot: boolean, seed: number): Promise<string> => {
      const bench = new Bench({ family, seed, faults: { noiseAtBoot } });
      bench.modem.setSupply(true);
      await bench.press(1.1);
      await bench.run(12);
      return bench.heard;
    };
    for (let seed = 1; seed <= 5; seed++) {
      expect(await boot(true, seed)).toMatch(/^\xf0/);
      expect(await boot(false, seed)).not.toMatch(/\xf0/);
    }
  });

  it('says nothing when it goes down', async () => {
    const say = async (powerDownSilent: boolean): Promise<string> => {
      const bench = await switchedOn(family, { faults: { powerDownSilent } });
      await bench.run(20);
      const from = bench.heard.length;
      bench.write(`${dialogues[family].powerOff}\r`);
      await bench.run(10);
      expect(bench.states.at(-1)).toBe('off');
      return bench.heard.slice(from);
    };
    const { poweredDown } = dialogues[family];
    if (poweredDown) expect(await say(false)).toContain(poweredDown);
    expect(await say(true)).not.toContain('POWER');
  });
});

describe.each(['sim7000', 'a7670', 'bg9x'] as const)('%s on a weak battery', (family) => {
  it('takes the supply down with a burst on GSM, and can be switched on again', async () => {
    const bench = await switchedOn(family, { faults: { brownOutOnGsmBurst: 3600 } });
    bench.cells = { GSM: berlin };
    bench.millivolts = 3500;
    await bench.run(60);
    expect(bench.brownOuts).toBe(1);
    expect(bench.states.at(-1)).toBe('off');
    expect(await answers(bench)).toBe(false);
    bench.millivolts = 3700;
    await bench.powerUp();
    await bench.poll('AT+CGREG?', /: \d,1/, 30, 2);
    expect(bench.brownOuts).toBe(1);
  });

  it('does not with a burst on LTE', async () => {
    const bench = await online(family, { faults: { brownOutOnGsmBurst: 3600 } });
    bench.millivolts = 3500;
    await dialogues[family].open(bench, false);
    expect(await dialogues[family].send(bench, 'x')).toMatch(dialogues[family].sent);
    expect(bench.brownOuts).toBe(0);
  });
});

describe('SIM7000 that has frozen', () => {
  it('can be kept from it', async () => {
    const bench = await connected('sim7000', { faults: { overReadFreezes: false } });
    expect(await bench.command('AT+CARECV=0,100')).toContain('OK');
  });
});

describe.each(['sim7080', 'a7670', 'bg9x'] as const)('%s asked for more than it has', (family) => {
  it('freezes when told to, until the supply is cut', async () => {
    const bench = await connected(family);
    bench.stream.answer = () => ['abc'];
    await dialogues[family].send(bench, 'x');
    await bench.run(5);
    bench.modem.faults.overReadFreezes = true;
    expect(await dialogues[family].receive(bench, 100)).not.toContain('abc');
    await press(bench);
    await press(bench);
    expect(await answers(bench)).toBe(false);
    bench.modem.setSupply(false);
    await bench.powerUp();
    expect(await answers(bench)).toBe(true);
  });
});
