/** What feeds a tracker and goes on around it: a CONDITIONS record of docs/journal.md. */
export interface Conditions {
  /** 0 full service, 1 sparing, 2 logging only, 3 near brown-out. */
  powerLevel: number;
  externalPower: boolean;
  charging: boolean;
  doorOpen: boolean;
  /** The reefer's own signals; null where its socket is not fitted. */
  reefer: { compressor: boolean; defrost: boolean; inRange: boolean } | null;
}

/** The bits of a CONDITIONS, and of a KEY. */
export function conditionsOf(bits: number): Conditions {
  return {
    powerLevel: bits & 3,
    externalPower: (bits & 4) !== 0,
    charging: (bits & 8) !== 0,
    doorOpen: (bits & 16) !== 0,
    reefer:
      (bits & 32) === 0
        ? null
        : {
            compressor: (bits & 64) !== 0,
            defrost: (bits & 128) !== 0,
            inRange: (bits & 256) !== 0,
          },
  };
}
