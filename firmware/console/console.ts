/** The technician's console, from the first key to its end: docs/console.md. */
import type { Alarm } from '../../hal/clock.ts';
import {
  CONSOLE_BUSY,
  CONSOLE_LOCKED,
  LINE_DAMAGED,
  OK,
  PROGRAM_ERROR,
  UNKNOWN_COMMAND,
} from '../../hal/faults.ts';
import { forgetParts } from '../parts.ts';
import { runCommand } from './commands.ts';
import { consoleLines, requestIn } from './lines.ts';
import { formOf, NAMES } from './names.ts';
import { pauseAfter, wrongPins } from './pin.ts';
import { crcDigits, machineReply, personReply, type Reply } from './reply.ts';
import { type Arguments, type Session, stagedCount, textOf, type Visit } from './session.ts';
import type { Test } from './verdicts.ts';

/** Without a key for so long, nobody is there any more. Less than the watchdog takes. */
const IDLE_S = 300;

function sessionOf(visit: Visit): Session {
  const pauseS = pauseAfter(wrongPins(visit.tracker.configuration));
  return {
    tracker: visit.tracker,
    journal: visit.journal,
    config: visit.config,
    generation: visit.generation,
    probes: visit.probes,
    staged: {},
    clockS: visit.clockS,
    isOpen: visit.config.consolePin === '',
    pinFromS: pauseS > 0 ? visit.tracker.clock.uptimeS() + pauseS : 0,
    isSaved: false,
    stop: null,
    usesRadio: false,
    isStopped: false,
    leave: 'no',
    test: null,
  };
}

function isName(name: string): boolean {
  return NAMES.split(' ').indexOf(name) >= 0;
}

/** The command that a person's words name, with its arguments; null: there is none. */
function spokenCommand(line: string): { name: string; args: Arguments } | null {
  const words: string[] = [];
  line.split(' ').forEach((word) => {
    if (word === 'factory-reset') words.push('factory', 'reset');
    else if (word !== '') words.push(word);
  });
  const pair = words.length > 1 ? `${words[0]}.${words[1]}` : '';
  const name = isName(pair) ? pair : words[0];
  const form = isName(name) ? formOf(name) : null;
  if (form === null) return null;
  const given = words.slice(name === pair ? 2 : 1);
  const names = form.args === '' ? [] : form.args.split(' ');
  const args: Arguments = {};
  for (let i = 0; i < names.length && i < given.length; i++)
    args[names[i]] = i === names.length - 1 ? given.slice(i).join(' ') : given[i];
  return { name, args };
}

/**
 * Open the console; `first` is what was typed to open it. `done` hears of its end: null where the wake goes on, else the self-test
 * whose second half comes now.
 */
