import { UNKNOWN_COMMAND } from '../../hal/faults.ts';
import { eachKey, type KeySpec } from '../config/schema.ts';
import { formOf, NAMES, spoken } from './names.ts';
import type { Reply } from './reply.ts';
import { type Arguments, textOf } from './session.ts';

const WIDTH = 15;

function column(text: string): string {
  return `${text} `.padEnd(WIDTH);
}

/** What a key takes, in words. */
function rangeOf(spec: KeySpec): string {
  const size = spec.low === spec.high ? `${spec.low}` : `${spec.low} to ${spec.high}`;
  if (spec.kind === 'flag') return '0 or 1';
  if (spec.kind === 'integer') return `${size} ${spec.unit}`;
  return `${size} ${spec.kind === 'text' ? 'characters' : 'bytes as hexadecimal digits'} ${spec.form}`;
}

function helpOnKey(spec: KeySpec, reply: Reply): void {
  reply.say(spec.help);
  reply.say(`takes   ${rangeOf(spec)}`);
  const none = spec.otherwise === null || spec.otherwise === '';
  reply.say(`else    ${none ? 'none' : spec.otherwise}`);
  if (spec.isSecret) reply.say('a secret: it can be set, and is never shown');
  reply.done([]);
}

/** `help`, `help config`, `help <command>`, `help <key>`. */
export function helpCommand(args: Arguments, reply: Reply): void {
  const about = textOf(args, 'about');
  if (about === '') {
    NAMES.split(' ').forEach((name) => {
      const form = formOf(name);
      if (form !== null) reply.say(`${column(spoken(name))}${form.help}`);
    });
    reply.done([]);
    return;
  }
  if (about === 'config') {
    eachKey((spec) => {
      reply.say(`${column(spec.name)} ${spec.help}`);
    });
    reply.done([]);
    return;
  }
  let found: KeySpec | null = null;
  eachKey((spec) => {
    if (spec.name === about) found = spec;
  });
  if (found !== null) {
    helpOnKey(found, reply);
    return;
  }
  const name = about.split(' ').join('.');
  const form = formOf(name);
  if (form === null) {
    reply.fail(UNKNOWN_COMMAND, about.substr(0, 20), []);
    return;
  }
  reply.say(form.help);
  reply.say(`takes   ${form.args === '' ? 'nothing' : form.args}`);
  reply.done([]);
}
