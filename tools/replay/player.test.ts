import { expect, test } from 'vitest';
import { Kernel } from '../sim/kernel.ts';
import type { Decision } from './decision.ts';
import { Player } from './player.ts';
import { parseTranscript } from './transcript.ts';

/** A player with nothing but a terminal at its UART. */
class Desk {
  readonly kernel = new Kernel();
  readonly happenings: object[] = [];
  readonly player: Player;
  #heard = '';

  constructor(lines: string, options: { rail?: boolean; assumeOk?: boolean } = {}) {
    const items = parseTranscript(lines, 'test');
    const wants = new Map([
      ['AT+CFUN?', ': 1'],
      ['AT+QCFG="band"', '"band",3'],
      ['AT+COPS?', '+COPS: 0'],
    ]);
    this.player = new Player(
      this.kernel,
      items,
      { rail: true, assumeOk: false, wants, ...options },
      (happening) => this.happenings.push(happening),
    );
    this.player.uart.open((bytes) => {
      this.#heard += bytes;
    });
  }

  /** Write, let time pass, and return what was heard since. */
  async ask(text: string, seconds = 0.1): Promise<string> {
    this.player.uart.write(text);
    return this.wait(seconds);
  }

  async wait(seconds: number): Promise<string> {
    await this.kernel.run(this.kernel.nowUs + seconds * 1e6);
    const heard = this.#heard;
    this.#heard = '';
    return heard;
  }

  async press(): Promise<string> {
    this.player.wiring.pwrkey(true);
    const heard = await this.wait(1);
    this.player.wiring.pwrkey(false);
    return heard;
  }

  get fits(): (string | undefined)[] {
    return (this.happenings as Decision[]).flatMap((happening) =>
      happening.kind === 'wrote' ? [happening.fit + (happening.late ? ' late' : '')] : [],
    );
  }
}

const answer = (command: string, text: string) =>
  `{"expect": ${JSON.stringify(command)}}\n{"send": ${JSON.stringify(text)}}\n`;

test('an answer comes after its delay, and the pauses in it pass', async () => {
  const desk = new Desk('{"expect": "AT+A"}\n{"send": "1", "afterS": 2}\n{"wait": 3}\n{"send": "2"}');
  expect(await desk.ask('AT+A\r', 1.9)).toBe('');
  expect(await desk.wait(0.2)).toBe('1');
  expect(await desk.wait(2.8)).toBe('');
  expect(await desk.wait(0.2)).toBe('2');
});

test('a command with other arguments is answered, and told to differ', async () => {
  const desk = new Desk(answer('AT+A=1', 'one'));
  expect(await desk.ask('AT+A=2\r')).toBe('one');
  expect(desk.happenings[0]).toMatchObject({ text: 'AT+A=2', fit: 'differs', expected: 'AT+A=1', line: 1 });
});

test('what the transcript does not have stays unanswered, and loses nothing', async () => {
  const desk = new Desk(answer('AT+A', 'one'));
  expect(await desk.ask('AT+B\r', 100)).toBe('');
  expect(await desk.ask('AT+A\r')).toBe('one');
  expect(await desk.ask('AT+A\r', 100)).toBe('');
  expect(desk.fits).toEqual(['missing', 'exact', 'used-up']);
});

test('what the tracker leaves out is passed over, and found again when it comes later after all', async () => {
  const desk = new Desk(answer('AT+A', 'one') + answer('AT+B', 'two') + answer('AT+C', 'three'));
  expect(await desk.ask('AT+C\r')).toBe('three');
  expect(desk.happenings[0]).toEqual({ kind: 'skipped', lines: [1, 3] });
  expect(await desk.ask('AT+B\r')).toBe('two');
  expect(desk.fits).toEqual(['exact', 'exact late']);
  expect(desk.player.unused).toEqual([1]);
});

test('a repeated question takes the nearest answer ahead, not one of another session far behind', async () => {
  const far = Array.from({ length: 20 }, (_, i) => answer(`AT+X${i}`, 'x')).join('');
  const desk = new Desk(answer('AT+A', 'first') + answer('AT+B', 'b') + far + answer('AT+A', 'far'));
  expect(await desk.ask('AT+B\r')).toBe('b');
  expect(await desk.ask('AT+A\r')).toBe('first');
});

test('a plain AT that is not there is answered while the modem lives on, and not behind its last answer', async () => {
  const desk = new Desk(answer('AT+A', 'one'));
  expect(await desk.ask('AT\r')).toBe('\r\nOK\r\n');
  expect(await desk.ask('AT+A\r')).toBe('one');
  expect(await desk.ask('AT\r', 10)).toBe('');
});

test('a plain AT is not answered while the modem works at a command', async () => {
  const desk = new Desk(
    '{"expect": "AT+A"}\n{"send": "\\r\\nOK\\r\\n", "afterS": 70}\n{"expect": "AT+B"}\n{"send": "b"}',
  );
  expect(await desk.ask('AT+A\r', 60)).toBe('');
  expect(await desk.ask('AT\r', 5)).toBe('');
  expect(await desk.wait(10)).toBe('\r\nOK\r\n');
});

test('a pause ends early when the tracker goes on to what stands behind it', async () => {
  const desk = new Desk(`{"expect": "AT+A"}\n{"wait": 60}\n{"send": "late "}\n${answer('AT+B', 'b')}`);
  await desk.ask('AT+A\r');
  expect(await desk.ask('AT+B\r')).toBe('late b');
});

