/** A folder with work orders, and the files that they name. */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const SECRET = '5ec2e7'.padEnd(64, '0123456789abcdef');

export class OrderFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'coldrail-order-'));

  constructor() {
    copyFileSync(new URL('./ca.pem', import.meta.url), join(this.path, 'ca.pem'));
    this.put('a.key', `${SECRET}\n`);
    this.put('b.key', 'b'.repeat(64));
    this.put('pin.txt', '482915\n');
  }

  /** The path of a file with this content. */
  put(name: string, content: string | Uint8Array): string {
    const file = join(this.path, name);
    writeFileSync(file, content);
    return file;
  }

  at(name: string): string {
    return join(this.path, name);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** A work order with nothing wrong in it. */
export const goodOrder: Readonly<Record<string, unknown>> = {
  deviceId: 'TR-0001',
  deviceKey: '@a.key',
  simPin: '@pin.txt',
  apn: 'iot.example',
  brokerHost: 'broker.example.org',
  caPem: '@ca.pem',
  intervalS: 600,
  fineResolution: true,
  tripHours: 400,
  container: 'csqu 305438-3',
  wagon: '21-81-2471217-3',
  consignment: 'cim 70268-8',
  seals: 'H:ML-CN1234567',
  setPointMilliC: 5000,
  coldLimitMilliC: 2000,
  warmLimitMilliC: 8000,
};
