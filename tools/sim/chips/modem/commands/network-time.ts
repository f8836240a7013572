import { slashed } from '../clock.ts';
import type { NetworkMoment } from '../family.ts';
import type { CommandTable } from './command.ts';

/** CTZU: take the network's time. CTZR: say so. */
export const networkTimeCommands: CommandTable = {
  '+CTZU': {
    read: (modem, call) => call.ok(`+CTZU: ${modem.profile.networkTime ? 1 : 0}`),
    write: (modem, call) => {
      call.count(1);
      modem.profile.networkTime = call.int(0, 0, 3) !== 0;
      call.ok();
    },
  },
  '+CTZR': {
    read: (modem, call) => call.ok(`+CTZR: ${modem.profile.timeReport}`),
    write: (modem, call) => {
      call.count(1);
      modem.profile.timeReport = call.int(0, 0, 2);
      call.ok();
    },
  },
};

/** 3GPP TS 27.007: the zone alone, or with daylight saving and the time of the report. */
export function networkTime({ utcMs, quarters }: NetworkMoment, report: number): readonly string[] {
  const zone = `${quarters < 0 ? '-' : '+'}${String(Math.abs(quarters)).padStart(2, '0')}`;
  if (report === 1) return [`+CTZV: ${zone}`];
  return report === 2 ? [`+CTZE: "${zone}",0,"${slashed(utcMs)}"`] : [];
}
