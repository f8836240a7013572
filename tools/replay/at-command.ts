/** AT commands as text: which one it is, what it sets, and how many bytes it announces. */

/** Where the number of payload bytes stands among the arguments of commands that prompt for them. */
const COUNT_AT: Readonly<Record<string, number>> = {
  '+CASEND': 1,
  '+CCHSEND': 1,
  '+QSSLSEND': 1,
  '+CFSWFILE': 3,
  '+QFUPL': 1,
  '+CCERTDOWN': 1,
};
/** More than the longest certificate. */
const LONGEST_PAYLOAD = 16384;

const PARTS = /^AT([^=?]*)(=\?|=|\?|)(.*)$/is;

/** Bytes that follow behind the prompt of `command`; 0 for a command without a prompt. */
export function payloadOf(command: string): number {
  const [, name = '', , list = ''] = PARTS.exec(command) ?? [];
  const at = COUNT_AT[name.toUpperCase()];
  const count = at === undefined ? 0 : Number.parseInt(list.split(',')[at] ?? '', 10);
  return count > 0 && count <= LONGEST_PAYLOAD ? count : 0;
}

/**
 * What stays the same when a command comes with other arguments: its name, whether it reads or writes, and of the
 * commands that hold many settings which one: `AT+CSSLCFG="SNI",0,"host"` and `AT+CSSLCFG="SNI",0,"other"`.
 */
export function kindOf(command: string): string {
  const [, name, form, list = ''] = PARTS.exec(command) ?? [];
  if (name === undefined) return '';
  const option = /SSLCFG$|^\+QCFG$/i.test(name)
    ? list.split(',').find((argument) => !/^\d*$/.test(argument))
    : '';
  return `${name}${form}${option ?? ''}`.toUpperCase().replaceAll('"', '');
}

/** Whether `text` is what `pattern` says, in which "*" stands for any run of characters. */
export function matches(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let from = 0;
  for (let i = 0; i < text.length; ) {
    if (pattern[at] === '*') {
      star = at++;
      from = i;
    } else if (pattern[at] === text[i]) {
      at++;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++from;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}

/** Text that may be shown: the PIN goes in and never comes out. */
export function withoutPin(text: string): string {
  return text.replace(/(AT\+CPIN=)(?!\?)[^\r\n]*/gi, '$1"****"');
}
