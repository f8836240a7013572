/** What is at the other end of a line, when it is no tracker that answers. */

export type Talk =
  | { readonly kind: 'nothing' }
  /** Most of it is no text: another baud rate, or a bad line. */
  | { readonly kind: 'garbled' }
  | { readonly kind: 'text'; readonly text: string };

const LONGEST_SAMPLE = 60;

/** The name of an interpreter that answered ENQ, as "Espruino 2v29.13 ESP32"; undefined where none did. */
export function interpreterIn(heard: string): string | undefined {
  const found = /Espruino (\d+v[\w.]+)(?: ([A-Z0-9_]+))?/.exec(heard);
  return found ? found[0].trim() : undefined;
}

function isPrintable(character: string): boolean {
  const code = character.charCodeAt(0);
  return (code >= 0x20 && code < 0x7f) || code === 0x0a || code === 0x0d || code === 0x09 || code === 0x1b;
}

/** What a tracker says by itself while its console is shut: at a start, and behind a session. */
const OF_A_TRACKER =
  /^(coldrail .* power-on \d+|press Enter within|session \d+ on \d+|console closed|nobody is there|starting again|error \d+: )/;

/** Judge what was heard of something that does not answer `hello`. */
export function whatTalks(heard: string): Talk {
  const characters = [...heard].filter((character) => character !== '\0');
  if (characters.length === 0) return { kind: 'nothing' };
  const printable = characters.filter(isPrintable).length;
  if (printable < characters.length * 0.7) return { kind: 'garbled' };
  const lines = heard.split(/[\r\n]+/).map((line) => line.trim());
  // Our own line comes back from something that echoes; what it says itself tells more.
  const own = lines.filter((line) => line !== '' && !line.includes('"do":'));
  // It is one, and does not listen just now.
  if (own.length > 0 && own.every((line) => OF_A_TRACKER.test(line))) return { kind: 'nothing' };
  const text = (own.at(-1) ?? '').replace(/[^\x20-\x7e]/g, '').slice(0, LONGEST_SAMPLE);
  return text === '' ? { kind: 'nothing' } : { kind: 'text', text };
}
