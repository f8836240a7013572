import type { ConnectError } from '../../net/network.ts';
import type { Random } from '../../random.ts';
import type { RadioTechnology } from '../radio.ts';
import type { Boot } from './boot.ts';
import type { CommandTable } from './commands/command.ts';
import type { ModemFlash, Profile } from './flash.ts';
import type { RegistrationDomain } from './registration.ts';

export type FamilyName = 'sim7080' | 'sim7000' | 'a7670' | 'bg9x';

/** A part of the family with the software that is on it. */
export interface Firmware {
  /** As AT+CGMR prints it. */
  readonly revision: string;
  /** As AT+CGMM prints it. */
  readonly model: string;
  /** Commands that it does not know although the family does. */
  readonly lacks?: readonly string[];
  /** No TLS connection ever comes about. */
  readonly tlsBroken?: boolean;
  /** From power-on to the first answer, microseconds, where it differs from `Family.boot`. */
  readonly readyUs?: readonly [number, number];
}

/** How long PWRKEY has to be held, and what follows, in microseconds. */
export interface PowerTimes {
  readonly pressOnUs: number;
  readonly pressOffUs: number;
  /** From the end of the press to the last line. */
  readonly offUs: readonly [number, number];
}

/** A time as the network tells it. */
export interface NetworkMoment {
  readonly utcMs: number;
  /** Offset of local time, quarters of an hour. */
  readonly quarters: number;
}

/** How the family spells what it says unasked. */
export interface Words {
  dataWaits(tls: boolean): string;
  closed(tls: boolean): string;
  /** The network has ended the PDP context. */
  pdpLost(random: Random): string;
  /** The network has told the time; `report` is what CTZR asks for. */
  networkTime(moment: NetworkMoment, report: number): readonly string[];
  /** The last line before power-off, undefined where there is none. */
  readonly poweredDown: string | undefined;
}

/** What keeps an attempt to connect from succeeding. 'lost': the network or the PDP context went away meanwhile. */
export type OpenFailure = ConnectError | 'lost';

/** What sets one family of modems apart from another. */
export interface Family {
  readonly name: FamilyName;
  readonly maker: string;
  /** The first is what a new modem has. */
  readonly firmware: readonly [Firmware, ...Firmware[]];
  /** The first eight digits of its IMEIs. */
  readonly imeiPrefix: string;
  readonly power: PowerTimes;
  readonly boot: Boot;
  /** Settings as it leaves the factory. */
  readonly profile: Profile;
  /** What the clock starts from when nobody has told it the time, and what CCLK shows. */
  readonly clock: { readonly start: '1980' | '1970'; readonly shows: 'local' | 'utc' };
  /** The technologies that its settings allow, in the order in which it searches them. */
  readonly search: (flash: ModemFlash) => readonly RadioTechnology[];
  /** Access technology as it counts it in CEREG and COPS. */
  readonly accessCodes: Record<RadioTechnology, number>;
  /** Which of CREG, CGREG and CEREG tell of a registration on a technology. */
  readonly domains: Record<RadioTechnology, readonly RegistrationDomain[]>;
  readonly registrationModes: Record<RegistrationDomain, readonly number[]>;
  /** A request for PSM counts from the next power-on. */
  readonly psmAfterReboot: boolean;
  readonly words: Words;
  /** The result with which an attempt to connect fails. */
  readonly openResults: Record<OpenFailure, number>;
  /** The most bytes for one send and one read. */
  readonly maxSend: number;
  readonly maxReceive: number;
  /** What it does unless `Faults.overReadFreezes` says otherwise. */
  readonly overReadFreezes: boolean;
  /** GNSS and data exclude each other. */
  readonly exclusiveRadio: boolean;
  readonly commands: CommandTable;
}
