import { OK, SESSION_TOO_LONG, STREAM_CLOSED } from '../../hal/faults.ts';
import type { Tracker } from '../../hal/tracker.ts';
import { loadCa } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { ANCHOR_NETWORK } from '../journal/format.ts';
import type { Journal } from '../journal/journal.ts';
import type { SessionPlan } from '../radio/plan.ts';
import { type Conversation, converse } from './conversation.ts';

/** Network time is a second or two old when the modem tells it. */
const NETWORK_TIME_ERROR_S = 2;
const OPEN_MARGIN_S = 10;

/**
 * Run one uplink session: open a stream, send over it what the collector does not hold, and put down what it says that it
 * holds. `done` gets OK or the fault, and the uptime at which the session began, after the modem is off. OK means that the
 * collector holds all that was sent. That is less than all there is where the session has sent `plan.mostKb`: then
 * `journal.state.acked` says where the next one goes on.
 */
export function runUplink(
  tracker: Tracker,
  journal: Journal,
  config: Config,
  simPin: string,
  plan: SessionPlan,
  urgentSeq: number | null,
  limitS: number,
  done: (fault: number, startedS: number) => void,
): void {
  const clock = tracker.clock;
  const link = tracker.link;
  const startedS = clock.uptimeS();
  let finished = false;
  /** Made when the first stream is open: opening one needs the memory itself. */
  let talk: Conversation | null = null;

  function end(fault: number): void {
    if (finished) return;
    finished = true;
    const held = talk === null ? journal.state.acked : talk.stop();
    clock.cancel(sessionAlarm);
    // Closing and what is put down behind it begin with the memory of the conversation.
    talk = null;
    clock.after(0, () => {
      link.close(() => {
        const time = link.networkTime();
        if (time !== null && !journal.anchored)
          journal.anchor(time.uptimeS, time.utcS, ANCHOR_NETWORK, NETWORK_TIME_ERROR_S);
        journal.ack(held);
        done(fault, startedS);
      });
    });
  }

  function open(): void {
    const uptimeS = clock.uptimeS();
    const clockS = journal.anchored ? journal.ring.clockS : 0;
    link.open(
      {
        apn: config.apn,
        host: config.brokerHost,
        port: config.brokerPort,
        // Read when it is wanted: it is the longest thing that there is.
        get caPem() {
          return loadCa(tracker.configuration, tracker.crypto);
        },
        simPin,
        searches: plan.searches,
        clearForbidden: plan.clearForbidden,
        utcS: clockS > 0 ? Math.floor(uptimeS) + clockS : null,
        powerSavingS: config.powerSavingS,
        rung: plan.rung,
      },
      // The link knows better than the end of the session what it has been waiting for.
      Math.floor(limitS - OPEN_MARGIN_S - (uptimeS - startedS)),
      (fault) => {
        tracker.watchdog.kick();
        if (fault !== OK || finished) {
          end(fault);
          return;
        }
        if (talk === null)
          talk = converse(
            tracker,
            journal,
            config.deviceId,
            plan.mostKb,
            urgentSeq,
            startedS + limitS,
            open,
            end,
          );
        talk.opened();
      },
      (bytes) => {
        if (talk !== null) talk.hear(bytes);
      },
      () => {
        if (talk !== null) talk.broken(STREAM_CLOSED);
      },
    );
  }

  const sessionAlarm = clock.after(limitS * 1000, () => {
    end(SESSION_TOO_LONG);
  });
  open();
}
