/** What the network policy of a tracker remembers behind each session: a RADIO record of docs/journal.md. */
export interface Radio {
  /** Step of the back-off, 0 after a session that delivered. */
  step: number;
  technology: 'LTE-M' | 'NB-IoT' | 'GSM' | 'LTE' | null;
  /** MCC and MNC, "26201"; null for none yet. */
  network: string | null;
  rssiDbm: number | null;
  /** Tells SIMs apart. */
  sim: number | null;
  /** Hours since power-on until which the allowances are reckoned; seconds of searching and KiB that are used of them. */
  dayH: number;
  searchedS: number;
  sentKb: number;
  /** Where the last session was tried. */
  latDeg: number | null;
  lonDeg: number | null;
  /** Hours since power-on at which the country first refused data. */
  barredH: number | null;
  rung: number;
  pinRefused: boolean;
}

const technologies = [null, 'LTE-M', 'NB-IoT', 'GSM', 'LTE'] as const;

/** The items of a RADIO behind its kind. */
export function radioOf(items: readonly (number | null)[]): Radio {
  const [step, technology, network, rssiDbm, sim, dayH, searchedS, sentKb, lat, lon, barredH, rung, pin] =
    items;
  return {
    step: step ?? 0,
    technology: technologies[technology ?? 0] ?? null,
    network: network ? String(network) : null,
    rssiDbm: rssiDbm || null,
    sim: sim || null,
    dayH: dayH ?? 0,
    searchedS: searchedS ?? 0,
    sentKb: sentKb ?? 0,
    latDeg: degrees(lat),
    lonDeg: degrees(lon),
    barredH: barredH ?? null,
    rung: rung ?? 0,
    pinRefused: (pin ?? 0) !== 0,
  };
}

function degrees(hundredths: number | null | undefined): number | null {
  return hundredths === null || hundredths === undefined ? null : hundredths / 100;
}
