import { signalBits } from '../conditions.ts';
import { REASONS } from '../measure.ts';
import { measureProbes } from './probes.ts';
import { placeName, tenths, WIDTH } from './readings.ts';
import type { Field, Reply } from './reply.ts';
import type { Session } from './session.ts';

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
      const name = placeName(place).padEnd(WIDTH);
      reply.say(`${name} ${tenths(climate.tempMilliC, 'C')}${humidity}${failure}`);
    });
    const fittings = session.tracker.fittings();
    const door = fittings.door.isOpen();
    const reefer = fittings.reefer.read();
    const fields: Field[] = ['door', door === null ? null : door ? 1 : 0];
    fields.push('reefer', reefer === null ? null : signalBits(reefer));
    if (reply.isMachine) fields.push('probes', probes);
    reply.done(fields);
  });
}
