import { type Call, Refusal } from '../../call.ts';
import type { CommandTable } from '../../commands/command.ts';
import type { Running } from '../../running.ts';
import { stateOf } from '../../state-of.ts';
import { TLS_CONTEXTS, type TlsContext } from '../../tls.ts';
import { convert } from '../sim70xx/files.ts';
import { openSocket, socketNumber, socketSettings } from '../sim70xx/socket.ts';

/** AT+CACID has named the socket that settings and opening are for. */
const identified = stateOf((_modem: Running) => ({ value: false }));

/** Settings for TLS, and the opening of a socket in it or without. */
export const tlsCommands: CommandTable = {
  '+CSSLCFG': { write: (modem, call) => configureContext(modem, call) },
  '+CASSLCFG': { write: (modem, call) => configureSocket(modem, call) },
  '+CACID': {
    read: (_modem, call) => call.ok('+CACID: 0'),
    write: (modem, call) => {
      socketNumber(call, 1);
      identified(modem).value = true;
      call.ok();
    },
  },
  '+CAOPEN': {
    write: (modem, call) => {
      // A protocol between socket and host, as the manual has it, is one argument too many.
      socketNumber(call, 3);
      const host = call.text(1);
      const port = call.int(2, 1, 65535);
      requireIdentifier(modem);
      openSocket(modem, call, host, port);
    },
  },
};

function requireIdentifier(modem: Running): void {
  if (!identified(modem).value) throw new Refusal('operation not allowed');
}

/** The names of the options are known in lower case only, whatever the manual prints. */
function configureContext(modem: Running, call: Call): void {
  call.count(2, 3);
  const option = call.text(0);
  if (option === 'convert') {
    convert(modem, call);
    return;
  }
  const index = call.int(1, 0, TLS_CONTEXTS - 1);
  const context = modem.tls.contexts[index] as TlsContext;
  if (option === 'ctxindex') {
    call.ok(`+CSSLCFG: ${index},${context.version},"","${context.serverName}"`);
    return;
  }
  if (option === 'sslversion') context.version = call.int(2, 0, 5);
  else if (option === 'sni') context.serverName = call.text(2);
  else if (option === 'ignorertctime') context.ignoreClock = call.int(2, 0, 1) === 1;
  else if (option === 'protocol') call.int(2, 1, 2);
  else throw new Refusal();
  call.ok();
}

/** Names without quotes; only that of the CA may have them. */
function configureSocket(modem: Running, call: Call): void {
  socketNumber(call, 3);
  requireIdentifier(modem);
  const [, name] = call.line.args;
  const option = (call.word(1) ?? '').toUpperCase();
  if (modem.socket.inUse) throw new Refusal('operation not allowed');
  if (option === 'CACERT') socketSettings(modem).caFile = call.text(2) || undefined;
  else if (name?.quoted) throw new Refusal();
  else if (option === 'SSL') modem.tls.enabled = call.int(2, 0, 1) === 1;
  else if (option === 'PROTOCOL') call.int(2, 0, 0);
  else throw new Refusal();
  call.ok();
}
