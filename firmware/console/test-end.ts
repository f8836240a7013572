import { CLOCK_UNKNOWN, OK } from '../../hal/faults.ts';
import { proofOf } from './proof.ts';
import { recordTest } from './records.ts';
import type { Reply } from './reply.ts';
import type { Visit } from './session.ts';
import { utcS } from './status.ts';
import { AMBER, CLOCK, GREEN, type Test, tellStep, verdictName } from './verdicts.ts';

/** The last step, the record and the answer. */
export function finishTest(visit: Visit, test: Test, reply: Reply): void {
  const utc = utcS(visit);
  tellStep(test, reply, CLOCK, utc === null ? AMBER : GREEN, utc, utc === null ? CLOCK_UNKNOWN : OK);
  recordTest(visit.tracker, visit.journal, test.worst, test.who, test.steps);
  const proof = proofOf(visit, test.who, test.steps);
  reply.say(`all in all: ${verdictName(test.worst)}`);
  reply.done(reply.isMachine ? ['verdict', test.worst, 'record', proof.record, 'mac', proof.mac] : []);
}
