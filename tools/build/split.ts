import { type AnyNode, type Identifier, type Node, parse } from 'acorn';
import { Bundle, isWithin } from '../check/bundle.ts';
import { bodyOf, declarations, isChange, nameOf } from './sink.ts';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function edited(source: string, edits: readonly Edit[]): string {
  let result = source;
  for (const { start, end, text } of edits.toSorted((a, b) => b.start - a.start))
    result = result.slice(0, start) + text + result.slice(end);
  return result;
}

/** The statements that nothing but `roots` and each other refer to, the roots among them. */
function ownOf(bundle: Bundle, body: readonly AnyNode[], roots: readonly AnyNode[]): AnyNode[] {
  const uses = new Map<AnyNode, Node[]>();
  for (const statement of declarations(body)) {
    const name = nameOf(statement);
    const binding = bundle.bindings.find(({ identifier }) => identifier === name);
    uses.set(statement, binding ? binding.references.filter((use) => use !== binding.identifier) : []);
  }
  const own = new Set(
    [...uses]
      .filter(([, all]) => all.length > 0 && !all.some((use) => isChange(bundle, use)))
      .map(([one]) => one),
  );
  for (const root of roots) own.add(root);
  for (let before = -1; before !== own.size; ) {
    before = own.size;
    for (const statement of own) {
      if (roots.includes(statement)) continue;
      const inside = (use: Node): boolean => [...own].some((host) => isWithin(use, host));
      if (!uses.get(statement)?.every(inside)) own.delete(statement);
    }
  }
  return body.filter((statement) => own.has(statement));
}

/** What `own` uses of the rest of the bundle's scope. */
function borrowedBy(bundle: Bundle, body: readonly AnyNode[], own: readonly AnyNode[]): string[] {
  const names = new Set<string>();
  for (const binding of bundle.bindings) {
    const home = body.find((statement) => isWithin(binding.identifier, statement));
    const isTop = home !== undefined && nameOf(home) === binding.identifier;
    const isElsewhere = home !== undefined && !own.includes(home);
    if (!isElsewhere || !binding.references.some((use) => own.some((host) => isWithin(use, host)))) continue;
    if (!isTop) throw new Error(`${binding.name} is no declaration of its own, and cannot be lent`);
    names.add(binding.name);
  }
  return [...names];
}

/** A part of a bundle that is made apart from the rest. */
export interface Part {
  /** The functions through which the program comes to it; those that a bundle lacks are passed over. */
  readonly roots: readonly string[];
  /** Made once, or at each use and given back behind it. */
  readonly isKept: boolean;
}

/** Take one part out: the program without it, and the function that makes it; undefined when the bundle has none of it. */
function takeOut(
  source: string,
  { roots, isKept }: Part,
  maker: string,
): { program: string; part: string } | undefined {
  const bundle = new Bundle(source, parse(source, { ecmaVersion: 2015 }), Number.POSITIVE_INFINITY);
  const body = bodyOf(bundle);
  const homes = body.filter(
    (node) => node.type === 'FunctionDeclaration' && roots.includes(node.id?.name ?? ''),
  );
  const [outer] = bundle.all('ArrowFunctionExpression', 'FunctionExpression');
  if (homes.length === 0 || !outer) return undefined;
  const own = ownOf(bundle, body, homes);
  const makers = bundle.free.filter(
    (name) => MAKER.test(name.name) && own.some((host) => isWithin(name, host)),
  );
  const lent = [...borrowedBy(bundle, body, own), ...new Set(makers.map(({ name }) => name))];
  const edits: Edit[] = own.map(({ start, end }) => ({ start, end, text: '' }));
  const uses = homes.map((home) => {
    const binding = bundle.bindings.find(({ identifier }) => identifier === nameOf(home));
    return binding?.references.filter(
      (use) => use !== binding.identifier && !own.some((host) => isWithin(use, host)),
    );
  });
  for (const [index, found] of uses.entries())
    for (const { start, end } of found ?? []) edits.push({ start, end, text: `${maker}Made().r${index}` });
  const make = `${maker}(${lent.join(', ')})`;
  const made = isKept
    ? `let ${maker}Kept = null;\nfunction ${maker}Made() {\n  if (${maker}Kept === null) ${maker}Kept = ${make};\n  return ${maker}Kept;\n}\n`
    : `function ${maker}Made() {\n  return ${make};\n}\n`;
  const start = outer.body.start + 1;
  edits.push({ start, end: start, text: `\n${made}` });
  const results = homes.map((home, index) => `r${index}: ${(nameOf(home) as Identifier).name}`).join(', ');
  const texts = own.map((statement) => bundle.text(statement)).join('\n');
  const part = `function (${lent.join(', ')}) {\n${texts}\nreturn { ${results} };\n}`;
  return { program: edited(source, edits), part };
}

const MAKER = /^makePart\d$/;

/**
 * Split a bundle: what only the roots of a part need goes into a function beside the program's, which runs when one of
 * them is used. Until then it takes no memory. Beside and not inside, as Espruino gives each function that stands in two
 * scopes a list of them, which costs three JsVars a function. A part that another one needs comes before it.
 *
 *     ((makePart0) => { program, with makePart0Made().r0 in place of a root })(function (lent) { ...; return { r0 } })
 */
export function split(source: string, parts: readonly Part[]): string {
  let program = source;
  const makers: string[] = [];
  const made: string[] = [];
  for (const part of parts) {
    const maker = `makePart${makers.length}`;
    const taken = takeOut(program, part, maker);
    if (!taken) continue;
    program = taken.program;
    makers.push(maker);
    made.push(taken.part);
  }
  // The program is one arrow function without parameters that is called at once.
  const opened = program.indexOf('(() =>');
  const called = program.lastIndexOf(')()');
  if (makers.length === 0) return source;
  if (opened < 0 || called < 0) throw new Error('the bundle is not one function that is called at once');
  const inside = program.slice(opened + '(() =>'.length, called);
  const behind = program.slice(called + ')()'.length);
  return `${program.slice(0, opened)}((${makers.join(', ')}) =>${inside})(${made.join(', ')})${behind}`;
}
