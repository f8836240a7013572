import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { bundleDevice } from '../../tools/build/bundle.ts';
import { conformanceSurroundings } from '../../tools/conformance/surroundings.ts';
import { interpreterPath } from '../../tools/lockstep/lockstep.ts';
import { findBoardHardware } from '../../tools/sim/board-hardware.ts';
import { Ds18b20 } from '../../tools/sim/chips/ds18b20.ts';
import { Max31865 } from '../../tools/sim/chips/max31865.ts';
import { OneWireLine } from '../../tools/sim/chips/one-wire-line.ts';
import { OptoInput } from '../../tools/sim/chips/opto-input.ts';
import { EspruinoEngine } from '../../tools/sim/espruino/engine.ts';
import type { Hardware } from '../../tools/sim/hardware.ts';
import { Kernel } from '../../tools/sim/kernel.ts';
import type { Engine } from '../../tools/sim/machine.ts';
import { randomStream } from '../../tools/sim/random.ts';
import { VirtualTracker } from '../../tools/sim/tracker.ts';
import { VmEngine } from '../../tools/sim/vm/engine.ts';

type MakeEngine = (kernel: Kernel, hardware: Hardware, bundle: string) => Engine;

/** Run device/pins.ts on chips at its pins, and tell what it printed. */
async function run(makeEngine: MakeEngine): Promise<string[]> {
  const board = findBoardHardware('t-sim7080g-s3');
  const kernel = new Kernel();
  const { hardware } = conformanceSurroundings(board, kernel, 1);
  const random = randomStream(1, 'contacts');
  const input = (active: boolean) => new OptoInput({ active: () => active, random });
  const compressor = input(true);
  compressor.fault = 'corroded';
  const inputs = new Map([
    [34, compressor],
    [35, input(false)],
    [36, input(true)],
    [33, input(true)],
  ]);
  // Bytes that are no ASCII have to travel: -10.0625 C is FF5F.
  const wired = (serial: number, celsius: number) =>
    new Ds18b20({ kernel, serial, air: () => ({ celsius }) });
  const peripherals = {
    pinRead: (pin: number) => inputs.get(pin)?.isHigh() ?? true,
    analogRead: (pin: number) => (pin === 39 ? 0.01 : 0),
    oneWire: new Map([[13, new OneWireLine([wired(0x180ff, -10.0625), wired(0x180fe, 4.25)])]]),
    spi: new Map([[21, new Max31865({ kernel, wires: 3, leadOhm: 1, air: () => ({ celsius: -20 }) })]]),
  };
  const lines: string[] = [];
  const bundle = await bundleDevice(fileURLToPath(new URL('device/pins.ts', import.meta.url)));
  const engine = makeEngine(kernel, hardware, bundle);
  const tracker = new VirtualTracker({
    kernel,
    hardware: { ...hardware, ...peripherals },
    engine,
    clockDrift: 0,
    onConsole: (line) => lines.push(line),
  });
  tracker.powerOn();
  await kernel.run(10_000_000);
  await engine.stop();
  expect(tracker.complaints).toEqual([]);
  return lines;
}

const onVm = () => run((kernel, _hardware, bundle) => new VmEngine(kernel, bundle, 'pins.js'));

async function onEspruino(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'coldrail-pins-'));
  try {
    return await run(
      (kernel, { flash }, bundle) =>
        new EspruinoEngine({ kernel, interpreter: interpreterPath(), bundle, folder, flash }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a program reaches what hangs on its pins', async () => {
  const lines = await onVm();
  expect(lines.slice(0, 5)).toEqual([
    // -10.0625 C, half a thousandth up.
    'probe 0 -10062 null',
    'probe 1 4250 null',
    'probe 2 null no-answer',
    // 921.6 ohm are code 7023 at a reference of 4300 ohm, to 0.002 ohm.
    'probe 3 -20000 null',
    'probe 4 null no-answer',
  ]);
  expect(lines.filter((line) => line.startsWith('door '))).toEqual(new Array(8).fill('door false'));
  const sockets = new Set(lines.filter((line) => line.startsWith('socket ')));
  expect([...sockets].sort()).toEqual(['socket true false true', 'socket unknown']);
  expect(lines.at(-1)).toBe('end');
});

describe.skipIf(!process.env['ESPRUINO'])('the real interpreter', () => {
  test('reaches the same at its pins, and makes the same of it', async () => {
    expect(await onEspruino()).toEqual(await onVm());
  });
});
