/** What modems report, in small: functions over single lines. */

/** The field at `index` of what stands behind ": ", without quotes; empty when there is none. */
export function fieldOf(line: string, index: number): string {
  const fields = line.substr(line.indexOf(':') + 1).split(',');
  const field = index < fields.length ? fields[index] : '';
  const open = field.indexOf('"');
  if (open < 0) return field;
  const close = field.indexOf('"', open + 1);
  return field.substring(open + 1, close < 0 ? field.length : close);
}

/** That field as a number; -1 when it is none. */
export function numberOf(line: string, index: number): number {
  const value = parseInt(fieldOf(line, index), 10);
  return isNaN(value) ? -1 : value;
}

/**
 * The status in `+CEREG: n,stat[,"tac",...]`, or in the unsolicited `+CEREG: stat[,"tac",...]` that may stand in its place:
 * 0 idle, 1 home, 2 searching, 3 denied, 4 unknown, 5 roaming (27.007, 10.1.22).
 */
export function registrationIn(line: string): number {
  const fields = line.substr(line.indexOf(':') + 1).split(',');
  const unasked = fields.length < 2 || fields[1].indexOf('"') >= 0;
  return parseInt(fields[unasked ? 0 : 1], 10) || 0;
}

/** MCC and MNC in `+COPS: mode,2,"26201",7`, as a number with these digits; 0 when it names none. */
export function networkIn(line: string): number {
  const digits = fieldOf(line, 2);
  for (let i = 0; i < digits.length; i++)
    if (digits.charCodeAt(i) < 48 || digits.charCodeAt(i) > 57) return 0;
  return digits.length === 5 || digits.length === 6 ? parseInt(digits, 10) : 0;
}

/** Characters that go into a tag: a certificate's signature stands at its end, and a SIM's own number. */
const TAGGED = 100;

/** A number that tells texts apart by their length and their end, 1 to 16777213; 0 for none. */
export function tagOf(text: string): number {
  if (text === '') return 0;
  let tag = text.length;
  for (let i = Math.max(0, text.length - TAGGED); i < text.length; i++)
    tag = (tag * 31 + text.charCodeAt(i)) % 16777213;
  return tag + 1;
}
