import type { Stage } from '../../hal/modem/profile.ts';
import { registrationIn } from '../../hal/modem/reports.ts';
import type { Decision, Fit } from './decision.ts';

const WIDTH = 100;
const COLUMN = 22;

const PURPOSES: Readonly<Record<Stage, string>> = {
  probe: 'does the modem run already?',
  wake: 'first words',
  reset: 'radio off and on',
  sim: 'is the SIM ready?',
  pin: 'unlock the SIM',
  forget: 'forget which networks have refused the SIM',
  'lte-m': 'search LTE-M only',
  'nb-iot': 'search NB-IoT only',
  gsm: 'search GSM only',
  lte: 'search LTE only',
  automatic: 'the modem chooses the network',
  'by-hand': 'one network only',
  where: 'which network, and how well is it heard?',
  'save-power': 'may the modem sleep?',
  data: 'PDP context',
  clock: 'does the modem know the time?',
  'set-clock': 'tell the modem the time',
  ntp: 'let the modem ask a time server',
  secure: 'TLS and its certificate',
  open: 'open the stream',
  'hang-up': 'close the stream',
  detach: 'take the PDP context down',
};

const FITS: Readonly<Record<Fit, string>> = {
  exact: '',
  differs: '',
  alive: 'not in the transcript; answered, as what comes later is',
  assumed: 'not in the transcript; assumed to be well',
  missing: 'not in the transcript; left unanswered',
  deaf: 'nobody hears it',
  'used-up': 'the transcript has ended; left unanswered',
};

/** 27.007, 10.1.22. */
const REGISTRATIONS = ['idle', 'home', 'searching', 'denied', 'unknown', 'roaming'];

/** Bytes for a terminal: what is not printable ASCII as \xNN. */
function printable(text: string): string {
  return text.replace(
    /[^ -~]/g,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

/** Lines of a number of transcript lines: "3-5, 9". */
function ranges(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let i = 0; i < numbers.length; ) {
    let end = i;
    while (numbers[end + 1] === numbers[end] + 1) end++;
    parts.push(end > i ? `${numbers[i]}-${numbers[end]}` : `${numbers[i]}`);
    i = end + 1;
  }
  return parts.length > 12 ? `${parts.slice(0, 12).join(', ')} and more` : parts.join(', ');
}

function commented(line: string): string {
  const status = /^\+C(?:E|G)?REG: /.test(line) ? REGISTRATIONS[registrationIn(line)] : undefined;
  return printable(line) + (status ? `  (${status})` : '');
}

/** A text and what is to be said of it: on one line if there is room. */
function beside(text: string, note: string): string[] {
  if (note === '') return [text];
  return text.length + note.length + 2 <= WIDTH - COLUMN ? [`${text}  ${note}`] : [text, `  ${note}`];
}

/** A heading of at most 9 characters, and the texts that stand beside it, each on lines of its own. */
function partsOf(decision: Decision): [string, ...string[]] {
  switch (decision.kind) {
    case 'pin':
      return decision.pin === 'PWRKEY'
        ? ['PWRKEY', decision.on ? 'pressed' : 'released']
        : [decision.pin, decision.on ? 'on' : 'off'];
    case 'stage':
      return ['stage', `${decision.stage}: ${PURPOSES[decision.stage]}`];
    case 'verdict': {
      const fault = decision.fault === undefined ? '' : `, ${decision.fault}`;
      return ['verdict', `${decision.stage}: ${decision.passed ? 'passed' : `not passed${fault}`}`];
    }
    case 'wrote': {
      const { text, fit, expected, late, line } = decision;
      const notes = [
        fit === 'differs' ? `line ${line} differs: ${expected}` : FITS[fit],
        late ? `line ${line}, passed over before` : '',
      ].filter((note) => note !== '');
      return ['>>', ...beside(printable(text), notes.map((note) => `(${printable(note)})`).join(' '))];
    }
    case 'payload':
      return ['>>', `${decision.bytes} of ${decision.of} bytes`];
    case 'skipped':
      return ['skipped', `${ranges(decision.lines)} of the transcript`];
    case 'heard': {
      const lines = decision.text.split(/[\r\n]+/).filter((line) => line !== '');
      const lost = decision.lost ? '  (nobody listens)' : '';
      return ['<<', ...(lines.length > 0 ? lines : ['']).map((line) => commented(line) + lost)];
    }
    case 'modem':
      return ['modem', decision.state];
    case 'recovery':
      return ['RECOVERY', `${decision.rung}, after ${decision.fault}: ${decision.sentence}`];
    case 'outcome':
      return [
        'OUTCOME',
        decision.fault === null ? decision.sentence : `${decision.fault}: ${decision.sentence}`,
        ...(decision.remedy === null ? [] : [decision.remedy]),
      ];
    case 'sent':
      return [
        'stream',
        decision.taken ? `the modem took ${decision.bytes} bytes` : 'the send failed: the stream is given up',
      ];
    case 'received':
      return ['stream', `got ${decision.hex}${decision.meaning === null ? '' : ` (${decision.meaning})`}`];
    case 'silence':
      return ['stream', `nothing came back within ${decision.seconds} s`];
    case 'ended':
      return ['stream', 'the stream has ended'];
    case 'again':
      return ['stream', 'opened again, one rung further up the ladder'];
    case 'closed':
      return ['session', 'closed'];
    case 'report': {
      const { technology, network, rssiDbm, searchedS, bytes, networkTime } = decision;
      const signal = rssiDbm === null ? 'signal unknown' : `${rssiDbm} dBm`;
      const where =
        technology === null ? 'no network' : `network ${network ?? 'unknown'}, ${technology}, ${signal}`;
      const time = networkTime === null ? 'no network time' : `network time ${networkTime}`;
      return ['REPORT', `${where}; searched ${searchedS} s; ${bytes} bytes on the stream; ${time}`];
    }
    case 'unused':
      return decision.lines.length === 0
        ? ['REPORT', 'the tracker came to every line of the transcript']
        : ['REPORT', `lines that the tracker did not come to: ${ranges(decision.lines)}`];
  }
}

/** Cut at spaces where there are any. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const space = rest.lastIndexOf(' ', width);
    const end = space > width / 2 ? space : width;
    lines.push(rest.slice(0, end));
    rest = `  ${rest.slice(end).trimStart()}`;
  }
  return [...lines, rest];
}

/** A decision for a person, in at most 100 columns. */
export function linesOf(decision: Decision): string[] {
  const [heading, ...texts] = partsOf(decision);
  const left = `${decision.atS.toFixed(3).padStart(9)}  ${heading}`.padEnd(COLUMN);
  return texts
    .flatMap((text) => wrapped(text, WIDTH - COLUMN))
    .map((text, index) => ((index === 0 ? left : ' '.repeat(COLUMN)) + text).trimEnd());
}
