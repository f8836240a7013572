import { describe, expect, it } from 'vitest';
import { OK } from '../faults.ts';
import { mockClock } from '../mock/clock.ts';
import { mockModemUart } from '../mock/modem-uart.ts';
import { AtChannel } from './at-channel.ts';
import { runSteps, type Step, type Values } from './steps.ts';

const NO_VALUES: Values = { text: {}, bytes: {} };

/**
 * Run steps against a modem whose answers to each command are listed in order, the last for good: lines, without OK when
 * they end in a final code of their own. A list starts with "..." to stay silent.
 */
function run(steps: readonly Step[], modem: Record<string, readonly string[][]>, values: Values = NO_VALUES) {
  const clock = mockClock(0);
  const uart = mockModemUart(clock);
  const channel = new AtChannel(uart, clock, () => {});
  const asked: Record<string, number> = {};
  const commands: string[] = [];
  uart.answer = (written) => {
    const text = written.replace(/\r$/, '');
    if (text === 'AT') return ['\r\nOK\r\n'];
    commands.push(text);
    const answers = modem[text] ?? [[]];
    const turn = asked[text] ?? 0;
    asked[text] = turn + 1;
    const lines = answers[Math.min(turn, answers.length - 1)];
    if (lines[0] === '...') return [];
    const final = lines.some((line) => /ERROR|>$|^OK$|DOWNLOAD/.test(line));
    return [...lines, ...(final ? [] : ['OK'])].map((line) => `\r\n${line}${line === '>' ? '' : '\r\n'}`);
  };
  channel.start();
  const faults: number[] = [];
  runSteps(channel, clock, steps, values, (fault) => faults.push(fault));
  return { clock, uart, channel, commands, faults };
}

describe('a dialogue', () => {
  it('sends its commands in order and ends with OK', () => {
    const steps: Step[] = [
      { at: 'AT+A', withinS: 1, fault: 41 },
      { at: 'AT+B', withinS: 1, fault: 42 },
    ];
    const { clock, commands, faults } = run(steps, {});
    clock.advance(10);
    expect(commands).toEqual(['AT+A', 'AT+B']);
    expect(faults).toEqual([OK]);
  });

  it('ends with the fault of the step that fails, and goes no further', () => {
    const steps: Step[] = [
      { at: 'AT+A', withinS: 1, fault: 41 },
      { at: 'AT+B', withinS: 1, fault: 42 },
    ];
    const { clock, commands, faults } = run(steps, { 'AT+A': [['ERROR']] });
    clock.advance(10);
    expect(commands).toEqual(['AT+A']);
    expect(faults).toEqual([41]);
  });

  it('goes on behind an optional step that fails', () => {
    const steps: Step[] = [
      { at: 'AT+A', withinS: 1, fault: OK },
      { at: 'AT+B', withinS: 1, fault: 42 },
    ];
    const { clock, commands, faults } = run(steps, { 'AT+A': [['ERROR']] });
    clock.advance(10);
    expect(commands).toEqual(['AT+A', 'AT+B']);
    expect(faults).toEqual([OK]);
  });

  it('ends at once when there is nothing to do', () => {
    expect(run([], {}).faults).toEqual([OK]);
  });

  it('fills in its values, and takes nothing in them for a placeholder', () => {
    const steps: Step[] = [{ at: 'AT+O="{host}",{port},"{missing}"', withinS: 1, fault: 1 }];
    const { commands } = run(steps, {}, { text: { host: '{port}{', port: '1883' }, bytes: {} });
    expect(commands).toEqual(['AT+O="{port}{",1883,""']);
  });

  it('sends a payload at the prompt', () => {
    const steps: Step[] = [{ at: 'AT+W', withinS: 2, payload: 'ca', fault: 1 }];
    const modem = { 'AT+W': [['>']] };
    const { clock, uart, faults } = run(steps, modem, { text: {}, bytes: { ca: Uint8Array.of(1, 2, 3) } });
    clock.advance(0.1);
    uart.deliver('\r\nOK\r\n');
    clock.advance(1);
    expect(uart.written).toBe('AT+W\r\x01\x02\x03');
    expect(faults).toEqual([OK]);
  });
});

