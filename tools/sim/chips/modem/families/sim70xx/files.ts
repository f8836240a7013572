import { toByteString } from '../../../../bytes.ts';
import { type Call, Refusal } from '../../call.ts';
import type { CommandTable } from '../../commands/command.ts';
import type { ModemFlash } from '../../flash.ts';
import type { Running } from '../../running.ts';
import { between, MS } from '../../scope.ts';
import { stateOf } from '../../state-of.ts';

const MAX_FILE = 10_240;
/** The directory for certificates, "/customer/". */
const DIRECTORY = 3;

/** Between CFSINIT and CFSTERM. */
const session = stateOf((_modem: Running) => ({ open: false }));
/** CA files that CONVERT has made usable for TLS. */
const convertedCas = stateOf((_flash: ModemFlash) => new Set<string>());

export const fileCommands: CommandTable = {
  '+CFSINIT': {
    run: (modem, call) => {
      if (session(modem).open) throw new Refusal('operation not allowed');
      session(modem).open = true;
      call.ok();
    },
  },
  '+CFSTERM': {
    run: (modem, call) => {
      requireSession(modem);
      session(modem).open = false;
      call.ok();
    },
  },
  '+CFSWFILE': { write: (modem, call) => writeFile(modem, call) },
  '+CFSGFIS': {
    write: (modem, call) => {
      call.count(2);
      call.int(0, DIRECTORY, DIRECTORY);
      requireSession(modem);
      const file = modem.flash.files.get(call.text(1));
      if (!file) throw new Refusal();
      call.ok(`+CFSGFIS: ${file.length}`);
    },
  },
};

export function isConvertedCa(flash: ModemFlash, name: string): boolean {
  return convertedCas(flash).has(name);
}

/** CSSLCFG="CONVERT",<type>,<name>: make a file that has been written usable for TLS. */
export function convert(modem: Running, call: Call): void {
  const kind = call.int(1, 1, 2);
  const name = call.text(2);
  const file = modem.flash.files.get(name);
  modem.scope.after(between(modem.random, 50 * MS, 500 * MS), () => {
    if (!file || !isCertificate(file)) {
      call.refuse();
      return;
    }
    if (kind === 2) convertedCas(modem.flash).add(name);
    call.ok();
  });
}

function requireSession(modem: Running): void {
  if (!session(modem).open) throw new Refusal('operation not allowed');
}

function writeFile(modem: Running, call: Call): void {
  call.count(5);
  call.int(0, DIRECTORY, DIRECTORY);
  const name = call.text(1);
  const append = call.int(2, 0, 1) === 1;
  const size = call.int(3, 1, MAX_FILE);
  const windowUs = call.int(4, 100, 10_000) * MS;
  requireSession(modem);
  if (name === '') throw new Refusal();
  const before = append ? (modem.flash.files.get(name) ?? new Uint8Array(0)) : new Uint8Array(0);
  if (before.length + size > MAX_FILE) throw new Refusal();
  call.print('DOWNLOAD');
  const store = (bytes: Uint8Array): void => {
    modem.scope.after(between(modem.random, 20 * MS, 300 * MS), () => {
      modem.flash.files.set(name, Buffer.concat([before, bytes]));
      convertedCas(modem.flash).delete(name);
      call.ok();
    });
  };
  modem.input.readCounted(size, windowUs, store, () => call.refuse());
}

function isCertificate(file: Uint8Array): boolean {
  return /-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(toByteString(file));
}
