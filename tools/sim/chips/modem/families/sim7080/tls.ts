import { type Call, Refusal } from '../../call.ts';
import type { CommandTable } from '../../commands/command.ts';
import type { Running } from '../../running.ts';
import { TLS_CONTEXTS, type TlsContext } from '../../tls.ts';
import { convert } from '../sim70xx/files.ts';
import { openSocket, socketNumber, socketSettings } from '../sim70xx/socket.ts';

/** CAOPEN's result for what the part cannot do. */
const NOT_SUPPORTED = 7;

/** Settings for TLS, and the opening of a socket in it or without. */
export const tlsCommands: CommandTable = {
  '+CSSLCFG': { write: (modem, call) => configureContext(modem, call) },
  '+CASSLCFG': { write: (modem, call) => configureSocket(modem, call) },
  '+CACID': {
    read: (_modem, call) => call.ok('+CACID: 0'),
    write: (_modem, call) => {
      call.count(1);
      call.int(0, 0, 0);
      call.ok();
    },
  },
  '+CAOPEN': {
    write: (modem, call) => {
      socketNumber(call, 5);
      call.int(1, 0, 0);
      const protocol = call.text(2).toUpperCase();
      const host = call.text(3);
      const port = call.int(4, 1, 65535);
      if (protocol === 'TCP') openSocket(modem, call, host, port);
      else if (protocol === 'UDP') call.ok(`+CAOPEN: 0,${NOT_SUPPORTED}`);
      else throw new Refusal();
    },
  },
};

function configureContext(modem: Running, call: Call): void {
  call.count(3);
  const option = call.text(0).toUpperCase();
  if (option === 'CONVERT') {
    convert(modem, call);
    return;
  }
  const context = modem.tls.contexts[call.int(1, 0, TLS_CONTEXTS - 1)] as TlsContext;
  if (option === 'SSLVERSION') context.version = call.int(2, 0, 5);
  else if (option === 'SNI') context.serverName = call.text(2);
  else if (option === 'IGNORERTCTIME') context.ignoreClock = call.int(2, 0, 1) === 1;
  else throw new Refusal();
  call.ok();
}

function configureSocket(modem: Running, call: Call): void {
  socketNumber(call, 3);
  const option = call.text(1).toUpperCase();
  if (modem.socket.inUse) throw new Refusal('operation not allowed');
  if (option === 'SSL') modem.tls.enabled = call.int(2, 0, 1) === 1;
  else if (!modem.tls.enabled) throw new Refusal();
  else if (option === 'CRINDEX') modem.tls.contextIndex = call.int(2, 0, TLS_CONTEXTS - 1);
  else if (option === 'CACERT') socketSettings(modem).caFile = call.text(2) || undefined;
  else throw new Refusal();
  call.ok();
}
