/**
 * The SIM7080G's dialogues. Sources: SIM7070_SIM7080_SIM7090 Series AT Command Manual V1.05, TCPUDP(S) Application Note
 * V1.03, SSL Application Note V1.00, GNSS Application Note V1.02; quirks as seen in TinyGSM and LilyGO's issues.
 */
import {
  HOST_UNREACHABLE,
  MODEM_REFUSED,
  MODEM_SILENT,
  NO_DATA_CONTEXT,
  NO_NETWORK,
  OK,
  SIM_MISSING,
  TLS_REJECTED,
  TLS_SETUP,
} from '../faults.ts';
import type { Step } from './steps.ts';

/** Supply to PWRKEY, PWRKEY pressed, and from its release to the first AT, milliseconds. */
export const SUPPLY_SETTLE_MS = 200;
export const PWRKEY_ON_MS = 1200;
export const UART_READY_MS = 2500;

/** One CASEND takes at most this many bytes. */
export const MAX_SEND = 1460;
/** More at a time and the ESP32's UART may lose the end of the burst. */
export const MAX_RECEIVE = 512;

/** Whether the modem runs already: asked before PWRKEY is touched, which would switch it off. */
export const areYouThere = (): readonly Step[] => [
  { at: 'AT', withinS: 0.3, tries: 3, everyMs: 50, fault: MODEM_SILENT },
];

/** A modem found running may have registered without being asked for network time, and would never get it: start over. */
export const registerAnew = (): readonly Step[] => [
  { at: 'AT+CLTS=1', withinS: 2, fault: OK },
  { at: 'AT+CFUN=0', withinS: 15, fault: OK },
  { at: 'AT+CFUN=1', withinS: 15, fault: OK },
];

/** Dialogues are built when they are held: together they would take hundreds of JsVars in every wake. */
export const wakeUp = (): readonly Step[] => [
  { at: 'AT', withinS: 0.5, tries: 20, everyMs: 100, fault: MODEM_SILENT },
  { at: 'ATE0', withinS: 2, tries: 2, fault: MODEM_REFUSED },
  { at: 'AT+CMEE=2', withinS: 2, fault: MODEM_REFUSED },
];

/** CAOPEN results: TCPUDP(S) Application Note, table of +CAOPEN: <cid>,<result>. */
function judgeOpen(line: string): number {
  const code = parseInt(line.substr(line.indexOf(',') + 1), 10);
  if (code === 0) return OK;
  return code >= 24 && code <= 26 ? TLS_REJECTED : HOST_UNREACHABLE;
}

export const attach = (): readonly Step[] => [
  { at: 'AT+CPIN?', withinS: 5, tries: 10, everyMs: 1000, want: ['READY'], fault: SIM_MISSING },
  {
    at: 'AT+CFUN?',
    withinS: 10,
    want: [': 1'],
    fault: MODEM_REFUSED,
    otherwise: [{ at: 'AT+CFUN=1', withinS: 10, fault: MODEM_REFUSED }],
  },
  {
    at: 'AT+CNMP?',
    withinS: 5,
    want: [': 38'],
    fault: MODEM_REFUSED,
    otherwise: [{ at: 'AT+CNMP=38', withinS: 5, fault: MODEM_REFUSED }],
  },
  {
    at: 'AT+CMNB?',
    withinS: 5,
    want: [': 3'],
    fault: MODEM_REFUSED,
    otherwise: [{ at: 'AT+CMNB=3', withinS: 5, fault: MODEM_REFUSED }],
  },
  { at: 'AT+CLTS=1', withinS: 2, fault: OK },
  { at: 'AT+CNCFG=0,1,"{apn}"', withinS: 5, fault: NO_DATA_CONTEXT },
  { at: 'AT+CEREG=0', withinS: 2, fault: MODEM_REFUSED },
  // `+CEREG: n,stat` with stat 1 (home) or 5 (roaming).
  { at: 'AT+CEREG?', withinS: 5, tries: 22, everyMs: 5000, want: [',1', ',5'], fault: NO_NETWORK },
  {
    at: 'AT+CNACT=0,1',
    withinS: 60,
    urc: '+APP PDP: 0,ACTIVE',
    urcWithinS: 30,
    tries: 3,
    everyMs: 2000,
    fault: NO_DATA_CONTEXT,
  },
];

/** Network time comes some seconds after registration; until then the clock says 1980 and every certificate is invalid. */
export const clock = (): readonly Step[] => [
  { at: 'AT+CCLK?', withinS: 5, tries: 8, everyMs: 2000, want: ['"2', '"3'], fault: OK },
];

/** The certificate goes into the modem's own file system once and is there at every later session; a new one is another file. */
const loadCa = (): readonly Step[] => [
  { at: 'AT+CFSINIT', withinS: 5, fault: TLS_SETUP },
  { at: 'AT+CFSWFILE=3,"{caFile}",0,{caLength},5000', withinS: 10, payload: 'ca', fault: TLS_SETUP },
  { at: 'AT+CFSTERM', withinS: 5, fault: TLS_SETUP },
];

export const secure = (): readonly Step[] => [
  { at: 'AT+CSSLCFG="CONVERT",2,"{caFile}"', withinS: 5, fault: TLS_SETUP, otherwise: loadCa() },
  { at: 'AT+CSSLCFG="SSLVERSION",0,3', withinS: 5, fault: TLS_SETUP },
  { at: 'AT+CSSLCFG="SNI",0,"{host}"', withinS: 5, fault: TLS_SETUP },
  { at: 'AT+CACID=0', withinS: 5, fault: OK },
  { at: 'AT+CASSLCFG=0,"SSL",1', withinS: 5, fault: TLS_SETUP },
  { at: 'AT+CASSLCFG=0,"CRINDEX",0', withinS: 5, fault: TLS_SETUP },
  { at: 'AT+CASSLCFG=0,"CACERT","{caFile}"', withinS: 5, fault: TLS_SETUP },
];

export const open = (): readonly Step[] => [
  {
    at: 'AT+CAOPEN=0,0,"TCP","{host}",{port}',
    withinS: 120,
    urc: '+CAOPEN: 0,',
    urcWithinS: 120,
    judge: judgeOpen,
    fault: HOST_UNREACHABLE,
  },
];

export const close = (): readonly Step[] => [
  { at: 'AT+CACLOSE=0', withinS: 10, fault: OK },
  { at: 'AT+CNACT=0,0', withinS: 15, fault: OK },
];

/** Unsolicited lines that end the stream. What the far side sent before it closed can still be read. */
export const PEER_CLOSED = '+CASTATE: 0,0';
export const NETWORK_LOST = ['+APP PDP: 0,DEACTIVE', '+APP PDP: DEACTIVE'];
/** Outside of a boot, these mean that the modem has restarted or is going down. */
export const RESTARTS = ['RDY', '+CFUN: 1', 'NORMAL POWER DOWN', 'UNDER-VOLTAGE POWER DOWN'];
export const DATA_WAITS = '+CADATAIND: 0';

/** Fields of +CGNSINF on this family, from 0 (GNSS Application Note, 18 fields). */
export const GNSS_FIX_STATUS = 1;
export const GNSS_UTC = 2;
export const GNSS_LATITUDE = 3;
export const GNSS_LONGITUDE = 4;
export const GNSS_SATELLITES = 14;
