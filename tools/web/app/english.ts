import { SCHEMA } from '../../../firmware/config/schema.ts';
import { catalogue } from '../../errors/catalogue.ts';
import { faults } from '../../errors/faults.ts';
import en from '../languages/en.json' with { type: 'json' };

/** Errors of the page, of the console and of a self-test, which have their words in every language. */
export const TRANSLATED_ERRORS = [
  'web.serial-busy',
  'web.cable-pulled',
  'web.silent',
  'web.no-answer',
  'web.not-a-tracker',
  'web.other-tracker',
  'web.file-not-json',
  'web.file-no-values',
  'console.interpreter',
  'console.garbled',
  'console.pin-wrong',
  'console.pin-too-soon',
  'console.locked',
  'console.stopped',
  'config.value-refused',
  'config.check-digit',
  'config.ca-missing',
  'config.limits-crossed',
  'config.set-point-outside',
  'config.not-read-back',
  'sense.interval-refused',
  'cargo.rules-damaged',
  'trip.under-way',
  'trip.none',
  'trip.not-provisioned',
  'sensor.failed',
  'journal.verify',
  'gnss.no-fix',
  'modem.silent',
  'sim.missing',
  'network.none',
  'network.no-data',
  'tls.no-ca',
  'host.unreachable',
  'mqtt.refused',
  'collector.silent',
  'sim.pin-needed',
  'sim.pin-wrong',
  'sim.puk',
  'network.denied',
  'network.apn-refused',
  'host.unknown',
  'tls.expired',
  'tls.no-clock',
] as const;

type KeyName = (typeof SCHEMA)[number]['name'];
type ErrorName = (typeof TRANSLATED_ERRORS)[number];

export type TextKey = keyof typeof en | `help.${KeyName}` | `sentence.${ErrorName}` | `remedy.${ErrorName}`;

/** What stands elsewhere in English already: help in the schema, errors in the catalogue. */
function borrowed(): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const { name, help } of SCHEMA) texts[`help.${name}`] = help;
  for (const id of TRANSLATED_ERRORS) {
    const entry = faults.find((fault) => fault.id === id) ?? catalogue[id as keyof typeof catalogue];
    texts[`sentence.${id}`] = entry.sentence;
    texts[`remedy.${id}`] = entry.remedy;
  }
  return texts;
}

export const english = { ...en, ...borrowed() } as Readonly<Record<TextKey, string>>;
