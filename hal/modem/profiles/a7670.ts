/**
 * SIMCom A7670E: LTE Cat-1 and GSM; the -FASE variant has GNSS on a radio of its own. Sources: A76XX Series AT Command Manual
 * V1.09 (chapters on CCH and GNSS); the order of commands follows LilyGO's fork of TinyGSM (TinyGsmClientA76xxSSL.h).
 */
import { scaledDecimal } from '../../decimal.ts';
import {
  CLOCK_UNKNOWN,
  HOST_UNKNOWN,
  HOST_UNREACHABLE,
  NO_DATA_CONTEXT,
  OK,
  TLS_REJECTED,
  TLS_SETUP,
} from '../../faults.ts';
import type { Fix, GnssFailure } from '../../gnss.ts';
import { GSM, LTE } from '../../link.ts';
import { degreesE5 } from '../../nmea/degrees.ts';
import { believe } from '../../nmea/fix-rule.ts';
import { EARLIEST_UTC_S } from '../../utc.ts';
import type { ModemProfile, Stage } from '../profile.ts';
import type { Step } from '../steps.ts';
import { clockSteps, searchOnly, utcInClock } from './simcom.ts';
import { judgeData, standard } from './standard.ts';

/** CCHOPEN results: A76XX AT Command Manual, table of +CCHOPEN: <session>,<err>. A certificate's fault has no number of its own. */
function judgeOpen(line: string): number {
  switch (parseInt(line.substr(line.indexOf(',') + 1), 10)) {
    case 0:
      return OK;
    case 13:
      return HOST_UNKNOWN;
    case 15:
      return TLS_REJECTED;
    case 17:
      return NO_DATA_CONTEXT;
    case 19:
      return TLS_SETUP;
    default:
      return HOST_UNREACHABLE;
  }
}

/** What stands behind ": " in `+NETOPEN: 0` and `+CCHSTART: 0`: 0 is good. */
function judgeZero(line: string): number {
  return line.substr(line.indexOf(':') + 2) === '0' ? OK : NO_DATA_CONTEXT;
}

function script(stage: Stage): readonly Step[] {
  switch (stage) {
    case 'wake':
      return standard(stage).concat([
        { at: 'AT+CTZR=0', withinS: 2, fault: OK },
        { at: 'AT+CTZU=1', withinS: 2, fault: OK },
      ]);
    case 'sim':
      return standard(stage).concat([
        { at: 'AT+CICCID', withinS: 5, answer: '+ICCID: ', keep: 'iccid', fault: OK },
      ]);
    case 'save-power':
      return [];
    case 'lte':
      return searchOnly(38, 0);
    case 'gsm':
      return searchOnly(13, 0);
    case 'data':
      return [
        { at: 'AT+CGDCONT=1,"IP","{apn}"', withinS: 5, fault: NO_DATA_CONTEXT },
        { at: 'AT+CIPMODE=0', withinS: 5, fault: OK },
        { at: 'AT+CIPTIMEOUT=75000,15000,15000', withinS: 5, fault: OK },
        {
          at: 'AT+CGACT=1,1',
          withinS: 60,
          judge: judgeData,
          tries: 2,
          everyMs: 2000,
          fault: NO_DATA_CONTEXT,
        },
        {
          at: 'AT+NETOPEN?',
          withinS: 5,
          want: ['+NETOPEN: 1'],
          fault: NO_DATA_CONTEXT,
          otherwise: [
            {
              at: 'AT+NETOPEN',
              withinS: 75,
              urc: '+NETOPEN: ',
              urcWithinS: 75,
              judge: judgeZero,
              fault: NO_DATA_CONTEXT,
            },
          ],
        },
      ];
    case 'clock':
      return clockSteps();
    case 'ntp':
      return [
        { at: 'AT+CNTP="pool.ntp.org",0', withinS: 5, fault: CLOCK_UNKNOWN },
        { at: 'AT+CNTP', withinS: 5, urc: '+CNTP: 0', urcWithinS: 65, fault: CLOCK_UNKNOWN },
      ];
    case 'secure':
      return [
        {
          at: 'AT+CCERTLIST',
          withinS: 5,
          want: ['"{caFile}.pem"'],
          fault: TLS_SETUP,
          otherwise: [
            { at: 'AT+CCERTDOWN="{caFile}.pem",{caLength}', withinS: 10, payload: 'ca', fault: TLS_SETUP },
          ],
        },
        { at: 'AT+CSSLCFG="sslversion",0,4', withinS: 5, fault: TLS_SETUP },
        { at: 'AT+CSSLCFG="enableSNI",0,1', withinS: 5, fault: TLS_SETUP },
        { at: 'AT+CSSLCFG="cacert",0,"{caFile}.pem"', withinS: 5, fault: TLS_SETUP },
        { at: 'AT+CSSLCFG="authmode",0,1', withinS: 5, fault: TLS_SETUP },
        { at: 'AT+CSSLCFG="ignorelocaltime",0,0', withinS: 5, fault: OK },
        { at: 'AT+CCHSET=1,1', withinS: 5, fault: OK },
        // An error says that it has been started before.
        { at: 'AT+CCHSTART', withinS: 10, urc: '+CCHSTART: ', urcWithinS: 10, judge: judgeZero, fault: OK },
        { at: 'AT+CCHSSLCFG=0,0', withinS: 5, fault: TLS_SETUP },
      ];
    case 'open':
      return [
        {
          at: 'AT+CCHOPEN=0,"{host}",{port},2',
          withinS: 120,
          urc: '+CCHOPEN: 0,',
          urcWithinS: 120,
          judge: judgeOpen,
          fault: HOST_UNREACHABLE,
        },
      ];
    case 'hang-up':
      return [
        { at: 'AT+CCHCLOSE=0', withinS: 10, fault: OK },
        { at: 'AT+CCHSTOP', withinS: 10, fault: OK },
      ];
    case 'detach':
      return [
        { at: 'AT+NETCLOSE', withinS: 15, fault: OK },
        { at: 'AT+CGACT=0,1', withinS: 15, fault: OK },
      ];
    default:
      return standard(stage);
  }
}