export function openConsole(visit: Visit, first: string, done: (test: Test | null) => void): void {
  const tracker = visit.tracker;
  const clock = tracker.clock;
  const terminal = tracker.console;
  const session = sessionOf(visit);
  let isBusy = false;
  let isAsking = false;
  /** A prompt stands on the line: a program's answer begins another one. */
  let isPrompted = false;
  let isDone = false;
  let heardS = clock.uptimeS();
  let idle: Alarm | null = null;

  function prompt(): void {
    if (isDone) return;
    isPrompted = true;
    const name = session.config.deviceId === '' ? 'coldrail' : session.config.deviceId;
    if (isAsking) lines.editor.prompt('PIN: ', true);
    else lines.editor.prompt(`${name}${stagedCount(session) > 0 ? '*' : ''}> `, false);
  }

  function close(): void {
    if (isDone) return;
    isDone = true;
    if (idle !== null) clock.cancel(idle);
    // What comes now has its own time.
    tracker.watchdog.kick();
    terminal.listen(null);
    if (session.leave === 'test') {
      visit.clockS = session.clockS;
      done(session.test);
      return;
    }
    if (session.leave === 'interpreter') {
      terminal.line('the interpreter has the port until the next start');
      terminal.release();
      return;
    }
    if (session.leave === 'restart' || session.isSaved) {
      terminal.line('starting again');
      // What was said goes out first.
      clock.after(200, () => {
        tracker.power.restart();
      });
      return;
    }
    terminal.line('console closed');
    done(null);
  }

  function ended(): void {
    isBusy = false;
    if (session.usesRadio) {
      // Behind the answer, whose own code is not needed any more then.
      clock.after(0, () => {
        tracker.forgetRadio();
        forgetParts();
      });
      session.usesRadio = false;
    }
    session.stop = null;
    session.isStopped = false;
    tracker.watchdog.kick();
    heardS = clock.uptimeS();
    if (session.leave !== 'no') clock.after(0, close);
  }

  function run(name: string, args: Arguments, reply: Reply): void {
    const form = formOf(name);
    if (form === null) reply.fail(UNKNOWN_COMMAND, name.substr(0, 20), []);
    else if (form.isGuarded && !session.isOpen) reply.fail(CONSOLE_LOCKED, '', []);
    else {
      try {
        runCommand(session, name, args, reply);
      } catch (error) {
        // A defect; the console must not stay busy with it.
        reply.fail(PROGRAM_ERROR, String(error).substr(0, 60), []);
      }
    }
  }

  function breakOff(): void {
    if (!isBusy) return;
    session.isStopped = true;
    if (session.stop !== null) session.stop();
  }

  const lines = consoleLines(terminal, {
    onRequest: (line, fault) => {
      if (isPrompted) terminal.line('');
      isPrompted = false;
      // The console closes behind the answer before.
      if (session.leave !== 'no') return;
      const request = fault === OK ? requestIn(line, (text) => crcDigits(tracker, text)) : fault;
      if (typeof request === 'number') {
        machineReply(tracker, 0, () => {}).fail(request, '', []);
        return;
      }
      const id = typeof request['id'] === 'number' ? request['id'] : 0;
      if (id < 1 || id > 999999 || id !== Math.floor(id))
        machineReply(tracker, 0, () => {}).fail(LINE_DAMAGED, 'id', []);
      else if (request['do'] === 'stop') {
        breakOff();
        machineReply(tracker, id, () => {}).done([]);
      } else if (isBusy) machineReply(tracker, id, () => {}).fail(CONSOLE_BUSY, '', []);
      else {
        isBusy = true;
        run(textOf(request, 'do'), request, machineReply(tracker, id, ended));
      }
    },
    onLine: (line, fault) => {
      const reply = personReply(tracker, () => {
        ended();
        if (session.leave === 'no') prompt();
      });
      isBusy = true;
      if (isAsking && fault === OK) {
        // Enter alone gives it up.
        isAsking = false;
        if (line === '') reply.done([]);
        else run('unlock', { pin: line }, reply);
        return;
      }
      const command = fault === OK ? spokenCommand(line) : null;
      if (fault !== OK) reply.fail(fault, '', []);
      else if (line.trim() === '') reply.done([]);
      else if (command === null) reply.fail(UNKNOWN_COMMAND, line.split(' ')[0].substr(0, 20), []);
      else if (command.name === 'unlock' && command.args['pin'] === undefined) {
        isAsking = true;
        reply.done([]);
      } else {
        // Secrets are not for the arrow keys.
        if (command.name !== 'unlock' && command.name !== 'config.set') lines.editor.remember(line);
        run(command.name, command.args, reply);
      }
    },
    onBreak: () => {
      if (isBusy) breakOff();
      else {
        isAsking = false;
        terminal.write('^C\r\n');
        prompt();
      }
    },
    admitKey: () => {
      // Its echo stands on the line.
      const isOpen = !isBusy && session.leave === 'no';
      if (isOpen) isPrompted = true;
      return isOpen;
    },
  });

  function look(): void {
    const leftS = IDLE_S - (clock.uptimeS() - heardS);
    if (leftS > 0 || isBusy) idle = clock.after(Math.max(1, leftS) * 1000, look);
    else {
      idle = null;
      terminal.line('');
      terminal.line('nobody is there');
      close();
    }
  }

  function hear(bytes: string): void {
    tracker.watchdog.kick();
    heardS = clock.uptimeS();
    lines.hear(bytes);
  }

  terminal.listen(hear);
  idle = clock.after(IDLE_S * 1000, look);
  tracker.watchdog.kick();
  // The key that opened it says nothing, unless it is a program's.
  if (first.indexOf('{') >= 0) hear(first.substr(first.indexOf('{')));
  else {
    terminal.line('type help');
    prompt();
  }
}
