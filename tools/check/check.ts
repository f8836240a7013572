import { getLineInfo, type Options, parse } from 'acorn';
import { Bundle } from './bundle.ts';
import { rules } from './rules/all.ts';
import type { Violation } from './violation.ts';

/**
 * 160 KiB. Code runs where it lies, and Storage has 896 KiB: what a bundle costs is its upload over serial, 14 s at 115200 Bd,
 * and JsVars for its functions, which have a budget of their own. Judging the cargo, and giving memory back part by part, have
 * taken it from 59 to 78 kB, the console with its words from there to 160.
 */
const defaultMaxBytes = 163_840;
const excerptBefore = 15;
const excerptLength = 60;

export interface CheckOptions {
  /** Size budget in bytes; 163840 if not given. */
  readonly maxBytes?: number;
}

/**
 * Finds everything in a finished bundle that Espruino on the ESP32 would refuse or silently get wrong, as far as the
 * syntax tree shows it. Sorted by place. Text that is no JavaScript at all gives one violation, `syntax-error`.
 */
export function checkBundle(source: string, options: CheckOptions = {}): Violation[] {
  const parsed = parseBundle(source, options.maxBytes ?? defaultMaxBytes);
  if ('violation' in parsed) return [parsed.violation];

  const { bundle } = parsed;
  const found: { start: number; violation: Violation }[] = [];
  for (const rule of rules) {
    rule.check(bundle, ({ start }, subject, instead) => {
      const message = subject === undefined ? rule.reason : `${subject}: ${rule.reason}`;
      const violation = violationAt(source, start, rule.id, message, instead ?? rule.instead);
      found.push({ start, violation });
    });
  }
  return found.sort((a, b) => a.start - b.start).map(({ violation }) => violation);
}

/** As a script, or else as a module, so that an import is reported by its own rule. */
function parseBundle(source: string, maxBytes: number): { bundle: Bundle } | { violation: Violation } {
  const parseAs = (sourceType: 'script' | 'module'): { bundle: Bundle } => {
    const options: Options = {
      ecmaVersion: 'latest',
      allowSuperOutsideMethod: true,
      checkPrivateFields: false,
    };
    return { bundle: new Bundle(source, parse(source, { ...options, sourceType }), maxBytes) };
  };
  try {
    return parseAs('script');
  } catch (scriptError) {
    try {
      return parseAs('module');
    } catch {
      return { violation: syntaxError(source, scriptError as SyntaxError & { pos?: number }) };
    }
  }
}

function syntaxError(source: string, error: SyntaxError & { pos?: number }): Violation {
  if (error instanceof RangeError)
    return violationAt(source, 0, 'syntax-error', 'nested too deeply', 'split it into statements');
  const reason = error.message.replace(/ \(\d+:\d+\)$/, '');
  return violationAt(source, error.pos ?? 0, 'syntax-error', reason, 'correct the text');
}

function violationAt(
  source: string,
  start: number,
  rule: string,
  message: string,
  instead: string,
): Violation {
  const { line, column } = getLineInfo(source, start);
  const excerpt = excerptAt(source, start);
  return {
    rule,
    line,
    column: column + 1,
    message: printable(message),
    instead,
    excerpt: printable(excerpt),
  };
}

function excerptAt(source: string, start: number): string {
  const from = Math.max(0, start - excerptBefore);
  return source.slice(from, from + excerptLength);
}

/** On one line, and without what a terminal would obey. */
function printable(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
}
