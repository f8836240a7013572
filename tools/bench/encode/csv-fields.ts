/** Fields of one CSV line (RFC 4180 without line breaks inside quotes), or undefined when a quote stays open. */
export function csvFields(line: string, delimiter: string): string[] | undefined {
  if (!line.includes('"')) return line.split(delimiter).map((field) => field.trim());
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const char = line[i] as string;
    if (char === '"') {
      if (quoted && line[i + 1] === '"') field += line[i++];
      else quoted = !quoted;
    } else if (char === delimiter && !quoted) {
      fields.push(field.trim());
      field = '';
    } else {
      field += char;
    }
  }
  return quoted ? undefined : [...fields, field.trim()];
}

/** The one of comma, semicolon and tab that a header line has most of; the comma when it has none. */
export function delimiterOf(header: string): string {
  const count = (char: string): number => header.split(char).length;
  return [',', ';', '\t'].reduce((best, char) => (count(char) > count(best) ? char : best));
}
