import { beforeEach, describe, expect, it } from 'vitest';
import { type MockClock, mockClock } from '../mock/clock.ts';
import { type MockModemUart, mockModemUart } from '../mock/modem-uart.ts';
import { AtChannel } from './at-channel.ts';

const GUARD_S = 0.02;

let clock: MockClock;
let uart: MockModemUart;
let channel: AtChannel;
/** Lines that no command asked for. */
let unsolicited: string[];

beforeEach(() => {
  clock = mockClock(0);
  uart = mockModemUart(clock);
  unsolicited = [];
  channel = new AtChannel(uart, clock, (line) => unsolicited.push(line));
  channel.start();
});

/** A command, and what becomes of it: undefined while it is pending. */
function command(text: string, withinMs = 1000): { result?: string; lines?: string[]; calls: number } {
  const outcome: ReturnType<typeof command> = { calls: 0 };
  channel.command(text, withinMs, (result, lines) => {
    outcome.result = result;
    outcome.lines = lines;
    outcome.calls++;
  });
  return outcome;
}

describe('a command', () => {
  it('gets its final code and its lines', () => {
    const csq = command('AT+CSQ');
    expect(uart.written).toBe('AT+CSQ\r');
    uart.deliver('\r\n+CSQ: 17,99\r\n\r\nOK\r\n');
    clock.advance(1);
    expect(csq).toEqual({ result: 'ok', lines: ['+CSQ: 17,99'], calls: 1 });
  });

  it.each([
    ['ERROR', 'AT+CNACT=0,1'],
    ['+CME ERROR: operation not allowed', 'AT+CNACT=0,1'],
    ['+CMS ERROR: 500', 'AT+CMGF=1'],
  ])('fails with %s', (line, text) => {
    const refused = command(text);
    uart.deliver(`\r\n${line}\r\n`);
    clock.advance(1);
    expect(refused).toEqual({ result: 'error', lines: [line], calls: 1 });
  });

  it('has its echo dropped', () => {
    const csq = command('AT+CSQ');
    uart.deliver('AT+CSQ\r\r\n+CSQ: 17,99\r\n\r\nOK\r\n');
    clock.advance(1);
    expect(csq.lines).toEqual(['+CSQ: 17,99']);
    expect(unsolicited).toEqual([]);
  });

  it('is answered no sooner than a guard time behind its final code', () => {
    const at = command('AT');
    uart.deliver('\r\nOK\r\n');
    expect(at.calls).toBe(0);
    clock.advance(GUARD_S);
    expect(at.calls).toBe(1);
  });

  it('times out once, at its deadline', () => {
    const silent = command('AT+CSQ', 1000);
    clock.advance(0.999);
    expect(silent.calls).toBe(0);
    clock.advance(60);
    expect(silent).toEqual({ result: 'timeout', lines: [], calls: 1 });
  });

  it('is refused, later, while another is pending or the channel is closed', () => {
    const first = command('AT+CSQ');
    const second = command('AT+CREG?');
    expect(second.calls).toBe(0);
    uart.deliver('\r\n+CSQ: 1,99\r\n\r\nOK\r\n');
    clock.advance(1);
    expect(first.result).toBe('ok');
    expect(second.result).toBe('error');
    channel.stop();
    const third = command('AT');
    clock.advance(1);
    expect(third.result).toBe('error');
    expect(uart.written).toBe('AT+CSQ\r');
  });

  it('loses no unsolicited line, wherever between the lines it comes', () => {
    const lines = ['AT+CGNSINF', '+CGNSINF: 1,1', '+CGNSINF: 2', 'OK', ''];
    for (let at = 0; at < lines.length; at++) {
      for (const urc of ['+CADATAIND: 0', '+APP PDP: 0,DEACTIVE', 'RDY', 'NORMAL POWER DOWN']) {
        unsolicited.length = 0;
        const outcome = command('AT+CGNSINF');
        const stream = lines.slice();
        stream.splice(at, 0, urc);
        uart.deliver(stream.map((line) => `${line}\r\n`).join(''));
        clock.advance(1);
        expect(unsolicited).toEqual([urc]);
        expect(outcome).toEqual({ result: 'ok', lines: ['+CGNSINF: 1,1', '+CGNSINF: 2'], calls: 1 });
      }
    }
  });

  it('takes no line for its own that only a plain AT could own', () => {
    const at = command('AT');
    uart.deliver('\r\n+CASTATE: 0,0\r\n\r\nOK\r\n');
    clock.advance(1);
    expect(at.lines).toEqual([]);
    expect(unsolicited).toEqual(['+CASTATE: 0,0']);
  });
});

