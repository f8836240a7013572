import {
  ARGUMENT_REFUSED,
  COMMAND_STOPPED,
  GNSS_BUSY,
  GNSS_IMPLAUSIBLE,
  GNSS_NO_FIX,
  GNSS_SILENT,
  NOT_PROVISIONED,
  OK,
} from '../../hal/faults.ts';
import { loadCa } from '../config/load.ts';
import { planNow } from '../report.ts';
import { measureProbes } from './probes.ts';
import { placeName, tenths } from './readings.ts';
import type { Field, Reply } from './reply.ts';
import { type Arguments, numberOf, type Session } from './session.ts';

const REASONS = ['no-answer', 'check', 'not-ready', 'range', 'bus', 'absent'];
const SEARCH_S = 120;
const CONNECT_S = 240;

function sensors(session: Session, reply: Reply): void {
  measureProbes(session, (measured) => {
    const probes: Field[] = [];
    measured.forEach((one) => {
      const place = one.place;
      const climate = one.climate;
      const reason = climate.failure === null ? null : REASONS.indexOf(climate.failure);
      probes.push([place, climate.tempMilliC, climate.humidityMilliPct, reason]);
      const humidity = climate.humidityMilliPct === null ? '' : `  ${tenths(climate.humidityMilliPct, '%')}`;
      const failure = climate.failure === null ? '' : `  ${climate.failure}`;
      const name = `${placeName(place)}                `.substr(0, 16);
      reply.say(`${name} ${tenths(climate.tempMilliC, 'C')}${humidity}${failure}`);
    });
    const fittings = session.tracker.fittings();
    const door = fittings.door.isOpen();
    const reefer = fittings.reefer.read();
    const fields: Field[] = ['door', door === null ? null : door ? 1 : 0, 'reefer', null];
    if (reefer !== null)
      fields[3] = (reefer.compressor ? 64 : 0) + (reefer.defrost ? 128 : 0) + (reefer.inRange ? 256 : 0) + 32;
    if (reply.isMachine) fields.push('probes', probes);
    reply.done(fields);
  });
}

function gnss(session: Session, args: Arguments, reply: Reply): void {
  const limitS = numberOf(args, 'limitS', 10, 300, SEARCH_S);
  if (!(limitS > 0)) {
    reply.fail(ARGUMENT_REFUSED, 'limitS', []);
    return;
  }
  const receiver = session.tracker.gnss;
  session.stop = () => {
    receiver.release(() => {});
  };
  reply.say(`searching, at most ${limitS} s; Ctrl-C stops`);
  receiver.locate(limitS, (failure, fix) => {
    receiver.release(() => {
      if (fix !== null) {
        reply.done(['latE5', fix.latE5, 'lonE5', fix.lonE5, 'satellites', fix.satellites, 'utcS', fix.utcS]);
        return;
      }
      let fault = GNSS_NO_FIX;
      if (session.isStopped) fault = COMMAND_STOPPED;
      else if (failure === 'busy') fault = GNSS_BUSY;
      else if (failure === 'silent') fault = GNSS_SILENT;
      else if (failure === 'implausible') fault = GNSS_IMPLAUSIBLE;
      reply.fail(fault, '', []);
    });
  });
}

/** Up to an open stream, and down again. */
function modem(session: Session, reply: Reply): void {
  const tracker = session.tracker;
  const config = session.config;
  const link = tracker.link;
  if (config.brokerHost === '') {
    reply.fail(NOT_PROVISIONED, 'brokerHost', []);
    return;
  }
  session.stop = () => {
    link.close(() => {});
  };
  reply.say(`connecting, at most ${CONNECT_S} s; Ctrl-C stops`);
  const plan = planNow(tracker, session.journal, config, session.generation);
  let isOver = false;
  link.open(
    {
      apn: config.apn,
      host: config.brokerHost,
      port: config.brokerPort,
      get caPem() {
        return loadCa(tracker.configuration, tracker.crypto);
      },
      simPin: config.simPin,
      searches: plan.searches,
      clearForbidden: plan.clearForbidden,
      utcS: null,
      powerSavingS: 0,
      rung: 0,
    },
    CONNECT_S,
    (fault) => {
      tracker.watchdog.kick();
      if (isOver) return;
      isOver = true;
      link.close(() => {
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

/** `sensors`, `gnss`, `modem`: what the tracker sees of the world. */
export function lookCommand(session: Session, name: string, args: Arguments, reply: Reply): void {
  if (name === 'sensors') sensors(session, reply);
  else if (name === 'gnss') gnss(session, args, reply);
  else modem(session, reply);
}
