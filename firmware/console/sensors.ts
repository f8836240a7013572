import { measureProbes } from './probes.ts';
import { placeName, tenths } from './readings.ts';
import type { Field, Reply } from './reply.ts';
import type { Session } from './session.ts';

const REASONS = ['no-answer', 'check', 'not-ready', 'range', 'bus', 'absent'];

/** `sensors`: all probes, the door and the reefer's socket, now. */
export function sensorsCommand(session: Session, reply: Reply): void {
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
