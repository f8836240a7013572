/** A page that is made from sources: what it says is changed there. */
export interface Page {
  /** Path from the top of the repository. */
  readonly path: string;
  readonly text: string;
}

/** `sources` are paths from the top of the repository; the page says that it is made from them. */
export function page(path: string, title: string, sources: readonly string[], body: readonly string[]): Page {
  const origin = `<!-- Made by \`npx coldrail docs\` from ${sources.join(', ')}. Change it there. -->`;
  return { path, text: `${[origin, `# ${title}`, ...body].join('\n\n')}\n` };
}

/** Text as it is, on one line and ready for a table; what stands between backticks is code. */
export function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .split(/(`[^`]*`)/)
    .map((part) => part.replace(part.startsWith('`') ? /\|/g : /[\\|<>*_[\]]/g, '\\$&'))
    .join('');
}

export function code(text: string | number): string {
  return `\`${text}\``;
}

/** `rows` are finished Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export function link(text: string, target: string): string {
  return `[${text}](${target})`;
}
