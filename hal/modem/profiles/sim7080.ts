/**
 * SIMCom SIM7080G: LTE-M and NB-IoT, GNSS on the same radio. Sources: SIM7070_SIM7080_SIM7090 Series AT Command Manual
 * V1.05, TCPUDP(S) Application Note V1.03, SSL Application Note V1.00, GNSS Application Note V1.02; quirks as seen in TinyGSM
 * and LilyGO's issues.
 */
import { CLOCK_UNKNOWN, NO_DATA_CONTEXT, OK, TLS_SETUP } from '../../faults.ts';
import { LTE_M, NB_IOT } from '../../link.ts';
import type { ModemProfile, Stage } from '../profile.ts';
import type { Step } from '../steps.ts';
import { fixInCgnsinf } from './cgnsinf.ts';
import { openSteps, secureSteps, simcom, technologyOf, utcInClock } from './simcom.ts';
import { judgeData } from './standard.ts';

function script(stage: Stage): readonly Step[] {
  switch (stage) {
    case 'data':
      return [
        { at: 'AT+CNCFG=0,1,"{apn}"', withinS: 5, fault: OK },
        {
          at: 'AT+CNACT?',
          withinS: 5,
          want: [': 0,1,'],
          fault: NO_DATA_CONTEXT,
          otherwise: [
            {
              at: 'AT+CNACT=0,1',
              withinS: 60,
              urc: '+APP PDP: 0,',
              urcWithinS: 30,
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
        { at: 'AT+CNTP="pool.ntp.org",0,0,0', withinS: 5, fault: CLOCK_UNKNOWN },
        { at: 'AT+CNTP', withinS: 5, urc: '+CNTP: 1', urcWithinS: 65, fault: CLOCK_UNKNOWN },
      ];
    case 'secure':
      return secureSteps('AT+CSSLCFG="CONVERT",2,"{caFile}.crt"', [
        { at: 'AT+CSSLCFG="SSLVERSION",0,3', withinS: 5, fault: TLS_SETUP },
        { at: 'AT+CSSLCFG="SNI",0,"{host}"', withinS: 5, fault: TLS_SETUP },
        { at: 'AT+CACID=0', withinS: 5, fault: OK },
        { at: 'AT+CASSLCFG=0,"SSL",1', withinS: 5, fault: TLS_SETUP },
        { at: 'AT+CASSLCFG=0,"CRINDEX",0', withinS: 5, fault: TLS_SETUP },
        { at: 'AT+CASSLCFG=0,"CACERT","{caFile}.crt"', withinS: 5, fault: TLS_SETUP },
      ]);
    case 'open':
      return openSteps('AT+CAOPEN=0,0,"TCP","{host}",{port}');
    case 'detach':
      return [{ at: 'AT+CNACT=0,0', withinS: 5, urc: '+APP PDP: ', urcWithinS: 5, fault: OK }];
    default:
      return simcom(stage);
  }
}

export function sim7080(): ModemProfile {
  return {
    name: 'SIM7080G',
    technologies: [LTE_M, NB_IOT],
    power: { settle: 200, on: 1200, ready: 2500, off: 1300, gone: 7000 },
    script,
    off: 'AT+CPOWD=1',
    offLine: 'NORMAL POWER DOWN',
    maxSend: 1460,
    longestCa: 10240,
    // The SIM7000's manual has +CASEND: 0,0,n in place of OK.
    sending: { command: 'AT+CASEND=0,', enough: '+CASEND: 0,0' },
    receiving: { count: '', command: 'AT+CARECV=0,', rawPrefix: '+CARECV: ', rawEnd: ',' },
    dataWaits: '+CADATAIND: 0',
    peerClosed: '+CASTATE: 0,0',
    networkLost: ['+APP PDP: 0,DEACTIVE', '+APP PDP: DEACTIVE'],
    restarts: ['RDY', '+CFUN: 1', 'NORMAL POWER DOWN', 'UNDER-VOLTAGE POWER DOWN'],
    technologyOf,
    utcIn: utcInClock,
    unusable: [],
    gnss: {
      exclusive: true,
      // The application note: data connection down, CFUN=0, then the receiver.
      on: ['AT+CFUN=0', 'AT+CGNSPWR=1'],
      poll: 'AT+CGNSINF',
      off: ['AT+CGNSPWR=0'],
      fixIn: (line) => fixInCgnsinf(line, 18),
    },
  };
}
