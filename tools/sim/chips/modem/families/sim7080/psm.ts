import type { CommandTable } from '../../commands/command.ts';
import { activeSeconds, tauSeconds } from '../../power-saving.ts';

/** AT+CPSMRDP: active time and TAU as asked for, then as granted, then the TAU of a modem without PSM; seconds. */
export const grantedPsmCommands: CommandTable = {
  '+CPSMRDP': {
    run: (modem, call) => {
      const asked = modem.powerSaving.psmRequested;
      const { granted } = modem.powerSaving;
      const wish = asked ? `${activeSeconds(asked.active)},${tauSeconds(asked.tau)}` : '0,0';
      const grant = `${activeSeconds(granted.active)},${tauSeconds(granted.tau)}`;
      call.ok(`+CPSMRDP: ${asked ? 1 : 0},${wish},${grant},3600`);
    },
  },
};
