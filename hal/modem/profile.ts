/**
 * What tells modems apart, as data: adding one means adding a profile. The driver (power.ts, link.ts, gnss.ts) is the same
 * for all.
 */
import type { Fix, GnssFailure } from '../gnss.ts';
import type { Step } from './steps.ts';

/**
 * The dialogues of a session, in the order in which they come.
 * - probe: whether the modem runs already, asked before PWRKEY is touched, which would switch it off
 * - wake: from the first AT on; keeps `firmware`
 * - reset: radio off and on
 * - sim, pin: until the radio is on and the SIM ready; keeps `iccid`
 * - forget: let the SIM forget which networks have refused it
 * - lte-m, nb-iot, gsm, lte: search this technology only; read, compare, write only on change
 * - automatic, by-hand: who chooses the network, the modem or `{network}`
 * - where: which network it is, and how well it is heard; keeps `operator` and `signal`
 * - save-power: asks for `{tau}` and `{active}`; keeps `granted`. Empty where the modem has no power saving mode
 * - data: the PDP context for `{apn}`
 * - clock: keeps `clock` when the modem knows the time; set-clock tells it `{clock}`, ntp lets it ask a time server
 * - secure: TLS with the CA, uploaded once as `{caFile}` and the ending that the modem asks for
 * - open, hang-up: the stream
 * - detach: the PDP context again
 */
export type Stage =
  | 'probe'
  | 'wake'
  | 'reset'
  | 'sim'
  | 'pin'
  | 'forget'
  | 'lte-m'
  | 'nb-iot'
  | 'gsm'
  | 'lte'
  | 'automatic'
  | 'by-hand'
  | 'where'
  | 'save-power'
  | 'data'
  | 'clock'
  | 'set-clock'
  | 'ntp'
  | 'secure'
  | 'open'
  | 'hang-up'
  | 'detach';

/** PWRKEY and what surrounds it, milliseconds. */
export interface PowerTimes {
  /** Supply on to PWRKEY. */
  readonly settle: number;
  /** PWRKEY held to switch on, and from its release to the first AT. */
  readonly on: number;
  readonly ready: number;
  /** PWRKEY held to switch off, and from its release until it may be pressed again. */
  readonly off: number;
  readonly gone: number;
}

/** How bytes are sent: the command, its number of bytes behind it, and how it ends (see Answer in at-channel.ts). */
export interface Sending {
  readonly command: string;
  readonly final?: string;
  readonly enough?: string;
}

/** How waiting bytes are fetched. At most 512 at a time: the ESP32's UART may lose the end of a longer burst. */
export interface Receiving {
  /** Asks how many wait, which is the second field of its answer; empty where asking for more than wait does no harm. */
  readonly count: string;
  /** Asks for bytes; their number goes behind it. */
  readonly command: string;
  readonly rawPrefix: string;
  readonly rawEnd: string;
  readonly final?: string;
}

export interface GnssProfile {
  /** The receiver and the data connection take turns with the radio. */
  readonly exclusive: boolean;
  readonly on: readonly string[];
  readonly poll: string;
  readonly off: readonly string[];
  /** The fix in a line of the poll's answer: null while there is none, or the failure when it cannot be believed. */
  readonly fixIn: (line: string) => Fix | GnssFailure | null;
}

export interface ModemProfile {
  readonly name: string;
  /** What it can do (hal/link.ts), the most economical first. */
  readonly technologies: readonly number[];
  readonly power: PowerTimes;
  readonly script: (stage: Stage) => readonly Step[];
  /** Says goodbye; the line that comes when it is off, empty where there is none. */
  readonly off: string;
  readonly offLine: string;
  /** Most bytes in one send. */
  readonly maxSend: number;
  /** Longest CA file that it takes. */
  readonly longestCa: number;
  readonly sending: Sending;
  readonly receiving: Receiving;
  /** How unsolicited lines begin: bytes wait; the far side has closed (what it sent before can still be read). */
  readonly dataWaits: string;
  readonly peerClosed: string;
  /** The data connection is gone. */
  readonly networkLost: readonly string[];
  /** Outside of a boot: the modem has restarted, or is going down. */
  readonly restarts: readonly string[];
  /** Technology of an access code, the last number of `+COPS:`; 0 unknown. */
  readonly technologyOf: (accessCode: number) => number;
  /** UTC in the line that `clock` keeps, seconds since 1970; null when it is no time to be believed. */
  readonly utcIn: (line: string) => number | null;
  /** Parts of firmware versions that are known not to work with TLS. */
  readonly unusable: readonly string[];
  readonly gnss: GnssProfile;
}
