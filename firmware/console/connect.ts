import { COMMAND_STOPPED, NOT_PROVISIONED, OK, RESTART_FIRST } from '../../hal/faults.ts';
import { loadCa } from '../config/load.ts';
import { attemptNow, LONGEST_SESSION_S } from '../report.ts';
import type { Field, Reply } from './reply.ts';
import type { Session } from './session.ts';

/** `modem`: up to an open stream, and down again. It sends nothing and goes into no record. */
export function connectCommand(session: Session, reply: Reply): void {
  const tracker = session.tracker;
  const config = session.config;
  const link = tracker.link;
  if (session.isSaved) {
    reply.fail(RESTART_FIRST, '', []);
    return;
  }
  if (config.brokerHost === '') {
    reply.fail(NOT_PROVISIONED, 'brokerHost', []);
    return;
  }
  session.usesRadio = true;
  session.stop = () => {
    link.close(() => {});
  };
  reply.say(`connecting, at most ${LONGEST_SESSION_S} s; Ctrl-C stops`);
  const attempt = attemptNow(tracker, session.journal, config, session.generation);
  const plan = attempt.plan;
  let isOver = false;
  link.open(
    {
      apn: config.apn,
      host: config.brokerHost,
      port: config.brokerPort,
      get caPem() {
        return loadCa(tracker.configuration, tracker.crypto);
      },
      simPin: attempt.simPin,
      searches: plan.searches,
      clearForbidden: plan.clearForbidden,
      utcS: null,
      powerSavingS: 0,
      rung: 0,
    },
    LONGEST_SESSION_S,
    (fault) => {
      tracker.watchdog.kick();
      if (isOver) return;
      isOver = true;
      link.close(() => {
        attempt.end(fault);
        const report = link.report();
        const fields: Field[] = ['technology', report.technology, 'network', report.network];
        fields.push('rssiDbm', report.rssiDbm, 'searchedS', report.searchedS, 'sim', report.sim);
        if (session.isStopped) reply.fail(COMMAND_STOPPED, '', fields);
        else if (fault === OK) reply.done(fields);
        else reply.fail(fault, '', fields);
      });
    },
    () => {},
    () => {},
  );
}
