import { type AnyNode, type FunctionDeclaration, type Node, parse } from 'acorn';
import { Bundle, isWithin } from '../check/bundle.ts';
import { isAssigned } from '../check/syntax.ts';
import { bodyOf, declarations, isChange, nameOf } from './declarations.ts';
import { type Edit, edited } from './edit.ts';

/** A part of a bundle that is made apart from the rest. */
export interface Part {
  /** The functions through which it is come to; those that a bundle lacks are passed over. */
  readonly roots: readonly string[];
  /** Made once, or at each use and given back behind it. */
  readonly isKept: boolean;
  /** Another part that needs its roots gets copies, as it may call them in a loop. */
  readonly isCopied?: boolean;
  /**
   * Made within the part through which all come to it, so that its maker takes no memory without that one. Not for what is
   * used by several at a time, or by what is kept: then there would be more of them.
   */
  readonly isInner?: boolean;
}

/** A statement that may stand elsewhere, and where its name is used. */
interface Movable {
  readonly statement: AnyNode;
  readonly uses: readonly Node[];
}

function movablesOf(bundle: Bundle, body: readonly AnyNode[]): Movable[] {
  const all = declarations(body).map((statement) => {
    const name = nameOf(statement);
    const binding = bundle.bindings.find(({ identifier }) => identifier === name);
    return { statement, uses: binding?.references.filter((use) => use !== binding.identifier) ?? [] };
  });
  const isChanged = (use: Node): boolean => isChange(bundle, use) || isAssigned(bundle, use);
  return all.filter(({ uses }) => uses.length > 0 && !uses.some(isChanged));
}

/** What `from` needs, directly or through others, without what stands in `beyond`. */
function neededBy(
  from: readonly AnyNode[],
  movables: readonly Movable[],
  beyond: ReadonlySet<AnyNode>,
): Set<AnyNode> {
  const hosts = [...from];
  const needed = new Set<AnyNode>();
  for (let host = hosts.pop(); host !== undefined; host = hosts.pop())
    for (const { statement, uses } of movables) {
      const at: Node = host;
      if (beyond.has(statement) || needed.has(statement) || !uses.some((use) => isWithin(use, at))) continue;
      needed.add(statement);
      hosts.push(statement);
    }
  return needed;
}

/** What stands in place of a root: where it is called, the part's; where it is handed on, a function that calls it later. */
function useOf(bundle: Bundle, use: Node, home: FunctionDeclaration, made: string): string {
  const parent = bundle.parent(use);
  if (parent?.type === 'CallExpression' && parent.callee === use) return made;
  const params = home.params.map((param) => bundle.text(param)).join(', ');
  const key = parent?.type === 'Property' && parent.shorthand ? `${bundle.text(use)}: ` : '';
  return `${key}(${params}) => ${made}(${params})`;
}

/**
 * The part in which each part may be made, -1 for the program: the nearest one that whoever comes to it has come through
 * (its dominator). `users` are the parts that use it, -1 for the program.
 */
function homesOf(users: readonly (readonly number[])[]): number[] {
  const everywhere = new Set(users.map((_, index) => index));
  const through = users.map(() => everywhere as ReadonlySet<number>);
  const behind = (part: number): ReadonlySet<number> =>
    part < 0 ? new Set() : new Set([...(through[part] ?? []), part]);
  for (let isStable = false; !isStable; ) {
    isStable = true;
    for (const [part, its] of users.entries()) {
      const [first = new Set<number>(), ...others] = its.filter((user) => user !== part).map(behind);
      const common = new Set([...first].filter((one) => others.every((other) => other.has(one))));
      if (common.size !== through[part]?.size) isStable = false;
      through[part] = common;
    }
  }
  // The nearest is the one that all others are in front of.
  return through.map((parts) => {
    const found = [...parts].find((one) =>
      [...parts].every((other) => other === one || through[one]?.has(other)),
    );
    return found ?? -1;
  });
}

/** The function that a program calls to let go of its kept parts (firmware/parts.ts), which does nothing before. */
const FORGET = 'forgetParts';

function forgetText(parts: readonly { readonly isKept: boolean }[]): string {
  const lines = parts.map(({ isKept }, index) => (isKept ? `makePart${index}Kept = null;` : ''));
  return `function ${FORGET}() {\n${lines.join('')}\n}`;
}

function makerText(
  maker: string,
  statements: readonly string[],
  roots: readonly string[],
  isKept: boolean,
): string {
  const result =
    roots.length > 1 ? `{ ${roots.map((root, index) => `r${index}: ${root}`).join(', ')} }` : roots[0];
  const make = `function ${maker}() {\n${statements.join('\n')}\nreturn ${result};\n}\n`;
  if (!isKept) return make;
  return `${make}let ${maker}Kept = null;\nfunction ${maker}Once() {\n  if (${maker}Kept === null) ${maker}Kept = ${maker}();\n  return ${maker}Kept;\n}\n`;
}

