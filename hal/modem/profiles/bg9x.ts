/**
 * Quectel BG95 and BG96: LTE-M, NB-IoT and GSM, GNSS on the same radio. Sources: BG96 AT Commands Manual V2.1, GNSS
 * Application Note V1.1, TCP(IP) Application Note V1.0, SSL application note as used by Azure's embedded-wireless-framework.
 * No board of ours carries one: it is held by tests only.
 */
import { scaledDecimal } from '../../decimal.ts';
import {
  CLOCK_UNKNOWN,
  HOST_UNKNOWN,
  HOST_UNREACHABLE,
  MODEM_REFUSED,
  NO_DATA_CONTEXT,
  OK,
  TLS_SETUP,
} from '../../faults.ts';
import type { Fix, GnssFailure } from '../../gnss.ts';
import { GSM, LTE_M, NB_IOT } from '../../link.ts';
import { believe } from '../../nmea/fix-rule.ts';
import { EARLIEST_UTC_S, parseUtc } from '../../utc.ts';
import type { ModemProfile, Stage } from '../profile.ts';
import { type Step, UNDECIDED } from '../steps.ts';
import { judgeData, standard } from './standard.ts';

/** QSSLOPEN results: TCP(IP) Application Note, summary of result codes. A certificate's fault has no number of its own. */
function judgeOpen(line: string): number {
  switch (parseInt(line.substr(line.indexOf(',') + 1), 10)) {
    case 0:
      return OK;
    case 561:
    case 570:
      return NO_DATA_CONTEXT;
    case 565:
      return HOST_UNKNOWN;
    default:
      return HOST_UNREACHABLE;
  }
}

/** One setting of QCFG: read, compared and written only on change, as writing the search order lets go of the network. */
function setting(name: string, value: string): Step {
  return {
    at: `AT+QCFG="${name}"`,
    withinS: 5,
    want: [`"${name}",${value}`],
    fault: MODEM_REFUSED,
    otherwise: [{ at: `AT+QCFG="${name}",${value},1`, withinS: 5, fault: MODEM_REFUSED }],
  };
}

/**
 * UTC in `+QLTS: "2017/01/13,03:41:22+32,0"`: with mode 1 it is UTC, and the zone stands beside it. So it is in
 * `+CCLK: "17/01/13,03:41:22+32"`, as CTZU=1 sets the clock to UTC.
 */
export function utcIn(line: string): number | null {
  const text = line.substr(line.indexOf('"') + 1);
  return parseUtc(text.startsWith('20') && text.charAt(4) === '/' ? text.substr(2) : text, 3);
}

