/** Fields of one CSV line (RFC 4180 without line breaks inside quotes), or undefined when a quote stays open. */
export function csvFields(line: string): string[] | undefined {
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const char = line[i] as string;
    if (char === '"') {
      if (quoted && line[i + 1] === '"') field += line[i++];
      else quoted = !quoted;
    } else if (char === ',' && !quoted) {
      fields.push(field.trim());
      field = '';
    } else {
      field += char;
    }
  }
  return quoted ? undefined : [...fields, field.trim()];
}