/**
 * Split a bundle: what only the roots of parts need goes into functions of their own, one a part, which run when a root is
 * used. Until then it takes no memory. What several parts need is copied into each; but what a kept part shares with
 * others stays in the program, as copies would be there together.
 *
 *     function makePart0() { what only the root needs; return root; }    and makePart0() in place of the root
 */
export function split(source: string, parts: readonly Part[]): string {
  const bundle = new Bundle(source, parse(source, { ecmaVersion: 2015 }), Number.POSITIVE_INFINITY);
  const body = bodyOf(bundle);
  const [outer] = bundle.all('ArrowFunctionExpression', 'FunctionExpression');
  const movables = movablesOf(bundle, body);
  const found = parts
    .map(({ roots, isKept, isCopied = false, isInner = false }) => ({
      isKept,
      isCopied,
      isInner,
      homes: movables
        .map(({ statement }) => statement)
        .filter(
          (node): node is FunctionDeclaration =>
            node.type === 'FunctionDeclaration' && roots.includes(node.id?.name ?? ''),
        ),
    }))
    .filter(({ homes }) => homes.length > 0);
  if (found.length === 0 || !outer) return source;

  const roots = new Set<AnyNode>(found.flatMap(({ homes }) => homes));
  const fixed = body.filter((node) => !movables.some(({ statement }) => statement === node));
  const called = new Set<AnyNode>(found.filter(({ isCopied }) => !isCopied).flatMap(({ homes }) => homes));
  const needs = found.map(({ homes, isKept }) => ({ isKept, all: neededBy(homes, movables, called) }));
  const shared = movables
    .map(({ statement }) => statement)
    .filter((statement) => {
      if (roots.has(statement)) return false;
      const users = needs.filter(({ all }) => all.has(statement));
      return users.length > 1 && users.some(({ isKept }) => isKept);
    });
  const program = neededBy([...fixed, ...shared], movables, roots);
  for (const statement of shared) program.add(statement);

  /** The text of a statement that goes into the part `own`, -1 for the program. */
  const textIn = (host: AnyNode, own: number): string => {
    if (host.type === 'FunctionDeclaration' && host.id?.name === FORGET) return forgetText(found);
    const edits: Edit[] = [];
    for (const [index, { homes, isKept, isCopied }] of found.entries()) {
      if (index === own || (isCopied && own >= 0)) continue;
      for (const [at, home] of homes.entries()) {
        const made = `makePart${index}${isKept ? 'Once' : ''}()${homes.length > 1 ? `.r${at}` : ''}`;
        const uses = movables.find(({ statement }) => statement === home)?.uses ?? [];
        for (const use of uses)
          if (isWithin(use, host))
            edits.push({
              start: use.start - host.start,
              end: use.end - host.start,
              text: useOf(bundle, use, home, made),
            });
      }
    }
    return edited(bundle.text(host), edits);
  };

  const kept = body.filter((node) => fixed.includes(node) || program.has(node));
  /** The statements of a part, or of the program. */
  const statementsOf = (index: number): AnyNode[] =>
    index < 0
      ? kept
      : body.filter(
          (node) =>
            found[index]?.homes.includes(node as FunctionDeclaration) ||
            (needs[index]?.all.has(node) && !program.has(node)),
        );
  const usesPart = (user: number, part: number): boolean =>
    (user < 0 || !found[part]?.isCopied) &&
    statementsOf(user).some((host) =>
      movables.some(
        ({ statement, uses }) =>
          found[part]?.homes.includes(statement as FunctionDeclaration) &&
          uses.some((use) => isWithin(use, host)),
      ),
    );
  const places = homesOf(
    found.map(({ isKept, isInner }, part) =>
      // What is kept outlives whoever has asked for it.
      isKept || !isInner
        ? [-1]
        : [-1, ...found.keys()].filter((user) => user !== part && usesPart(user, part)),
    ),
  );
  const makersIn = (place: number): string[] =>
    found.flatMap(({ homes, isKept }, index) =>
      places[index] === place
        ? makerText(
            `makePart${index}`,
            [...makersIn(index), ...statementsOf(index).map((node) => textIn(node, index))],
            homes.map((home) => home.id.name),
            isKept,
          )
        : [],
    );
  const inside = [...makersIn(-1), ...kept.map((node) => textIn(node, -1))].join('\n');
  return `${source.slice(0, outer.body.start + 1)}\n${inside}\n${source.slice(outer.body.end - 1)}`;
}
