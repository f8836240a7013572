/**
 * SIMCom SIM7000G: LTE-M, NB-IoT and GSM, GNSS. Sources: SIM7000 AT Command Manual V1.06, Hardware Design V1.07, GNSS
 * Application Note V1.03. Where the parts differ from the manual this follows TinyGSM (TinyGsmClientSIM7000SSL.h): names of
 * options in lower case, no "TCP" in CAOPEN, +CARECV without the socket's number, and a part that freezes until its power
 * is cut when asked for more bytes than it has, or for their number without a socket.
 */
import { CLOCK_UNKNOWN, NO_DATA_CONTEXT, OK, TLS_SETUP } from '../../faults.ts';
import { GSM, LTE_M, NB_IOT } from '../../link.ts';
import type { ModemProfile, Stage } from '../profile.ts';
import type { Step } from '../steps.ts';
import { fixInCgnsinf } from './cgnsinf.ts';
import { openSteps, searchOnly, secureSteps, simcom, technologyOf, utcInClock } from './simcom.ts';
import { judgeData } from './standard.ts';

/** It does not know CACID and SMCONF (botletics/SIM7000-LTE-Shield 318 and 251). */
const WITHOUT_CACID = '1351B03';

function script(stage: Stage): readonly Step[] {
  switch (stage) {
    case 'gsm':
      return searchOnly(13, 0);
    case 'data':
      return [
        { at: 'AT+CGDCONT=1,"IP","{apn}"', withinS: 5, fault: NO_DATA_CONTEXT },
        { at: 'AT+CGATT=1', withinS: 60, fault: NO_DATA_CONTEXT },
        {
          at: 'AT+CNACT?',
          withinS: 5,
          want: [': 1,'],
          fault: NO_DATA_CONTEXT,
          otherwise: [
            {
              at: 'AT+CNACT=1,"{apn}"',
              withinS: 60,
              urc: '+APP PDP: ',
              urcWithinS: 60,
              judge: judgeData,
              tries: 2,
              everyMs: 2000,
              fault: NO_DATA_CONTEXT,
            },
          ],
        },
      ];
    case 'ntp':
      return [
        { at: 'AT+CNTPCID=1', withinS: 5, fault: OK },
        { at: 'AT+CNTP="pool.ntp.org",0', withinS: 5, fault: CLOCK_UNKNOWN },
        { at: 'AT+CNTP', withinS: 5, urc: '+CNTP: 1', urcWithinS: 65, fault: CLOCK_UNKNOWN },
      ];
    case 'secure':
      return secureSteps('AT+CSSLCFG="convert",2,"{caFile}.crt"', [
        { at: 'AT+CACID=0', withinS: 5, notOn: WITHOUT_CACID, fault: OK },
        { at: 'AT+CSSLCFG="sslversion",0,3', withinS: 5, fault: TLS_SETUP },
        { at: 'AT+CSSLCFG="sni",0,"{host}"', withinS: 5, fault: TLS_SETUP },
        { at: 'AT+CASSLCFG=0,ssl,1', withinS: 5, fault: TLS_SETUP },
        { at: 'AT+CSSLCFG="ctxindex",0', withinS: 5, fault: TLS_SETUP },
        { at: 'AT+CASSLCFG=0,"cacert","{caFile}.crt"', withinS: 5, fault: TLS_SETUP },
        { at: 'AT+CASSLCFG=0,protocol,0', withinS: 5, fault: TLS_SETUP },
      ]);
    case 'open':
      return openSteps('AT+CAOPEN=0,"{host}",{port}');
    case 'detach':
      return [{ at: 'AT+CNACT=0', withinS: 5, urc: '+APP PDP: ', urcWithinS: 5, fault: OK }];
    default:
      return simcom(stage);
  }
}

export function sim7000(): ModemProfile {
  return {
    name: 'SIM7000G',
    technologies: [LTE_M, GSM, NB_IOT],
    power: { settle: 200, on: 1100, ready: 4500, off: 1300, gone: 9000 },
    script,
    off: 'AT+CPOWD=1',
    offLine: 'NORMAL POWER DOWN',
    maxSend: 1460,
    longestCa: 10240,
    // The manual ends a send with +CASEND: 0,0,n; real parts with OK, or with both.
    sending: { command: 'AT+CASEND=0,', enough: '+CASEND: 0,0' },
    receiving: { count: 'AT+CARECV?', command: 'AT+CARECV=0,', rawPrefix: '+CARECV: ', rawEnd: ',' },
    dataWaits: '+CADATAIND: 0',
    peerClosed: '+CASTATE: 0,0',
    networkLost: ['+APP PDP: DEACTIVE', '+APP PDP: 0,DEACTIVE'],
    restarts: ['RDY', '+CFUN: 1', 'NORMAL POWER DOWN', 'UNDER-VOLTAGE POWER DOWN'],
    technologyOf,
    utcIn: utcInClock,
    // MQTT over TLS on port 8883 fails; LilyGO names 1529B10 as the version to update to.
    unusable: ['1529B08'],
    gnss: {
      exclusive: true,
      // GPIO 48 of the modem feeds the antenna. In flight mode, or it would look for a network meanwhile.
      on: ['AT+CFUN=4', 'AT+CGPIO=0,48,1,1', 'AT+CGNSPWR=1'],
      poll: 'AT+CGNSINF',
      off: ['AT+CGNSPWR=0', 'AT+CGPIO=0,48,1,0'],
      fixIn: (line) => fixInCgnsinf(line, 21),
    },
  };
}
