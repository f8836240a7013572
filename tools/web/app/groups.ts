import type { Config } from '../../../firmware/config/schema.ts';

export type KeyName = keyof Config;

/** The keys of the form, by what they are about. Those of the trip have a step of their own. */
export const GROUPS = [
  ['identity', ['deviceId', 'deviceKey', 'consolePin']],
  ['cargo', ['setPointMilliC', 'coldLimitMilliC', 'warmLimitMilliC', 'cargoProfile', 'rules']],
  ['readings', ['intervalS', 'excursionIntervalS', 'tripHours', 'probes', 'fineResolution', 'calibration']],
  ['uplink', ['uplinkIntervalS', 'fixIntervalS', 'brokerHost', 'brokerPort', 'caPem']],
  ['network', ['apn', 'simPin', 'radios', 'powerSavingS']],
] as const satisfies readonly (readonly [string, readonly KeyName[]])[];

export const TRIP_KEYS = ['container', 'wagon', 'consignment', 'seals'] as const satisfies readonly KeyName[];
