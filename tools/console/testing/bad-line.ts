import type { Port } from '../port.ts';

/** How bad a line is; chances from 0 to 1. */
export interface Damage {
  /** A chunk comes in pieces. */
  readonly split?: number;
  /** Each byte gets lost. */
  readonly drop?: number;
  /** Each byte has a bit flipped. */
  readonly flip?: number;
  /** In front of a chunk stands a line of noise, or of the tracker's own words. */
  readonly noise?: number;
  /** A chunk comes late. */
  readonly late?: number;
  readonly lateMs?: number;
  /** A chunk comes twice. */
  readonly twice?: number;
  /** A chunk never comes. */
  readonly silent?: number;
  /** The cable is pulled behind so many bytes from the tracker. */
  readonly pullAfter?: number;
}

const NOISE = [
  '\r\n',
  '\xff\x00\x81',
  'reading 12345 supply -18.4 C\r\n',
  '> ',
  '{"id":',
  '\x1b[0m',
  '*deadbeef\r\n',
];

/** A port with a bad cable, bad in both directions. `random` gives numbers from 0 to 1. */
export function badLine(port: Port, damage: Damage, random: () => number): Port {
  let left = damage.pullAfter ?? Number.POSITIVE_INFINITY;
  const happens = (chance = 0): boolean => chance > 0 && random() < chance;

  function spoil(text: string): string {
    let out = happens(damage.noise) ? (NOISE[Math.floor(random() * NOISE.length)] ?? '') : '';
    for (const character of text) {
      if (happens(damage.drop)) continue;
      const bit = happens(damage.flip) ? 1 << Math.floor(random() * 8) : 0;
      out += String.fromCharCode(character.charCodeAt(0) ^ bit);
    }
    return out;
  }

  function pieces(text: string): string[] {
    if (text.length < 2 || !happens(damage.split)) return [text];
    const at = 1 + Math.floor(random() * (text.length - 1));
    return [text.slice(0, at), ...pieces(text.slice(at))];
  }

  return {
    write: async (text) => {
      if (happens(damage.silent)) return;
      for (const piece of pieces(spoil(text))) await port.write(piece);
    },
    onText: (hear) => {
      port.onText((text) => {
        if (happens(damage.silent)) return;
        const times = happens(damage.twice) ? 2 : 1;
        const deliver = (): void => {
          for (const piece of pieces(spoil(text).repeat(times))) {
            left -= piece.length;
            if (left >= 0) hear(piece);
          }
          if (left < 0) void port.close();
        };
        if (happens(damage.late)) setTimeout(deliver, damage.lateMs ?? 60);
        else deliver();
      });
    },
    onClosed: (gone) => port.onClosed(gone),
    reset: () => port.reset(),
    close: () => port.close(),
  };
}