describe('a payload', () => {
  const payload = Uint8Array.of(0, 255, 13, 10, 62);

  function send(text = 'AT+CASEND=0,5'): string[] {
    const results: string[] = [];
    channel.ask(text, 5000, { payload }, (result) => results.push(result));
    uart.written = '';
    return results;
  }

  it.each([
    ['a prompt', '\r\n>', 'AT+CASEND=0,5'],
    ['a prompt with a space', '\r\n> ', 'AT+CASEND=0,5'],
    ['the line DOWNLOAD', '\r\nDOWNLOAD\r\n', 'AT+CFSWFILE=3,"ca.crt",0,5,5000'],
  ])('is sent behind %s, once and not before', (_name, prompt, text) => {
    const results = send(text);
    expect(uart.written).toBe('');
    uart.deliver(prompt);
    expect(uart.written).toBe(String.fromCharCode(...payload));
    uart.deliver('\r\n>\r\nDOWNLOAD\r\n');
    uart.deliver('\r\nOK\r\n');
    clock.advance(1);
    expect(uart.written).toHaveLength(payload.length);
    expect(results).toEqual(['ok']);
  });

  it('is not sent when the modem refuses', () => {
    const results = send();
    uart.deliver('\r\nERROR\r\n');
    clock.advance(1);
    uart.deliver('\r\n>');
    clock.advance(1);
    expect(uart.written).toBe('');
    expect(results).toEqual(['error']);
  });
});

describe('a raw read', () => {
  it('ends at its count, whatever the bytes look like', () => {
    const raw = 'OK\r\n>\r\nERROR\r\n+CARECV: 3,';
    const results: unknown[] = [];
    channel.ask('AT+CARECV=0,512', 1000, { rawPrefix: '+CARECV: ' }, (...outcome) => results.push(outcome));
    uart.deliver(`\r\n+CARECV: ${raw.length},${raw}\r\n\r\nOK\r\n`);
    clock.advance(1);
    expect(results).toEqual([['ok', [], raw]]);
    expect(unsolicited).toEqual([]);
  });

  it('gives what came when the rest does not, and keeps what comes late out of the next', () => {
    const results: unknown[] = [];
    channel.ask('AT+CARECV=0,512', 1000, { rawPrefix: '+CARECV: ' }, (...outcome) => results.push(outcome));
    uart.deliver('\r\n+CARECV: 10,abc');
    clock.advance(2);
    expect(results).toEqual([['timeout', [], 'abc']]);
    uart.answer = (written) => [`\r\n${written === 'AT\r' ? '' : '+CSQ: 5,99\r\n\r\n'}OK\r\n`];
    const next = command('AT+CSQ');
    uart.deliver('defghij\r\n');
    clock.advance(5);
    expect(next).toEqual({ result: 'ok', lines: ['+CSQ: 5,99'], calls: 1 });
  });
});

describe('after a missed deadline', () => {
  /** A modem that answers nothing until `fromS`, and then first what it owes. */
  function sleepingModem(fromS: number, owed: string): void {
    let paid = false;
    uart.answer = (written) => {
      if (clock.uptimeS() < fromS) return [];
      const answer = written === 'AT\r' ? '\r\nOK\r\n' : '\r\n+CEREG: 0,1\r\n\r\nOK\r\n';
      const first = paid ? '' : owed;
      paid = true;
      return [first + answer];
    };
  }

  it.each([
    ['OK', '\r\nOK\r\n'],
    ['an error', '\r\nERROR\r\n'],
    ['lines like its own', '\r\n+CEREG: 0,2\r\n\r\nOK\r\n'],
    ['a prompt', '\r\n>'],
  ])('the next command does not get the late answer: %s', (_name, late) => {
    command('AT+CEREG?', 1000);
    clock.advance(1.5);
    sleepingModem(0, late);
    const next = command('AT+CEREG?', 1000);
    clock.advance(5);
    expect(next).toEqual({ result: 'ok', lines: ['+CEREG: 0,1'], calls: 1 });
  });

  it('the next command is not sent before the modem has answered two plain ATs in a row', () => {
    command('AT+CEREG?', 1000);
    clock.advance(1);
    uart.written = '';
    sleepingModem(0, '');
    command('AT+CSQ', 1000);
    clock.advance(5);
    expect(uart.written).toBe('AT\rAT\rAT+CSQ\r');
  });

  it('a late answer that comes between two ATs counts for neither', () => {
    command('AT+CEREG?', 1000);
    clock.advance(1);
    uart.written = '';
    const next = command('AT+CSQ', 1000);
    uart.deliver('\r\nOK\r\n');
    clock.advance(0.1);
    uart.deliver('\r\nOK\r\n');
    clock.advance(0.2);
    expect(uart.written).toBe('AT\rAT\r');
    uart.deliver('\r\nOK\r\n');
    clock.advance(0.3);
    expect(uart.written).toBe('AT\rAT\rAT+CSQ\r');
    uart.deliver('\r\n+CSQ: 9,99\r\n\r\nOK\r\n');
    clock.advance(1);
    expect(next.lines).toEqual(['+CSQ: 9,99']);
  });

  it('keeps trying for longer than a modem waits for the bytes of a payload', () => {
    command('AT+CASEND=0,100', 1000);
    clock.advance(1);
    sleepingModem(clock.uptimeS() + 5, '\r\nERROR\r\n');
    const next = command('AT+CEREG?', 1000);
    clock.advance(10);
    expect(next.result).toBe('ok');
  });

  it('the next command times out when the modem stays silent, and was never sent', () => {
    command('AT+CEREG?', 1000);
    clock.advance(1);
    uart.written = '';
    const next = command('AT+CSQ', 1000);
    clock.advance(10);
    expect(next).toEqual({ result: 'timeout', lines: [], calls: 1 });
    expect(uart.written.replaceAll('AT\r', '')).toBe('');
  });

  it('a channel that was abandoned in the middle of a command is as much out of step', () => {
    const lost = command('AT+CEREG?', 1000);
    channel.abandon();
    clock.advance(0.1);
    sleepingModem(0, '\r\n+CEREG: 0,2\r\n\r\nOK\r\n');
    const next = command('AT+CEREG?', 1000);
    clock.advance(5);
    expect(next.lines).toEqual(['+CEREG: 0,1']);
    expect(lost.calls).toBe(0);
  });

  it('a channel that was stopped and started begins anew', () => {
    command('AT+CEREG?', 1000);
    clock.advance(1);
    channel.stop();
    channel.start();
    uart.written = '';
    command('AT+CSQ', 1000);
    expect(uart.written).toBe('AT+CSQ\r');
  });
});

