/** What SIMCom's LTE-M families share: SIM7000 and SIM7080. */
import {
  CLOCK_UNKNOWN,
  HOST_UNKNOWN,
  HOST_UNREACHABLE,
  MODEM_REFUSED,
  NO_DATA_CONTEXT,
  OK,
  TLS_EXPIRED,
  TLS_SETUP,
  TLS_WRONG_NAME,
} from '../../faults.ts';
import { GSM, LTE_M, NB_IOT } from '../../link.ts';
import { parseUtc } from '../../utc.ts';
import type { Stage } from '../profile.ts';
import { type Step, UNDECIDED } from '../steps.ts';
import { standard } from './standard.ts';

/** CAOPEN results: TCPUDP(S) Application Note, table of +CAOPEN: <cid>,<result>. */
function judgeOpen(line: string): number {
  switch (parseInt(line.substr(line.indexOf(',') + 1), 10)) {
    case 0:
      return OK;
    case 4:
      return TLS_SETUP;
    case 20:
      return HOST_UNKNOWN;
    case 21:
      return NO_DATA_CONTEXT;
    case 24:
      return TLS_EXPIRED;
    case 25:
    case 26:
      return TLS_WRONG_NAME;
    default:
      return HOST_UNREACHABLE;
  }
}

/** Access technologies of `+COPS:` (27.007, 7.3): 0 to 3 are GSM's, 7 is LTE-M and 9 NB-IoT. */
export function technologyOf(accessCode: number): number {
  if (accessCode === 7) return LTE_M;
  if (accessCode === 9) return NB_IOT;
  return accessCode >= 0 && accessCode <= 3 ? GSM : 0;
}

/** UTC in a `+CCLK: "yy/MM/dd,hh:mm:ss+zz"` line: SIMCom tells local time, zz counts quarters of an hour. */
export function utcInClock(line: string): number | null {
  const text = line.substr(line.indexOf('"') + 1);
  const local = parseUtc(text, 3);
  const sign = text.charAt(17);
  const quarters = parseInt(text.substr(18, 2), 10);
  if (local === null || isNaN(quarters) || (sign !== '+' && sign !== '-')) return null;
  return sign === '+' ? local - quarters * 900 : local + quarters * 900;
}

/** CNMP (2 automatic, 13 GSM, 38 LTE) and CMNB (1 LTE-M, 2 NB-IoT): kept by the modem, so written only on change. */
export function searchOnly(cnmp: number, cmnb: number): readonly Step[] {
  const only = (name: string, value: number): Step => ({
    at: `AT+${name}?`,
    withinS: 5,
    want: [`: ${value}`],
    fault: MODEM_REFUSED,
    otherwise: [{ at: `AT+${name}=${value}`, withinS: 5, fault: MODEM_REFUSED }],
  });
  return cmnb === 0 ? [only('CNMP', cnmp)] : [only('CNMP', cnmp), only('CMNB', cmnb)];
}

/** Network time comes some seconds after registration; until then the clock says 1980 or 1970, and no certificate is valid. */
export function clockSteps(): readonly Step[] {
  return [
    {
      at: 'AT+CCLK?',
      withinS: 5,
      tries: 8,
      everyMs: 2000,
      judge: (line) => (utcInClock(line) === null ? UNDECIDED : OK),
      keep: 'clock',
      fault: CLOCK_UNKNOWN,
    },
  ];
}

/** The certificate goes into the modem's own file system once and is there at every later session; a new one is another file. */
export function secureSteps(convert: string, settings: readonly Step[]): readonly Step[] {
  const upload: readonly Step[] = [
    {
      at: convert,
      withinS: 5,
      fault: TLS_SETUP,
      otherwise: [
        { at: 'AT+CFSINIT', withinS: 5, fault: TLS_SETUP },
        {
          at: 'AT+CFSWFILE=3,"{caFile}.crt",0,{caLength},5000',
          withinS: 10,
          payload: 'ca',
          fault: TLS_SETUP,
        },
        { at: 'AT+CFSTERM', withinS: 5, fault: TLS_SETUP },
      ],
    },
  ];
  return upload.concat(settings);
}

/** A stream through CAOPEN, whose arguments differ. */
export function openSteps(command: string): readonly Step[] {
  return [
    {
      at: command,
      withinS: 120,
      urc: '+CAOPEN: 0,',
      urcWithinS: 120,
      judge: judgeOpen,
      fault: HOST_UNREACHABLE,
    },
  ];
}

/** Dialogues that SIM7000 and SIM7080 hold alike. */
export function simcom(stage: Stage): readonly Step[] {
  switch (stage) {
    case 'lte-m':
      return searchOnly(38, 1);
    case 'nb-iot':
      return searchOnly(38, 2);
    case 'wake':
      return standard(stage).concat([{ at: 'AT+CLTS=1', withinS: 2, fault: OK }]);
    case 'sim':
      return standard(stage).concat([{ at: 'AT+CCID', withinS: 5, answer: '', keep: 'iccid', fault: OK }]);
    case 'clock':
      return clockSteps();
    case 'hang-up':
      return [{ at: 'AT+CACLOSE=0', withinS: 10, fault: OK }];
    default:
      return standard(stage);
  }
}
