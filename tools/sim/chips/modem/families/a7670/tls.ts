import { fromByteString } from '../../../../bytes.ts';
import { type Call, Refusal } from '../../call.ts';
import type { CommandTable } from '../../commands/command.ts';
import type { Running } from '../../running.ts';
import { between, MS, S } from '../../scope.ts';
import { TLS_CONTEXTS, type TlsContext } from '../../tls.ts';

const MAX_FILE = 10_240;
const UPLOAD_WINDOW_US = 10 * S;
/** 5 to 108 characters and one of two endings. */
const FILE_NAME = /^.{5,108}\.(pem|der)$/;

/** Certificates and the settings of TLS contexts. */
export const tlsCommands: CommandTable = {
  '+CCERTDOWN': { write: (modem, call) => upload(modem, call) },
  '+CCERTLIST': {
    run: (modem, call) => call.ok(...[...modem.flash.files.keys()].map((name) => `+CCERTLIST: "${name}"`)),
  },
  '+CCERTDELE': {
    write: (modem, call) => {
      call.count(1);
      if (!modem.flash.files.delete(call.text(0))) throw new Refusal();
      call.ok();
    },
  },
  '+CSSLCFG': { write: (modem, call) => configure(modem, call) },
};

function upload(modem: Running, call: Call): void {
  call.count(2);
  const name = call.text(0);
  const size = call.int(1, 1, MAX_FILE);
  if (!FILE_NAME.test(name)) throw new Refusal();
  call.raw(fromByteString('\r\n>'));
  const store = (bytes: Uint8Array): void => {
    modem.scope.after(between(modem.random, 20 * MS, 300 * MS), () => {
      modem.flash.files.set(name, bytes);
      call.ok();
    });
  };
  modem.input.readCounted(size, UPLOAD_WINDOW_US, store, () => call.refuse());
}

function configure(modem: Running, call: Call): void {
  call.count(3);
  const option = call.text(0);
  const context = modem.tls.contexts[call.int(1, 0, TLS_CONTEXTS - 1)] as TlsContext;
  if (option === 'sslversion') context.version = call.int(2, 0, 4);
  else if (option === 'authmode') context.verify = call.int(2, 0, 3) % 3 !== 0;
  else if (option === 'ignorelocaltime') context.ignoreClock = call.int(2, 0, 1) === 1;
  else if (option === 'cacert') context.caFile = call.text(2) || undefined;
  else if (option === 'enableSNI') call.int(2, 0, 1);
  else if (option === 'negotiatetime') call.int(2, 10, 300);
  else throw new Refusal();
  call.ok();
}
