import { readFileSync } from 'node:fs';
import type { RadioTechnology } from '../sim/chips/radio.ts';

type ByTechnology = Readonly<Record<RadioTechnology, number>>;
interface Figure {
  readonly value: number;
}

interface Figures {
  readonly bootS: Figure;
  readonly registerS: Readonly<Record<Familiarity, ByTechnology>>;
  readonly setupS: ByTechnology;
  readonly tailS: Figure;
  readonly bytesPerS: ByTechnology;
  readonly resent: ByTechnology;
  readonly readingBytes: Figure;
  readonly sessionBytes: Figure;
  readonly batchBytes: Figure;
  readonly batchOverheadBytes: Figure;
}

/** What a modem knows of the network that it looks for. */
export type Familiarity = 'knownNetwork' | 'sameCountry' | 'newCountry';

const figures: Figures = JSON.parse(
  readFileSync(new URL('../data/sessions-2026-11.json', import.meta.url), 'utf8'),
);

export const BOOT_S = figures.bootS.value;

/** How long it takes to register where there is a network, seconds. */
export function registerS(technology: RadioTechnology, familiarity: Familiarity): number {
  return figures.registerS[familiarity][technology];
}

/** What goes over the stream for so many readings, bytes, and how many readings fit into `mostKb`. */
export function payload(readings: number, mostKb: number): { readings: number; bytes: number } {
  const fit = Math.min(readings, Math.floor((mostKb * 1024) / figures.readingBytes.value));
  return { readings: fit, bytes: Math.ceil(fit * figures.readingBytes.value) };
}

/** What that is on the air, both ways, IP headers included. */
export function bytesOnAir(technology: RadioTechnology, payloadBytes: number): number {
  const batches = Math.ceil(payloadBytes / figures.batchBytes.value);
  const once = figures.sessionBytes.value + payloadBytes + batches * figures.batchOverheadBytes.value;
  return Math.round(once * (1 + figures.resent[technology]));
}

/** Seconds that the modem sends, and seconds that it is connected besides. */
export function onAirS(technology: RadioTechnology, bytes: number): { sendS: number; connectedS: number } {
  return {
    sendS: bytes / figures.bytesPerS[technology],
    connectedS: figures.setupS[technology] + figures.tailS.value,
  };
}
