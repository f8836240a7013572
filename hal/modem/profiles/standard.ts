/** Dialogues that every modem holds alike: 3GPP TS 27.007, and what all makers have taken over from V.250. */
import {
  APN_REFUSED,
  MODEM_REFUSED,
  MODEM_SILENT,
  OK,
  SIM_MISSING,
  SIM_PIN_NEEDED,
  SIM_PIN_WRONG,
  SIM_PUK,
} from '../../faults.ts';
import { contains } from '../../text.ts';
import type { Stage } from '../profile.ts';
import { type Step, UNDECIDED } from '../steps.ts';

/** `+CPIN: ...`, or the error in its place (27.007, 8.3 and 9.2). A SIM that is busy is asked again. */
function judgeSim(line: string): number {
  if (contains(line, 'NOT READY')) return UNDECIDED;
  if (contains(line, 'READY')) return OK;
  if (contains(line, 'PUK')) return SIM_PUK;
  if (contains(line, 'not inserted') || contains(line, 'NOT INSERTED')) return SIM_MISSING;
  return contains(line, 'SIM PIN') ? SIM_PIN_NEEDED : UNDECIDED;
}

/** Only these say that the PIN itself was wrong (27.007, 9.2: 16 and 12); a SIM that is busy has not looked at it. */
function judgePin(line: string): number {
  if (contains(line, 'incorrect password')) return SIM_PIN_WRONG;
  return contains(line, 'PUK') ? SIM_PUK : UNDECIDED;
}

/** A line about the PDP context, or the error in its place (27.007, 9.2.2.1: 132 to 134, 148, 149; 24.008 causes 27 and 33). */
export function judgeData(line: string): number {
  if (contains(line, 'DEACTIVE')) return UNDECIDED;
  if (contains(line, 'ACTIVE')) return OK;
  return contains(line, 'not subscribed') || contains(line, 'unknown APN') || contains(line, 'authentication')
    ? APN_REFUSED
    : UNDECIDED;
}

export function standard(stage: Stage): readonly Step[] {
  switch (stage) {
    case 'probe':
      return [{ at: 'AT', withinS: 0.3, tries: 3, everyMs: 50, fault: MODEM_SILENT }];
    case 'wake':
      return [
        { at: 'AT', withinS: 1.5, tries: 8, everyMs: 100, fault: MODEM_SILENT },
        { at: 'ATE0', withinS: 2, tries: 2, fault: MODEM_REFUSED },
        { at: 'AT+CMEE=2', withinS: 2, fault: MODEM_REFUSED },
        { at: 'AT+CGMR', withinS: 2, answer: '', keep: 'firmware', fault: OK },
      ];
    case 'reset':
      return [
        { at: 'AT+CFUN=0', withinS: 15, fault: OK },
        { at: 'AT+CFUN=1', withinS: 15, fault: OK },
      ];
    case 'sim':
      return [
        {
          at: 'AT+CFUN?',
          withinS: 10,
          want: [': 1'],
          fault: MODEM_REFUSED,
          otherwise: [{ at: 'AT+CFUN=1', withinS: 15, fault: MODEM_REFUSED }],
        },
        { at: 'AT+CPIN?', withinS: 5, tries: 10, everyMs: 1000, judge: judgeSim, fault: SIM_MISSING },
      ];
    case 'pin':
      // Once: a third wrong PIN would lock the SIM.
      return [{ at: 'AT+CPIN="{pin}"', withinS: 15, judge: judgePin, fault: SIM_MISSING }];
    case 'forget':
      // 51.011, 10.3.16: EF FPLMN, four networks of three bytes.
      return [
        { at: 'AT+CRSM=214,28539,0,0,12,"FFFFFFFFFFFFFFFFFFFFFFFF"', withinS: 5, fault: OK },
        { at: 'AT+CFUN=0', withinS: 15, fault: OK },
        { at: 'AT+CFUN=1', withinS: 15, fault: OK },
      ];
    case 'automatic':
      return [
        {
          at: 'AT+COPS?',
          withinS: 5,
          want: ['+COPS: 0'],
          fault: OK,
          otherwise: [{ at: 'AT+COPS=0', withinS: 60, fault: OK }],
        },
      ];
    case 'by-hand':
      return [{ at: 'AT+COPS=1,2,"{network}"', withinS: 60, fault: OK }];
    case 'where':
      return [
        { at: 'AT+COPS=3,2', withinS: 5, fault: OK },
        { at: 'AT+COPS?', withinS: 5, keep: 'operator', fault: OK },
        { at: 'AT+CSQ', withinS: 5, keep: 'signal', fault: OK },
      ];
    case 'save-power':
      // What the network grants stands in CEREG's form 4 only (27.007, 10.1.22).
      return [
        { at: 'AT+CPSMS=1,,,"{tau}","{active}"', withinS: 5, fault: OK },
        { at: 'AT+CEREG=4', withinS: 5, fault: OK },
        { at: 'AT+CEREG?', withinS: 5, keep: 'granted', fault: OK },
        { at: 'AT+CEREG=0', withinS: 5, fault: OK },
      ];
    case 'set-clock':
      return [{ at: 'AT+CCLK="{clock}"', withinS: 5, fault: OK }];
    default:
      return [];
  }
}
