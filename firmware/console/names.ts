/** The commands by name, with their arguments, and what each is for. docs/console.md has them for programs. */
import { eachKey } from '../config/schema.ts';

/** In the order of `help`. */
export const NAMES =
  'help status sensors gnss modem selftest config.show config.set config.diff config.check config.save config.revert ' +
  'trip.show trip.start trip.stop journal.info journal.tail journal.dump events unlock lock reboot factory.reset repl exit';

/** Those that only programs ask for. */
export const MACHINE_NAMES = 'hello config.get journal.page journal.read stop';

export interface CommandForm {
  /** Names of the arguments in a person's order; the last one takes the rest of the line. */
  readonly args: string;
  /** It changes something, so it asks for the PIN. */
  readonly isGuarded: boolean;
  readonly help: string;
}

function form(args: string, isGuarded: boolean, help: string): CommandForm {
  return { args, isGuarded, help };
}

/** How a command is called; null where there is none of this name. */
export function formOf(name: string): CommandForm | null {
  switch (name) {
    case 'help':
      return form('about', false, 'what there is; behind it a command, config, or a key');
    case 'status':
      return form('', false, 'who the tracker is and how it is');
    case 'sensors':
      return form('', false, 'measures all probes now');
    case 'gnss':
      return form('limitS', false, 'searches for a position, 120 s or as many as are given');
    case 'modem':
      return form('', false, 'connects to the broker once and says how that went');
    case 'selftest':
      return form('who', true, 'tests everything, puts the result into the journal');
    case 'config.show':
      return form('key', false, 'the configuration, or one key of it');
    case 'config.set':
      return form('key value', true, 'stages a change; none goes back to nothing');
    case 'config.diff':
      return form('', false, 'what is staged: old and new');
    case 'config.check':
      return form('', false, 'whether what is staged can be saved');
    case 'config.save':
      return form('who', true, 'checks, writes and reads back what is staged; needs your name');
    case 'config.revert':
      return form('', true, 'forgets what is staged');
    case 'trip.show':
      return form('', false, 'the trip and its papers');
    case 'trip.start':
      return form('trip who', true, 'begins a trip of this name, and saves what is staged');
    case 'trip.stop':
      return form('who', true, 'ends the trip');
    case 'journal.info':
      return form('', false, 'how full it is, what the collector holds');
    case 'journal.tail':
      return form('n', false, 'its last records, 10 or as many as are given');
    case 'journal.dump':
      return form('', false, 'all of it as base64, 384 bytes a line');
    case 'events':
      return form('n', false, 'the last records but readings and bookkeeping');
    case 'unlock':
      return form('pin', false, 'asks for the PIN');
    case 'lock':
      return form('', false, 'asks for the PIN again from here on');
    case 'reboot':
      return form('', false, 'starts again; what is staged is forgotten');
    case 'factory.reset':
      return form('confirm', true, 'erases the configuration, not the journal; needs ERASE');
    case 'repl':
      return form('', true, 'gives the port to the interpreter, for a new bundle');
    case 'exit':
      return form('', false, 'closes the console; the tracker goes on');
    case 'hello':
    case 'stop':
      return form('', false, '');
    case 'config.get':
    case 'journal.page':
    case 'journal.read':
      return form('', false, '');
    default:
      return null;
  }
}

/** A command's name for people. */
export function spoken(name: string): string {
  return name.split('.').join(' ');
}

/** What a line may become: all commands, or all keys behind one that takes a key, that begin as it does. */
export function completions(line: string): string[] {
  const found: string[] = [];
  function add(whole: string): void {
    // Not startsWith, which on Espruino takes a text for the beginning of a shorter one.
    if (whole.substr(0, line.length) === line) found.push(whole);
  }
  const words = line.split(' ');
  const isKey = words.length === 3 && words[0] === 'config' && (words[1] === 'set' || words[1] === 'show');
  if (isKey)
    eachKey((spec) => {
      add(`config ${words[1]} ${spec.name}`);
    });
  else
    NAMES.split(' ').forEach((name) => {
      add(spoken(name));
    });
  return found;
}