test('settings, and questions with a known answer, are assumed to be well where that was asked for; nothing else is', async () => {
  const desk = new Desk(answer('AT+Z', 'z'), { assumeOk: true });
  expect(await desk.ask('AT+A=1\r')).toBe('\r\nOK\r\n');
  expect(await desk.ask('AT+CFUN?\r')).toBe('\r\n+CFUN: 1\r\n\r\nOK\r\n');
  expect(await desk.ask('AT+COPS?\r')).toBe('\r\n+COPS: 0\r\n\r\nOK\r\n');
  expect(await desk.ask('AT+QCFG="band"\r')).toBe('\r\n+QCFG: "band",3\r\n\r\nOK\r\n');
  expect(await desk.ask('AT+A?\r')).toBe('');
  expect(await desk.ask('AT+CASEND=0,5\r')).toBe('');
  expect(desk.fits).toEqual(['assumed', 'assumed', 'assumed', 'assumed', 'missing', 'missing']);
});

test('bytes behind a prompt are counted, not read; what stands behind the prompt waits for them', async () => {
  const desk = new Desk('{"expect": "AT+CASEND=0,*"}\n{"send": "\\r\\n> "}\n{"send": "\\r\\nOK\\r\\n"}');
  expect(await desk.ask('AT+CASEND=0,6\r')).toBe('\r\n> ');
  expect(await desk.ask('AT\rA')).toBe('');
  expect(await desk.ask('T\r')).toBe('\r\nOK\r\n');
  expect(desk.fits).toEqual(['exact']);
});

test('a prompt that gets too few bytes goes on after 5 s, and commands are commands again', async () => {
  const desk = new Desk(
    `{"expect": "AT+CASEND=0,*"}\n{"send": "> "}\n{"send": "ERROR"}\n${answer('AT+A', 'a')}`,
  );
  await desk.ask('AT+CASEND=0,100\r');
  expect(await desk.ask('short', 4)).toBe('');
  expect(await desk.wait(2)).toBe('ERROR');
  expect(await desk.ask('AT+A\r')).toBe('a');
  expect(desk.happenings).toContainEqual({ kind: 'payload', bytes: 5, of: 100 });
});

test('a modem that is off at first hears nothing until PWRKEY is pressed', async () => {
  const desk = new Desk(`{"close": true}\n{"send": "RDY", "afterS": 0.5}\n${answer('AT', 'OK')}`);
  expect(await desk.ask('AT\r', 10)).toBe('');
  expect(await desk.press()).toBe('RDY');
  expect(await desk.ask('AT\r')).toBe('OK');
});

test('a modem that hangs is switched off by PWRKEY, and on by it', async () => {
  const desk = new Desk(`${answer('AT+A', 'one')}{"close": true}\n${answer('AT+B', 'two')}`);
  expect(await desk.ask('AT+A\r')).toBe('one');
  expect(await desk.ask('AT+B\r')).toBe('');
  await desk.press();
  expect(await desk.ask('AT+B\r')).toBe('');
  await desk.press();
  expect(await desk.ask('AT+B\r')).toBe('two');
});

test('a modem that hangs is switched off by its supply', async () => {
  const desk = new Desk(`${answer('AT+A', 'one')}{"close": true}\n${answer('AT+B', 'two')}`);
  await desk.ask('AT+A\r');
  desk.player.wiring.supply?.(false);
  desk.player.wiring.supply?.(true);
  expect(await desk.ask('AT+B\r')).toBe('');
  await desk.press();
  expect(await desk.ask('AT+B\r')).toBe('two');
});

test('PWRKEY switches a modem off that was heard, and leaves one alone that was not', async () => {
  const desk = new Desk(answer('AT', 'OK') + answer('AT+A', 'a') + answer('AT+B', 'b'));
  await desk.press();
  expect(await desk.ask('AT\r')).toBe('OK');
  await desk.press();
  expect(await desk.ask('AT+A\r')).toBe('');
  await desk.press();
  expect(await desk.ask('AT+A\r')).toBe('a');
});

test('a modem that the tracker switches off goes on behind the next close', async () => {
  const desk = new Desk(
    `${answer('AT+A', 'a')}${answer('AT+B', 'b')}{"close": true}\n${answer('AT+C', 'c')}`,
  );
  await desk.ask('AT+A\r');
  desk.player.wiring.supply?.(false);
  await desk.press();
  expect(await desk.ask('AT+C\r')).toBe('c');
  expect(desk.player.unused).toEqual([3]);
});

test('commands without an answer are used while the modem is off', async () => {
  const desk = new Desk(`{"close": true}\n{"expect": "AT"}\n{"expect": "AT"}\n${answer('AT', 'OK')}`);
  await desk.ask('AT\r');
  await desk.ask('AT\r');
  expect(await desk.ask('AT\r')).toBe('');
  await desk.press();
  expect(await desk.ask('AT\r')).toBe('OK');
  expect(desk.player.unused).toEqual([]);
});

test('what is said while nobody listens is lost, and told to be', async () => {
  const desk = new Desk('{"send": "RDY", "afterS": 1}');
  desk.player.uart.close();
  expect(await desk.wait(2)).toBe('');
  expect(desk.happenings).toEqual([{ kind: 'heard', text: 'RDY', line: 1, lost: true }]);
});
