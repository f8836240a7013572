import { ColdrailError } from '../errors/error.ts';

/** A serial port of this machine. */
export interface PortInfo {
  readonly path: string;
  /** What is plugged in, for a person; empty where the system does not say. */
  readonly what: string;
  readonly serialNumber: string;
  /** USB vendor and product in hexadecimal digits, as in 1a86:55d4; empty for what is no USB device. */
  readonly usbId: string;
  /** Whether a tracker can be behind it. */
  readonly isCandidate: boolean;
}

/** USB vendors of the serial chips on ESP32 boards, and Espressif's own port. */
const VENDORS: Readonly<Record<string, string>> = {
  '303a': 'Espressif USB serial',
  '10c4': 'Silicon Labs CP210x',
  '1a86': 'WCH CH340, CH9102',
  '0403': 'FTDI',
  '067b': 'Prolific',
};

export interface FoundPort {
  readonly path: string;
  readonly manufacturer?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly vendorId?: string | undefined;
  readonly productId?: string | undefined;
}

/** What the system tells of a port, as it is shown and judged. */
export function describePort(found: FoundPort): PortInfo {
  const vendor = found.vendorId?.toLowerCase() ?? '';
  const known = VENDORS[vendor];
  return {
    path: found.path,
    what: known ?? found.manufacturer ?? '',
    serialNumber: found.serialNumber ?? '',
    usbId: vendor === '' ? '' : `${vendor}:${found.productId?.toLowerCase() ?? ''}`,
    isCandidate: vendor !== '',
  };
}

/** All serial ports, those that a tracker can be behind first. */
export async function listPorts(): Promise<PortInfo[]> {
  const { SerialPort } = await import('serialport');
  const ports = (await SerialPort.list()).map(describePort);
  return ports.sort((a, b) => Number(b.isCandidate) - Number(a.isCandidate) || a.path.localeCompare(b.path));
}

/**
 * The port to use where none was named: the only USB one.
 * @throws ColdrailError `serial.none`, `serial.several`
 */
export function choosePort(ports: readonly PortInfo[]): string {
  const candidates = ports.filter(({ isCandidate }) => isCandidate);
  const [only] = candidates;
  if (!only) throw new ColdrailError('serial.none');
  if (candidates.length > 1) {
    const list = candidates.map(({ path, what }) => (what === '' ? path : `${path} (${what})`)).join(', ');
    throw new ColdrailError('serial.several', { list });
  }
  return only.path;
}
