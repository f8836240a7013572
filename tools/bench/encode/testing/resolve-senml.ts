import type { SenmlRecord } from '../senml.ts';

/** Name, time and unit of a value once bases are resolved (RFC 8428, section 4.6). */
export interface Resolved {
  readonly n: string;
  readonly t: number;
  readonly u: string | undefined;
  readonly v: number;
}

export function resolveSenml(pack: readonly SenmlRecord[]): Resolved[] {
  let [bn, bt] = ['', 0];
  let bu: string | undefined;
  return pack.map((record) => {
    bn = record.bn ?? bn;
    bt = record.bt ?? bt;
    bu = record.bu ?? bu;
    return { n: bn + (record.n ?? ''), t: bt + (record.t ?? 0), u: record.u ?? bu, v: record.v };
  });
}