describe('a step', () => {
  const patient: Step = {
    at: 'AT+CEREG?',
    withinS: 1,
    want: [',1', ',5'],
    tries: 3,
    everyMs: 2000,
    fault: 45,
  };

  it('is tried again until a wanted line comes', () => {
    const { clock, commands, faults } = run([patient], {
      'AT+CEREG?': [['+CEREG: 0,2'], ['+CEREG: 0,2'], ['+CEREG: 0,5']],
    });
    clock.advance(3);
    expect(faults).toEqual([]);
    clock.advance(3);
    expect(commands).toHaveLength(3);
    expect(faults).toEqual([OK]);
  });

  it('is tried as often as it says and no more', () => {
    const { clock, commands, faults } = run([patient], { 'AT+CEREG?': [['+CEREG: 0,2']] });
    clock.advance(60);
    expect(commands).toHaveLength(3);
    expect(faults).toEqual([45]);
  });

  it('is tried again after silence', () => {
    const { clock, faults } = run([patient], { 'AT+CEREG?': [['...'], ['+CEREG: 0,1']] });
    clock.advance(60);
    expect(faults).toEqual([OK]);
  });

  it('changes only what is not as wanted: reads, writes, reads again', () => {
    const step: Step = {
      at: 'AT+CMNB?',
      withinS: 1,
      want: [': 3'],
      fault: 42,
      otherwise: [{ at: 'AT+CMNB=3', withinS: 1, fault: 43 }],
    };
    const changed = run([step], { 'AT+CMNB?': [['+CMNB: 1'], ['+CMNB: 3']] });
    changed.clock.advance(10);
    expect(changed.commands).toEqual(['AT+CMNB?', 'AT+CMNB=3', 'AT+CMNB?']);
    expect(changed.faults).toEqual([OK]);
    const fine = run([step], { 'AT+CMNB?': [['+CMNB: 3']] });
    fine.clock.advance(10);
    expect(fine.commands).toEqual(['AT+CMNB?']);
  });

  it('mends once, and reports what could not be mended', () => {
    const step: Step = {
      at: 'AT+CMNB?',
      withinS: 1,
      want: [': 3'],
      fault: 42,
      otherwise: [{ at: 'AT+CMNB=3', withinS: 1, fault: 43 }],
    };
    const stubborn = run([step], { 'AT+CMNB?': [['+CMNB: 1']] });
    stubborn.clock.advance(60);
    expect(stubborn.commands).toEqual(['AT+CMNB?', 'AT+CMNB=3', 'AT+CMNB?']);
    expect(stubborn.faults).toEqual([42]);
    const refused = run([step], { 'AT+CMNB?': [['+CMNB: 1']], 'AT+CMNB=3': [['ERROR']] });
    refused.clock.advance(60);
    expect(refused.faults).toEqual([43]);
  });
});

describe('a step with a line of its own', () => {
  const open: Step = {
    at: 'AT+CAOPEN',
    withinS: 5,
    urc: '+CAOPEN: 0,',
    urcWithinS: 20,
    judge: (line) => (line.endsWith(',0') ? OK : 49),
    fault: 48,
  };

  it.each([
    ['before its final code', [['+CAOPEN: 0,0', 'OK']]],
    ['behind its final code', [['OK', '+CAOPEN: 0,0']]],
  ])('accepts it %s', (_name, answers) => {
    const { clock, faults } = run([open], { 'AT+CAOPEN': answers });
    clock.advance(30);
    expect(faults).toEqual([OK]);
  });

  it('waits for it until its deadline', () => {
    const { clock, faults } = run([open], {});
    clock.advance(19);
    expect(faults).toEqual([]);
    clock.advance(2);
    expect(faults).toEqual([48]);
  });

  it('ends with the fault that it stands for', () => {
    const { clock, faults } = run([open], { 'AT+CAOPEN': [['OK', '+CAOPEN: 0,20']] });
    clock.advance(30);
    expect(faults).toEqual([49]);
  });

  it('is tried again in one line of attempts, also when the line of an earlier one is still waited for', () => {
    const activate: Step = {
      at: 'AT+CNACT=0,1',
      withinS: 5,
      urc: '+APP PDP: 0,ACTIVE',
      urcWithinS: 30,
      tries: 3,
      everyMs: 2000,
      fault: 46,
    };
    const refused = run([activate], { 'AT+CNACT=0,1': [['ERROR']] });
    refused.clock.advance(200);
    expect(refused.commands).toHaveLength(3);
    expect(refused.faults).toEqual([46]);
    const late = run([activate, { at: 'AT+NEXT', withinS: 1, fault: 1 }], {
      'AT+CNACT=0,1': [['ERROR'], ['ERROR'], ['OK', '+APP PDP: 0,ACTIVE']],
    });
    late.clock.advance(200);
    expect(late.commands.filter((command) => command === 'AT+NEXT')).toHaveLength(1);
    expect(late.faults).toEqual([OK]);
  });
});

describe('a dialogue that is abandoned', () => {
  it.each([
    ['while a command is pending', 0.01],
    ['between two attempts', 1],
  ])('%s sends nothing more and tells nobody', (_name, afterS) => {
    const step: Step = { at: 'AT+CEREG?', withinS: 1, want: [',1'], tries: 9, everyMs: 2000, fault: 45 };
    const { clock, channel, commands, faults } = run([step], { 'AT+CEREG?': [['+CEREG: 0,2']] });
    clock.advance(afterS);
    channel.abandon();
    const sent = commands.length;
    clock.advance(200);
    expect(commands).toHaveLength(sent);
    expect(faults).toEqual([]);
  });
});
