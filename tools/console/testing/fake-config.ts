import { type KeySpec, SCHEMA } from '../../../firmware/config/schema.ts';
import { contradictions, type Value, type Values, valueFault } from '../../../firmware/config/values.ts';
import { CONSOLE_LOCKED, OK, UNKNOWN_KEY, VALUE_REFUSED } from '../../../hal/faults.ts';
import { fromHex, specOf, toHex } from '../display.ts';
import type { Message } from '../frame.ts';
import type { Answer, FakeTracker } from './fake-tracker.ts';

const CHANGING = ['config.set', 'config.save', 'config.revert'];
const PIECE = 400;

/** The configuration behind a fake tracker: in force after a restart, as docs/console.md has it. */
export class FakeConfig {
  readonly inFlash: Values = {};
  staged: Values = {};
  generation = 7;
  saves = 0;
  /** A defect to be found: what is saved for this key is something else. */
  spoiled: { readonly key: number; readonly value: Value } | undefined;

  constructor() {
    for (const spec of SCHEMA) this.inFlash[spec.key] = spec.otherwise;
  }

  readonly answer = (message: Message, tracker: FakeTracker): Answer | undefined => {
    const doing = String(message['do']);
    if (CHANGING.includes(doing) && !tracker.isOpen) return CONSOLE_LOCKED;
    if (doing === 'config.get') return this.#get(message);
    if (doing === 'config.set') return this.#set(message);
    if (doing === 'config.check') return { last: { problems: this.#problems() } };
    if (doing === 'config.diff') return { last: { keys: this.#changed().map(({ name }) => name) } };
    if (doing === 'config.revert') {
      this.staged = {};
      return { last: {} };
    }
    return doing === 'config.save' ? this.#save() : undefined;
  };

  #get(message: Message): Answer {
    const spec = specOf(String(message['key']));
    if (!spec) return UNKNOWN_KEY;
    const value = shown(spec, this.inFlash[spec.key]);
    if (typeof value !== 'string' || value.length <= PIECE) return { last: { value, staged: null } };
    const at = Number(message['at'] ?? 0);
    return { last: { value: value.slice(at, at + PIECE), length: value.length, staged: null } };
  }

  #set(message: Message): Answer {
    const spec = specOf(String(message['key']));
    if (!spec) return UNKNOWN_KEY;
    const { value, at } = message;
    if (typeof at === 'number') {
      const before = String(this.staged[spec.key] ?? '').slice(0, at);
      if (before.length < at) return VALUE_REFUSED;
      this.staged[spec.key] = before + String(value);
      return { last: { length: before.length + String(value).length } };
    }
    const taken = spec.kind === 'bytes' && typeof value === 'string' ? fromHex(value) : (value as Value);
    this.staged[spec.key] = taken === null || taken === '' ? spec.otherwise : taken;
    const fault = valueFault(spec, this.staged[spec.key], false);
    if (fault === OK) return { last: {} };
    delete this.staged[spec.key];
    return fault;
  }

  #changed(): KeySpec[] {
    const same = (spec: KeySpec) =>
      JSON.stringify(shown(spec, this.staged[spec.key], true)) ===
      JSON.stringify(shown(spec, this.inFlash[spec.key], true));
    return SCHEMA.filter((spec) => this.staged[spec.key] !== undefined && !same(spec));
  }

  #problems(): [string, number][] {
    const all: Values = { ...this.inFlash, ...this.staged };
    const found: [string, number][] = SCHEMA.map((spec) => [
      spec.name,
      valueFault(spec, all[spec.key], false),
    ]);
    const wrong = found.filter(([, fault]) => fault !== OK);
    const pairs = contradictions(all);
    for (let i = 0; i < pairs.length; i += 2)
      wrong.push([SCHEMA.find(({ key }) => key === pairs[i])?.name ?? '', pairs[i + 1] ?? 0]);
    return wrong;
  }

  #save(): Answer {
    const [problem] = this.#problems();
    if (problem) return problem[1];
    const changed = this.#changed().length;
    if (changed > 0) {
      Object.assign(this.inFlash, this.staged);
      if (this.spoiled) this.inFlash[this.spoiled.key] = this.spoiled.value;
      this.generation++;
      this.saves++;
    }
    this.staged = {};
    return { last: { generation: this.generation, changed } };
  }
}

function shown(spec: KeySpec, value: Value | undefined, isInside = false): unknown {
  const text = value instanceof Uint8Array ? toHex(value) : (value ?? null);
  return spec.isSecret && !isInside ? text !== null && text !== '' : text;
}
