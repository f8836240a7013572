import { OK } from '../faults.ts';
import type { ModemPower } from './power.ts';

/** The farewell to the network takes some seconds; a modem that is silent is not waited for. */
const GOODBYE_WITHIN_MS = 9000;

function pressOff(modem: ModemPower): void {
  modem.press(modem.profile.power.off, 0, () => {
    modem.rest();
  });
}

/** One that was heard and then fell silent is busy rather than off. If it was off, the press has switched it on. */
function pressBlind(modem: ModemPower): void {
  const power = modem.profile.power;
  modem.press(power.off, power.gone, () => {
    modem.ask('probe', (silent) => {
      if (silent === OK) pressOff(modem);
      else modem.rest();
    });
  });
}

/** Switch off by PWRKEY, which must only be pressed when the modem is heard: it would wake it. */
export function cutByKey(modem: ModemPower): void {
  modem.ascents++;
  modem.state = 'falling';
  modem.channel.abandon();
  modem.channel.start();
  modem.ask('probe', (silent) => {
    if (silent === OK) pressOff(modem);
    else if (modem.isHeard) pressBlind(modem);
    else modem.rest();
  });
}

export function goodbye(modem: ModemPower): void {
  const channel = modem.channel;
  // One that does not answer would not hear it.
  if (channel.doubts > 0 && modem.wiring.supply === null) {
    modem.cut();
    return;
  }
  modem.state = 'falling';
  channel.start();
  const offLine = modem.profile.offLine;
  if (offLine !== '')
    channel.expect(offLine, 2 * GOODBYE_WITHIN_MS, (line) => {
      if (line === null) modem.cut();
      else modem.rest();
    });
  // The goodbye may have no final code of its own; an error means that there will be no line either.
  channel.command(modem.profile.off, GOODBYE_WITHIN_MS, (result) => {
    if (result !== 'ok') modem.cut();
    else if (offLine === '')
      modem.later(modem.profile.power.gone, () => {
        modem.rest();
      });
  });
}
