import { ARGUMENT_REFUSED, OK, UNKNOWN_KEY, VALUE_REFUSED } from '../../hal/faults.ts';
import { loadValues } from '../config/load.ts';
import { isId } from '../config/numbers.ts';
import { KEY_TRIP, type KeySpec } from '../config/schema.ts';
import { valueFault } from '../config/values.ts';
import { completed, specOf, valueIn } from './keys.ts';
import type { Reply } from './reply.ts';
import { forget, overlay, problemsOf, saveStaged } from './save.ts';
import { type Arguments, LONGEST_WHO, numberOf, type Session, textOf } from './session.ts';
import { wordsOf } from './words.ts';

/** A piece of a long text: what is staged of it is cut off at `at`, and goes on with this. */
function setPiece(session: Session, spec: KeySpec, piece: string, at: number, reply: Reply): void {
  const staged = session.staged[spec.key];
  const front = typeof staged === 'string' ? staged : '';
  if (spec.kind !== 'text' || at > front.length) reply.fail(ARGUMENT_REFUSED, 'at', []);
  else if (at + piece.length > spec.high) reply.fail(VALUE_REFUSED, spec.name, []);
  else {
    session.staged[spec.key] = front.substr(0, at) + piece;
    reply.done(['length', at + piece.length]);
  }
}

function set(session: Session, args: Arguments, reply: Reply): void {
  const name = textOf(args, 'key');
  const spec = specOf(name);
  const at = numberOf(args, 'at', 0, 9999, -1);
  if (spec === null) {
    reply.fail(name === '' ? ARGUMENT_REFUSED : UNKNOWN_KEY, name.substr(0, 30), []);
    return;
  }
  if (spec.key === KEY_TRIP) {
    // A trip has its records: trip start and trip stop.
    reply.fail(ARGUMENT_REFUSED, name, []);
    return;
  }
  if (at !== -1) {
    if (at >= 0 && typeof args['value'] === 'string')
      setPiece(session, spec, textOf(args, 'value'), at, reply);
    else reply.fail(ARGUMENT_REFUSED, at >= 0 ? 'value' : 'at', []);
    return;
  }
  const value = args['value'] === undefined ? undefined : valueIn(spec, args['value']);
  const fault = value === undefined ? VALUE_REFUSED : valueFault(spec, value, false);
  if (value === undefined || fault !== OK) {
    reply.fail(fault, spec.name, []);
    return;
  }
  session.staged[spec.key] = value;
  reply.done([]);
}

/** `config.set`, `config.check`, `config.save`, `config.revert`. */
export function configCommand(session: Session, name: string, args: Arguments, reply: Reply): void {
  if (name === 'config.set') set(session, args, reply);
  else if (name === 'config.revert') {
    forget(session);
    reply.done([]);
  } else if (name === 'config.check') {
    const tracker = session.tracker;
    const values = completed(loadValues(tracker.configuration, tracker.crypto, 'all').values);
    overlay(session, values);
    const problems = problemsOf(session, values);
    const pairs: (string | number)[][] = [];
    for (let i = 0; i < problems.length; i += 2) {
      pairs.push([problems[i], problems[i + 1]]);
      const words = wordsOf(problems[i + 1] as number);
      if (words !== undefined) reply.say(`${problems[i]}: ${words[1]}`);
    }
    if (reply.isMachine) reply.done(['problems', pairs]);
    else {
      reply.say(problems.length === 0 ? 'it can be saved' : 'it cannot be saved');
      reply.done([]);
    }
  } else {
    const who = textOf(args, 'who');
    if (!isId(who, LONGEST_WHO)) {
      reply.fail(ARGUMENT_REFUSED, 'who', []);
      return;
    }
    const saved = saveStaged(session, who);
    if (saved.fault !== OK) reply.fail(saved.fault, saved.about, []);
    else {
      if (saved.changed > 0) reply.say('saved; it holds from the next start: reboot');
      reply.done(['generation', saved.generation, 'changed', saved.changed]);
    }
  }
}
