/** Espruino's versions: 2v29 is a release, 2v29.277 a build with so many changes behind it. */

/** The first with packets. */
const PACKETS = [2, 25] as const;
/** Loses what a UART receives beyond 64 bytes at once, and with it a modem's answers: mended behind it, espruino#2718. */
const LAST_THAT_LOSES = [2, 29, 0] as const;

function numbers(version: string): number[] {
  const found = /^(\d+)v(\d+)(?:\.(\d+))?/.exec(version);
  return found ? [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)] : [0, 0, 0];
}

function compare(version: string, other: readonly number[]): number {
  const own = numbers(version);
  for (let i = 0; i < own.length; i++) {
    const difference = (own[i] ?? 0) - (other[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export function hasPackets(version: string): boolean {
  return compare(version, PACKETS) >= 0;
}

/** Does it lose a modem's answers? */
export function losesUart(version: string): boolean {
  return compare(version, LAST_THAT_LOSES) <= 0;
}
