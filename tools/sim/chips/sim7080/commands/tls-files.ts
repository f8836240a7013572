import { toByteString } from '../../../bytes.ts';
import { type Call, Refusal } from '../call.ts';
import type { Running } from '../running.ts';
import { between, MS } from '../scope.ts';
import { TLS_CONTEXTS, type TlsContext } from '../tls.ts';
import type { CommandTable } from './command.ts';

const MAX_FILE = 10_240;
/** The directory for certificates, "/customer/". */
const DIRECTORY = 3;

export const tlsFileCommands: CommandTable = {
  '+CFSINIT': {
    run: (modem, call) => {
      if (modem.filesOpen) throw new Refusal('operation not allowed');
      modem.filesOpen = true;
      call.ok();
    },
  },
  '+CFSTERM': {
    run: (modem, call) => {
      requireFiles(modem);
      modem.filesOpen = false;
      call.ok();
    },
  },
  '+CFSWFILE': { write: (modem, call) => writeFile(modem, call) },
  '+CFSGFIS': {
    write: (modem, call) => {
      call.count(2);
      call.int(0, DIRECTORY, DIRECTORY);
      requireFiles(modem);
      const file = modem.flash.files.get(call.text(1));
      if (!file) throw new Refusal();
      call.ok(`+CFSGFIS: ${file.length}`);
    },
  },
  '+CSSLCFG': { write: (modem, call) => configureContext(modem, call) },
  '+CASSLCFG': { write: (modem, call) => configureSocket(modem, call) },
};

function requireFiles(modem: Running): void {
  if (!modem.filesOpen) throw new Refusal('operation not allowed');
}

function writeFile(modem: Running, call: Call): void {
  call.count(5);
  call.int(0, DIRECTORY, DIRECTORY);
  const name = call.text(1);
  const append = call.int(2, 0, 1) === 1;
  const size = call.int(3, 1, MAX_FILE);
  const windowUs = call.int(4, 100, 10_000) * MS;
  requireFiles(modem);
  if (name === '') throw new Refusal();
  const before = append ? (modem.flash.files.get(name) ?? new Uint8Array(0)) : new Uint8Array(0);
  if (before.length + size > MAX_FILE) throw new Refusal();
  call.print('DOWNLOAD');
  const store = (bytes: Uint8Array): void => {
    modem.scope.after(between(modem.random, 20 * MS, 300 * MS), () => {
      modem.flash.files.set(name, Buffer.concat([before, bytes]));
      modem.flash.convertedCas.delete(name);
      call.ok();
    });
  };
  modem.input.readCounted(size, windowUs, store, () => call.refuse());
}

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

function convert(modem: Running, call: Call): void {
  const kind = call.int(1, 1, 2);
  const name = call.text(2);
  const file = modem.flash.files.get(name);
  modem.scope.after(between(modem.random, 50 * MS, 500 * MS), () => {
    if (!file || !isCertificate(file)) {
      call.refuse();
      return;
    }
    if (kind === 2) modem.flash.convertedCas.add(name);
    call.ok();
  });
}

function isCertificate(file: Uint8Array): boolean {
  return /-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(toByteString(file));
}

function configureSocket(modem: Running, call: Call): void {
  call.count(3);
  call.int(0, 0, 0);
  const option = call.text(1).toUpperCase();
  if (modem.socket.inUse) throw new Refusal('operation not allowed');
  if (option === 'SSL') modem.tls.enabled = call.int(2, 0, 1) === 1;
  else if (!modem.tls.enabled) throw new Refusal();
  else if (option === 'CRINDEX') modem.tls.contextIndex = call.int(2, 0, TLS_CONTEXTS - 1);
  else if (option === 'CACERT') modem.tls.caFile = call.text(2) || undefined;
  else throw new Refusal();
  call.ok();
}
