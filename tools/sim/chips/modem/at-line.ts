export interface Argument {
  readonly text: string;
  readonly quoted: boolean;
}

/** `AT+X` is run, `AT+X?` read, `AT+X=?` test, `AT+X=1,"a"` write. */
export type CommandForm = 'run' | 'read' | 'test' | 'write';

export interface CommandLine {
  /** Upper case, without AT: "" for a bare AT, "E0", "+CSQ". */
  readonly name: string;
  readonly form: CommandForm;
  readonly args: readonly Argument[];
}

/**
 * Read one command line. Rubbish before the first "AT" is skipped, as the modem does; undefined when there is no "AT"
 * at all (the modem then says nothing), and a command that no table knows when the rest makes no sense.
 */
export function parseAtLine(line: string): CommandLine | undefined {
  const start = line.search(/at/i);
  if (start < 0) return undefined;
  const match = /^(\+[a-z]+|&?[a-z]\d*|)(?:(\?)|=(\?$|.*))?$/i.exec(line.slice(start + 2).trim());
  if (!match) return { name: '?', form: 'run', args: [] };
  const name = (match[1] ?? '').toUpperCase();
  const value = match[3];
  if (match[2]) return { name, form: 'read', args: [] };
  if (value === undefined) return { name, form: 'run', args: [] };
  if (value === '?') return { name, form: 'test', args: [] };
  const args = splitArguments(value);
  return args ? { name, form: 'write', args } : { name: '?', form: 'write', args: [] };
}

function splitArguments(text: string): Argument[] | undefined {
  const args: Argument[] = [];
  const pattern = /(?:"([^"]*)"|([^",]*))(,|$)/y;
  for (;;) {
    const match = pattern.exec(text);
    if (!match) return undefined;
    args.push({ text: match[1] ?? match[2]?.trim() ?? '', quoted: match[1] !== undefined });
    if (match[3] === '') return args;
  }
}
