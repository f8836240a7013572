import { type KeySpec, SCHEMA } from '../../../firmware/config/schema.ts';
import { contradictions, type Value, type Values, valueFault } from '../../../firmware/config/values.ts';
import { OK, VALUE_REFUSED } from '../../../hal/faults.ts';
import { type Display, type DisplayValues, isSame, specOf, stored } from '../../console/display.ts';

/** A configuration as the tracker has it, and what a person wants to have changed. */
export class ConfigDraft {
  readonly inForce: DisplayValues;
  readonly #wanted = new Map<string, Display>();

  constructor(inForce: DisplayValues) {
    this.inForce = inForce;
  }

  /** The keys that the tracker has, in the order of the schema. */
  get specs(): readonly KeySpec[] {
    return SCHEMA.filter(({ name }) => name in this.inForce);
  }

  /** What will stand there; of a secret that stays, whether it is set. */
  value(name: string): Display {
    const wanted = this.#wanted.get(name);
    return wanted === undefined ? (this.inForce[name] ?? null) : wanted;
  }

  isChanged(name: string): boolean {
    return this.#wanted.has(name);
  }

  /** A value that is the one in force is no change. */
  want(name: string, value: Display): void {
    const spec = specOf(name);
    const before = this.inForce[name];
    if (!spec || before === undefined) return;
    if (!spec.isSecret && isSame(spec, value, before)) this.#wanted.delete(name);
    else this.#wanted.set(name, value);
  }

  isSecret(name: string): boolean {
    return specOf(name)?.isSecret === true;
  }

  leave(name: string): void {
    this.#wanted.delete(name);
  }

  get wanted(): DisplayValues {
    return Object.fromEntries(this.#wanted);
  }

  get hasChanges(): boolean {
    return this.#wanted.size > 0;
  }

  /** Faults of hal/faults.ts by key: of changed values by themselves, and of what does not go together. */
  problems(): ReadonlyMap<string, number> {
    const found = new Map<string, number>();
    for (const [name, value] of this.#wanted) {
      const fault = faultOf(name, value);
      if (fault !== OK) found.set(name, fault);
    }
    const pairs = contradictions(this.#values());
    for (let i = 0; i < pairs.length; i += 2) {
      const name = SCHEMA.find(({ key }) => key === pairs[i])?.name;
      if (name && !found.has(name)) found.set(name, pairs[i + 1] ?? VALUE_REFUSED);
    }
    return found;
  }

  #values(): Values {
    const values: Values = {};
    for (const spec of SCHEMA) {
      const isKept = spec.isSecret && !this.isChanged(spec.name);
      const value: Value | undefined = isKept ? spec.otherwise : stored(spec, this.value(spec.name));
      values[spec.key] = value === undefined ? spec.otherwise : value;
    }
    return values;
  }
}

/** What is wrong with a value by itself: a number of hal/faults.ts. */
export function faultOf(name: string, value: Display): number {
  const spec = specOf(name);
  const inFlash = spec && stored(spec, value);
  return spec === undefined || inFlash === undefined ? VALUE_REFUSED : valueFault(spec, inFlash, false);
}