describe('who waits for a line', () => {
  function expectLine(prefix: string, withinMs = 1000): (string | null)[] {
    const got: (string | null)[] = [];
    channel.expect(prefix, withinMs, (line) => got.push(line));
    return got;
  }

  it('gets it, whether or not a command is pending', () => {
    const got = expectLine('+CAOPEN: 0,');
    const open = command('AT+CAOPEN=0,0,"TCP","h",1');
    uart.deliver('\r\n+CAOPEN: 0,0\r\n\r\nOK\r\n');
    clock.advance(1);
    expect(got).toEqual(['+CAOPEN: 0,0']);
    expect(open).toEqual({ result: 'ok', lines: [], calls: 1 });
  });

  it('gets null when it does not come, and is then forgotten', () => {
    const got = expectLine('+APP PDP: 0,ACTIVE', 1000);
    clock.advance(2);
    uart.deliver('\r\n+APP PDP: 0,ACTIVE\r\n');
    expect(got).toEqual([null]);
    expect(unsolicited).toEqual(['+APP PDP: 0,ACTIVE']);
  });

  it('gives way to the next who waits', () => {
    const first = expectLine('+A');
    const second = expectLine('+B');
    uart.deliver('\r\n+B: 1\r\n');
    clock.advance(5);
    expect([first, second]).toEqual([[null], ['+B: 1']]);
  });
});

describe('abandoning', () => {
  it('tells nobody, and leaves nothing behind that could', () => {
    const pending = command('AT+CSQ', 1000);
    const got: unknown[] = [];
    channel.expect('+X', 1000, (line) => got.push(line));
    channel.abandon();
    uart.deliver('\r\n+X: 1\r\n\r\n+CSQ: 1,99\r\n\r\nOK\r\n');
    clock.advance(60);
    expect(pending.calls).toBe(0);
    expect(got).toEqual([]);
  });

  it('holds back an answer that only its guard time kept', () => {
    const pending = command('AT');
    uart.deliver('\r\nOK\r\n');
    channel.abandon();
    clock.advance(1);
    expect(pending.calls).toBe(0);
  });

  it('ends the search for a step as well', () => {
    command('AT+CSQ', 1000);
    clock.advance(1);
    const held = command('AT+CSQ', 1000);
    channel.abandon();
    uart.written = '';
    clock.advance(60);
    expect(held.calls).toBe(0);
    expect(uart.written).toBe('');
  });
});

describe('noise', () => {
  it('does not keep a command from its answer', () => {
    const noise = String.fromCharCode(...Array.from({ length: 200 }, (_, index) => 128 + (index % 128)));
    const at = command('AT');
    uart.deliver(`${noise}${noise}${noise}`);
    uart.deliver('\r\n\r\nOK\r\n');
    clock.advance(1);
    expect(at.result).toBe('ok');
    expect(channel.reader.junk).toBe(1);
  });
});
