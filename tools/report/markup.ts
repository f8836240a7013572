/** HTML or SVG that may stand in the page as it is. Only `element` and `raw` make it; every other value is text. */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

export type Child = Markup | string | number | readonly Child[];
export type Attributes = Readonly<Record<string, string | number | undefined>>;

const VOID_ELEMENTS = new Set(['br', 'link', 'meta']);

/** An element with its attributes and children escaped; an attribute that is undefined is left out. */
export function element(name: string, attributes: Attributes = {}, ...children: Child[]): Markup {
  const pairs = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeText(String(value))}"`)
    .join('');
  const open = `<${name}${pairs}>`;
  return new Markup(VOID_ELEMENTS.has(name) ? open : `${open}${inner(children)}</${name}>`);
}

/** Markup from a constant of this program, never from data. */
export function raw(html: string): Markup {
  return new Markup(html);
}

/** Text for an element's content or a quoted attribute. Control characters, which HTML forbids, become U+FFFD. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"']|[^\P{Cc}\t\n]/gu, (char) => ENTITIES[char] ?? '\uFFFD');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function inner(child: Child): string {
  if (child instanceof Markup) return child.html;
  if (Array.isArray(child)) return child.map(inner).join('');
  return escapeText(String(child));
}
