import { createHash } from 'node:crypto';
import { type Config, DEFAULT_CONFIG } from '../../firmware/config/config.ts';

/** The configuration that a simulated tracker leaves the workshop with. */
export function workshopConfig(options: { seed: number; intervalS: number }): Config {
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