function script(stage: Stage): readonly Step[] {
  switch (stage) {
    case 'sim':
      return standard(stage).concat([{ at: 'AT+QCCID', withinS: 5, keep: 'iccid', fault: OK }]);
    case 'wake':
      return standard(stage).concat([{ at: 'AT+CTZU=1', withinS: 2, fault: OK }]);
    case 'lte-m':
      return [setting('nwscanmode', '3'), setting('iotopmode', '0')];
    case 'nb-iot':
      return [setting('nwscanmode', '3'), setting('iotopmode', '1')];
    case 'gsm':
      return [setting('nwscanmode', '1')];
    case 'data':
      return [
        { at: 'AT+QICSGP=1,1,"{apn}","","",0', withinS: 5, fault: NO_DATA_CONTEXT },
        {
          at: 'AT+QIACT?',
          withinS: 5,
          want: ['+QIACT: 1,1,'],
          fault: NO_DATA_CONTEXT,
          otherwise: [
            {
              at: 'AT+QIACT=1',
              withinS: 150,
              judge: judgeData,
              tries: 2,
              everyMs: 2000,
              fault: NO_DATA_CONTEXT,
            },
          ],
        },
      ];
    case 'clock':
      return [
        {
          at: 'AT+QLTS=1',
          withinS: 5,
          tries: 8,
          everyMs: 2000,
          judge: (line) => (utcIn(line) === null ? UNDECIDED : OK),
          keep: 'clock',
          fault: CLOCK_UNKNOWN,
        },
      ];
    case 'ntp':
      return [
        { at: 'AT+QNTP=1,"pool.ntp.org"', withinS: 5, urc: '+QNTP: 0', urcWithinS: 65, fault: CLOCK_UNKNOWN },
        // QLTS knows nothing of a time server's answer.
        { at: 'AT+CCLK?', withinS: 5, keep: 'clock', fault: CLOCK_UNKNOWN },
      ];
    case 'secure':
      return [
        {
          at: 'AT+QFLST="UFS:{caFile}.pem"',
          withinS: 5,
          want: ['{caFile}.pem'],
          fault: TLS_SETUP,
          otherwise: [
            { at: 'AT+QFUPL="UFS:{caFile}.pem",{caLength},10', withinS: 15, payload: 'ca', fault: TLS_SETUP },
          ],
        },
        { at: 'AT+QSSLCFG="sslversion",0,4', withinS: 5, fault: TLS_SETUP },
        { at: 'AT+QSSLCFG="ciphersuite",0,0XFFFF', withinS: 5, fault: TLS_SETUP },
        { at: 'AT+QSSLCFG="seclevel",0,1', withinS: 5, fault: TLS_SETUP },
        { at: 'AT+QSSLCFG="cacert",0,"UFS:{caFile}.pem"', withinS: 5, fault: TLS_SETUP },
        { at: 'AT+QSSLCFG="ignorelocaltime",0,0', withinS: 5, fault: TLS_SETUP },
        // BG96 does not know it.
        { at: 'AT+QSSLCFG="sni",0,1', withinS: 5, fault: OK },
      ];
    case 'open':
      return [
        {
          at: 'AT+QSSLOPEN=1,0,0,"{host}",{port},0',
          withinS: 150,
          urc: '+QSSLOPEN: 0,',
          urcWithinS: 150,
          judge: judgeOpen,
          fault: HOST_UNREACHABLE,
        },
      ];
    case 'hang-up':
      return [{ at: 'AT+QSSLCLOSE=0', withinS: 10, fault: OK }];
    case 'detach':
      return [{ at: 'AT+QIDEACT=1', withinS: 15, fault: OK }];
    default:
      return standard(stage);
  }
}

/**
 * The fix in `+QGPSLOC: hhmmss.s,lat,lon,hdop,altitude,fix,course,kmh,knots,ddmmyy,satellites` of mode 2, decimal degrees.
 * Without one the answer is an error.
 */
export function fixInQgpsloc(line: string): Fix | GnssFailure | null {
  if (!line.startsWith('+QGPSLOC: ')) return null;
  const fields = line.substr('+QGPSLOC: '.length).split(',');
  if (fields.length < 11) return null;
  const date = fields[9];
  const stamp = date.substr(4, 2) + date.substr(2, 2) + date.substr(0, 2) + fields[0];
  return believe(
    scaledDecimal(fields[1], 5),
    scaledDecimal(fields[2], 5),
    stamp,
    fields[3],
    fields[10],
    EARLIEST_UTC_S,
  );
}

export function bg9x(): ModemProfile {
  return {
    name: 'BG95',
    technologies: [LTE_M, GSM, NB_IOT],
    power: { settle: 100, on: 700, ready: 5500, off: 800, gone: 3000 },
    script,
    off: 'AT+QPOWD=1',
    offLine: 'POWERED DOWN',
    maxSend: 1460,
    longestCa: 10240,
    sending: { command: 'AT+QSSLSEND=0,', final: 'SEND OK' },
    receiving: { count: '', command: 'AT+QSSLRECV=0,', rawPrefix: '+QSSLRECV: ', rawEnd: '\n' },
    dataWaits: '+QSSLURC: "recv",0',
    peerClosed: '+QSSLURC: "closed",0',
    networkLost: ['+QIURC: "pdpdeact",1'],
    restarts: ['RDY', '+CFUN: 1', 'APP RDY', 'NORMAL POWER DOWN', 'POWERED DOWN'],
    // 27.007 with Quectel's own 8 for LTE-M (BG96 AT Commands Manual, +COPS).
    technologyOf: (accessCode) => {
      if (accessCode === 7 || accessCode === 8) return LTE_M;
      if (accessCode === 9) return NB_IOT;
      return accessCode >= 0 && accessCode <= 3 ? GSM : 0;
    },
    utcIn,
    unusable: [],
    gnss: {
      exclusive: true,
      on: ['AT+CFUN=4', 'AT+QGPS=1'],
      poll: 'AT+QGPSLOC=2',
      off: ['AT+QGPSEND'],
      fixIn: fixInQgpsloc,
    },
  };
}
