import { type Call, Refusal } from '../../call.ts';
import type { CommandTable } from '../../commands/command.ts';
import type { Running } from '../../running.ts';
import { TLS_CONTEXTS, type TlsContext } from '../../tls.ts';
import { plainName } from './files.ts';

export const tlsCommands: CommandTable = {
  '+QSSLCFG': { write: (modem, call) => configure(modem, call) },
};

function configure(modem: Running, call: Call): void {
  call.count(3);
  const option = call.text(0);
  const context = modem.tls.contexts[call.int(1, 0, TLS_CONTEXTS - 1)] as TlsContext;
  if (option === 'sslversion') context.version = call.int(2, 0, 4);
  else if (option === 'seclevel') context.verify = call.int(2, 0, 2) > 0;
  else if (option === 'cacert') context.caFile = plainName(call.text(2)) || undefined;
  else if (option === 'ignorelocaltime') context.ignoreClock = call.int(2, 0, 1) === 1;
  else if (option === 'sni' && modem.firmware.model !== 'BG96') call.int(2, 0, 1);
  else if (option === 'negotiatetime') call.int(2, 10, 300);
  else if (option !== 'ciphersuite' || !/^0X[\dA-F]{4}$/i.test(call.word(2) ?? '')) throw new Refusal();
  call.ok();
}