/** Decimal degrees as later firmware tells them, or ddmm.mmmmmm of NMEA, with their hemisphere, in 1e-5 degrees. */
function angleE5(text: string, hemisphere: string): number {
  if (text.indexOf('.') >= 4) return degreesE5(text, hemisphere);
  const sign = hemisphere === 'S' || hemisphere === 'W' ? '-' : '';
  return scaledDecimal(sign + text, 5);
}

/**
 * The fix in `+CGNSSINFO: mode,GPS,GLONASS,BeiDou,[Galileo,]lat,N|S,lon,E|W,ddmmyy,hhmmss.ss,altitude,speed,course,PDOP,HDOP,`
 * and more: null without one, when all fields are empty. Firmware differs in the number of satellite counts, so the
 * hemisphere is looked for.
 */
export function fixInCgnssinfo(line: string): Fix | GnssFailure | null {
  const fields = line.substr('+CGNSSINFO: '.length).split(',');
  let at = 4;
  while (at < fields.length && fields[at] !== 'N' && fields[at] !== 'S') at++;
  if (at + 9 >= fields.length || (fields[0] !== '2' && fields[0] !== '3')) return null;
  const date = fields[at + 3];
  const stamp = date.substr(4, 2) + date.substr(2, 2) + date.substr(0, 2) + fields[at + 4];
  let satellites = 0;
  for (let i = 1; i < at - 1; i++) satellites += parseInt(fields[i], 10) || 0;
  return believe(
    angleE5(fields[at - 1], fields[at]),
    angleE5(fields[at + 1], fields[at + 2]),
    stamp,
    fields[at + 9],
    `${satellites}`,
    EARLIEST_UTC_S,
  );
}

export function a7670(): ModemProfile {
  return {
    name: 'A7670E',
    technologies: [LTE, GSM],
    power: { settle: 100, on: 100, ready: 5000, off: 3000, gone: 3000 },
    script,
    off: 'AT+CPOF',
    // It says nothing when it is off.
    offLine: '',
    maxSend: 1460,
    longestCa: 8192,
    sending: { command: 'AT+CCHSEND=0,', final: '+CCHSEND: 0,0' },
    receiving: {
      count: 'AT+CCHRECV?',
      command: 'AT+CCHRECV=0,',
      rawPrefix: '+CCHRECV: DATA,0,',
      rawEnd: '\n',
      final: '+CCHRECV: 0,',
    },
    dataWaits: '+CCHEVENT: 0,RECV EVENT',
    peerClosed: '+CCH_PEER_CLOSED: 0',
    networkLost: [
      '+CCH: CLOSED',
      '+NETOPEN: 1',
      '+CIPEVENT: NETWORK CLOSED UNEXPECTEDLY',
      '+CGEV: NW PDN DEACT 1',
    ],
    restarts: ['*ATREADY: 1', '+CFUN: 1', 'NORMAL POWER DOWN', 'UNDER-VOLTAGE POWER DOWN'],
    technologyOf: (accessCode) => (accessCode === 7 ? LTE : accessCode >= 0 && accessCode <= 3 ? GSM : 0),
    utcIn: utcInClock,
    unusable: [],
    gnss: {
      exclusive: false,
      // In flight mode, or it would look for a network meanwhile.
      on: ['AT+CFUN=4', 'AT+CGNSSPWR=1'],
      poll: 'AT+CGNSSINFO',
      off: ['AT+CGNSSPWR=0'],
      fixIn: fixInCgnssinfo,
    },
  };
}
