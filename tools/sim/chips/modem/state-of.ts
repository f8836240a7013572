/**
 * State that only one family has: made when it is first asked for, and gone with its owner. With a `Running` as owner it
 * is lost at power-off, with a `ModemFlash` it is kept.
 */
export function stateOf<Owner extends object, State>(make: (owner: Owner) => State): (owner: Owner) => State {
  const states = new WeakMap<Owner, State>();
  return (owner) => {
    const known = states.get(owner);
    if (known) return known;
    const made = make(owner);
    states.set(owner, made);
    return made;
  };
}
