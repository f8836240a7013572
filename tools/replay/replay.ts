import { OK } from '../../hal/faults.ts';
import type { Link, LinkTarget } from '../../hal/link.ts';
import { modem } from '../../hal/modem/modem.ts';
import type { ModemProfile } from '../../hal/modem/profile.ts';
import { kernelClock } from '../conformance/kernel-clock.ts';
import { fromByteString } from '../sim/bytes.ts';
import { Kernel } from '../sim/kernel.ts';
import type { Decision, Note } from './decision.ts';
import { Player, type PlayerOptions } from './player.ts';
import { faultOf, Recorder } from './recorder.ts';
import { technologyNames } from './target.ts';
import type { Item } from './transcript.ts';
import { watched } from './watch.ts';

/** As long as a session of the firmware may take, and what hal/link.ts allows for its end. */
const SESSION_S = 480;
const CLOSING_S = 45;
/** An answer of the broker: two round trips on a bad 2G link, and some. */
const ANSWER_WITHIN_S = 30;
const STEP_S = 0.1;
/** 3.1 of MQTT 3.1.1: CONNECT, clean session, keep-alive 600 s, client id "replay". */
const CONNECT = fromByteString('\x10\x12\x00\x04MQTT\x04\x02\x02\x58\x00\x06replay');
/** 3.2.2.3: what a CONNACK says. */
const CONNACK = [
  'accepted',
  'unacceptable protocol version',
  'client id rejected',
  'server unavailable',
  'bad user name or password',
  'not authorized',
];
const CONNACK_BYTES = 4;

export interface Replay {
  readonly decisions: readonly Decision[];
  /** The stream was open, and was not lost before the broker had its time to answer. */
  readonly opened: boolean;
}

export interface ReplayOptions extends Omit<PlayerOptions, 'wants'> {
  readonly profile: ModemProfile;
  readonly target: LinkTarget;
}

/** What becomes of one `open`. */
interface Attempt {
  fault: number | null;
  sent: boolean | null;
  received: string;
  ended: boolean;
}

function meaningOf(bytes: string): string | null {
  if (bytes.length < CONNACK_BYTES || !bytes.startsWith('\x20\x02')) return null;
  return `CONNACK: ${CONNACK[bytes.charCodeAt(3)] ?? 'of no known meaning'}`;
}

/** Open a stream, send CONNECT on it, and note what comes of both. */
function begin(link: Link, target: LinkTarget, deadlineS: number, recorder: Recorder): Attempt {
  const attempt: Attempt = { fault: null, sent: null, received: '', ended: false };
  const note: Note = recorder.note;
  link.open(
    target,
    deadlineS,
    (fault) => {
      attempt.fault = fault;
      recorder.settle();
      const { id, sentence, remedy } = faultOf(fault);
      if (fault !== OK) {
        note({ kind: 'outcome', opened: false, fault: id, sentence, remedy });
        return;
      }
      note({ kind: 'outcome', opened: true, fault: null, sentence: 'The stream is open.', remedy: null });
      link.send(CONNECT, (taken) => {
        attempt.sent = taken;
        recorder.settle();
        note({ kind: 'sent', bytes: CONNECT.length, taken });
      });
    },
    (bytes) => {
      attempt.received += bytes;
      const hex = Buffer.from(bytes, 'latin1').toString('hex');
      note({ kind: 'received', hex, meaning: meaningOf(attempt.received) });
    },
    () => {
      attempt.ended = true;
      note({ kind: 'ended' });
    },
  );
  return attempt;
}

/** One session of the real drivers with the modem of a transcript, in virtual time. The same input gives the same session. */
export async function replay(items: readonly Item[], options: ReplayOptions): Promise<Replay> {
  const kernel = new Kernel();
  const recorder = new Recorder(kernel);
  const player = new Player(kernel, items, { ...options, wants: recorder.wants }, recorder.note);
  const profile = watched(options.profile, recorder.watcher);
  const { link } = modem(() => profile, player.uart, kernelClock(kernel), player.wiring);
  recorder.recoveries = () => link.report().recoveries;

  const nowS = (): number => kernel.nowUs / 1e6;
  const until = async (holds: () => boolean, endS: number): Promise<void> => {
    while (!holds() && nowS() < endS) await kernel.run(Math.min(nowS() + STEP_S, endS) * 1e6);
  };

  /** Resolves to whether the stream opened, and whether it held. */
  async function attempt(): Promise<{ opened: boolean; held: boolean }> {
    const leftS = SESSION_S - nowS();
    const state = begin(link, options.target, leftS, recorder);
    await until(() => state.fault !== null, nowS() + leftS + 10);
    if (state.fault !== OK) return { opened: false, held: false };
    const answered = () => state.sent === true && state.received.length >= CONNACK_BYTES;
    const lost = () => state.sent === false || state.ended;
    await until(() => lost() || answered(), nowS() + ANSWER_WITHIN_S);
    if (!lost() && !answered()) recorder.note({ kind: 'silence', seconds: ANSWER_WITHIN_S });
    return { opened: true, held: !lost() };
  }

  let last = await attempt();
  // As an uplink does: in place of a stream that is lost another one is opened, one rung further up the ladder.
  while (last.opened && !last.held && nowS() + ANSWER_WITHIN_S < SESSION_S) {
    recorder.note({ kind: 'again' });
    last = await attempt();
  }

  let closed = false;
  link.close(() => {
    closed = true;
    recorder.settle();
    recorder.note({ kind: 'closed' });
  });
  await until(() => closed, nowS() + CLOSING_S);

  const report = link.report();
  const time = link.networkTime();
  recorder.note({
    kind: 'report',
    technology: technologyNames[report.technology] ?? null,
    network: report.network || null,
    rssiDbm: report.rssiDbm || null,
    searchedS: report.searchedS,
    bytes: report.bytes,
    networkTime: time === null ? null : new Date(time.utcS * 1000).toISOString(),
  });
  recorder.note({ kind: 'unused', lines: player.unused });
  return { decisions: recorder.decisions, opened: last.held };
}
