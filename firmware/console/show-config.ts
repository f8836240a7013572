import { ARGUMENT_REFUSED, UNKNOWN_KEY } from '../../hal/faults.ts';
import { loadValues } from '../config/load.ts';
import {
  eachKey,
  KEY_CA,
  KEY_CARGO_PROFILE,
  KEY_CONTAINER,
  KEY_SET_POINT,
  KEY_TRIP,
  KEY_TRIP_HOURS,
  type KeySpec,
} from '../config/schema.ts';
import type { Value, Values } from '../config/values.ts';
import { completed, fieldOf, specOf } from './keys.ts';
import type { Field, Reply } from './reply.ts';
import { type Arguments, numberOf, type Session, textOf } from './session.ts';

/** The longest piece of a text in one answer, characters. */
const PIECE = 400;
/** The longest text on a person's line. */
const SHOWN = 60;

/** What is in force, by the numbers of the keys: all of it, or as much as `only` needs. */
function inForce(session: Session, only: KeySpec | null): Values {
  const tracker = session.tracker;
  const one = only !== null && only.key === KEY_CA ? 'the CA' : 'all but the CA';
  return completed(loadValues(tracker.configuration, tracker.crypto, only === null ? 'all' : one).values);
}

function shown(spec: KeySpec, value: Value): string {
  const field = fieldOf(spec, value);
  if (field === true) return '(set)';
  if (field === false || field === null || field === '') return '-';
  const text = String(field);
  if (text.length > SHOWN) return `(${text.length} characters)`;
  return spec.unit === '' ? text : `${text} ${spec.unit}`;
}

/** A key's row for a person: its value, and behind an arrow what is staged. */
function row(session: Session, spec: KeySpec, values: Values): string {
  const staged = session.staged[spec.key];
  const name = spec.name.padEnd(20);
  const value = shown(spec, values[spec.key] as Value);
  return `${name}${value}${staged === undefined ? '' : ` -> ${shown(spec, staged)}`}`;
}

/** A field, of a text one piece. */
function piece(field: Field, at: number): Field {
  return typeof field === 'string' ? field.substr(at, PIECE) : field;
}

function get(session: Session, args: Arguments, reply: Reply): void {
  const spec = specOf(textOf(args, 'key'));
  const at = numberOf(args, 'at', 0, 9999, 0);
  if (spec === null) {
    reply.fail(UNKNOWN_KEY, textOf(args, 'key').substr(0, 30), []);
    return;
  }
  if (!(at >= 0)) {
    reply.fail(ARGUMENT_REFUSED, 'at', []);
    return;
  }
  const value = fieldOf(spec, inForce(session, spec)[spec.key] as Value);
  const change = session.staged[spec.key];
  const answer: Field[] = ['value', piece(value, at)];
  if (typeof value === 'string' && value.length > PIECE) answer.push('length', value.length);
  if (change !== undefined) {
    const staged = fieldOf(spec, change);
    answer.push('staged', piece(staged, at));
    if (typeof staged === 'string' && staged.length > PIECE) answer.push('stagedLength', staged.length);
  }
  reply.done(answer);
}

/** Whether a key is one of the trip's papers. */
function isPaper(key: number): boolean {
  if (key === KEY_TRIP_HOURS || key === KEY_CARGO_PROFILE || key === KEY_SET_POINT) return true;
  return key === KEY_TRIP || key >= KEY_CONTAINER;
}

/** `config.get` for programs; `config.show`, `config.diff` and `trip.show` for people, the last two for programs too. */
export function showConfig(session: Session, name: string, args: Arguments, reply: Reply): void {
  if (name === 'config.get') {
    get(session, args, reply);
    return;
  }
  if (reply.isMachine) {
    const keys: string[] = [];
    eachKey((spec) => {
      if (session.staged[spec.key] !== undefined) keys.push(spec.name);
    });
    reply.done(['keys', keys]);
    return;
  }
  const only = textOf(args, 'key');
  if (only !== '' && specOf(only) === null) {
    reply.fail(UNKNOWN_KEY, only.substr(0, 30), []);
    return;
  }
  const values = inForce(session, specOf(only));
  let rows = 0;
  eachKey((spec) => {
    if (only !== '' && spec.name !== only) return;
    if (name === 'config.diff' && session.staged[spec.key] === undefined) return;
    if (name === 'trip.show' && !isPaper(spec.key)) return;
    reply.say(row(session, spec, values));
    rows++;
  });
  if (rows === 0) reply.say('nothing is staged');
  reply.done([]);
}
