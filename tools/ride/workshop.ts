import { createHash } from 'node:crypto';
import type { Config } from '../../firmware/config/schema.ts';
import { DEFAULT_CONFIG } from '../../firmware/config/values.ts';
import { cargoConfig } from '../cargo/cargo-config.ts';
import type { Scenario } from '../world/scenario.ts';

export interface WorkshopOptions {
  readonly seed: number;
  readonly intervalS: number;
  /** Without a profile nothing counts as harm. */
  readonly scenario?: Pick<Scenario, 'cargoProfile' | 'setPointC'>;
}

/** The configuration that a simulated tracker leaves the workshop with. */
export function workshopConfig(options: WorkshopOptions): Config {
  const profile = options.scenario?.cargoProfile;
  return {
    ...DEFAULT_CONFIG,
    deviceId: `sim-${options.seed}`,
    intervalS: options.intervalS,
    fixIntervalS: 3600,
    uplinkIntervalS: 14_400,
    apn: 'iot.example',
    brokerHost: 'broker.example',
    brokerPort: 8883,
    caPem: SIMULATED_CA,
    deviceKey: simulatedKey(options.seed),
    ...(profile ? cargoConfig(profile, options.scenario?.setPointC ?? Number.NaN, ['supply', 'return']) : {}),
  };
}

/** The device key of a simulated tracker, which follows from the seed: nobody is to trust it. A real one is drawn at random. */
export function simulatedKey(seed: number): Uint8Array {
  return new Uint8Array(createHash('sha256').update(`coldrail simulated device key ${seed}`).digest());
}

/** The virtual modem stores and names it as a real one would; what is inside nobody checks. */
const SIMULATED_CA = `-----BEGIN CERTIFICATE-----
${'MIIBszCCAVmgAwIBAgIUc2ltdWxhdGVkIGNhIGZvciBjb2xkcmFpbCByaWRlcw\n'.repeat(9)}-----END CERTIFICATE-----
`;
