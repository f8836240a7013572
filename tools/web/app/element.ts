/** Elements of the page. Whatever comes from the tracker or from a file goes in as text, never as markup. */

export type Child = Node | string | number | undefined | readonly Child[];

/** Attributes by name; false and undefined leave one out, true is an empty one. A function hears the event of its name. */
export type Attributes = Readonly<
  Record<string, string | number | boolean | undefined | ((event: Event) => unknown)>
>;

const SVG = 'http://www.w3.org/2000/svg';

/** An element with its attributes, listeners and children: `element('button', { onclick: save }, 'Save')`. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  return fitted(document.createElement(name), attributes, children);
}

/** The same for drawings. */
export function drawing<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[Name] {
  return fitted(document.createElementNS(SVG, name), attributes, children);
}

/** Put `children` where there were others. */
export function refill(parent: Element, ...children: Child[]): void {
  parent.replaceChildren(...nodesOf(children));
}

function fitted<Kind extends Element>(made: Kind, attributes: Attributes, children: readonly Child[]): Kind {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name.replace(/^on/, ''), value);
    else if (value !== undefined && value !== false)
      made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...nodesOf(children));
  return made;
}

function nodesOf(children: readonly Child[]): (Node | string)[] {
  return children.flatMap((child) => {
    if (child === undefined) return [];
    if (typeof child === 'string' || typeof child === 'number') return [String(child)];
    return child instanceof Node ? [child] : nodesOf(child);
  });
}
