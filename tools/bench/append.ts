import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BLOCK_SIZE, PAGE_SIZE, SEAL_SIZE } from '../../firmware/journal/format.ts';
import { mockFlash } from '../../hal/mock/flash.ts';
import { bundleDevice } from '../build/bundle.ts';
import { interpreterPath } from '../lockstep/lockstep.ts';
import { writeLinuxFlash } from '../sim/espruino/linux-flash.ts';
import { LinuxProcess } from '../sim/espruino/linux-process.ts';
import {
  humidityMilliPct,
  RAW_FLASH,
  returnMilliC,
  rowOf,
  SAMPLING,
  supplyMilliC,
} from './device/setting.ts';
import { mountedJournal } from './journal.ts';

const ROUNDS = 5;
/** Where the boot's walk is of middling length, and the page far from its half, at which the next one is made ready. */
const NEWEST_BLOCK = 1;

/** Microseconds on the interpreter, the best of several rounds. */
export interface AppendFigures {
  /** JSON.stringify and Storage append of one reading: the unit that the others are told in. */
  readonly store: number;
  /** Boot scan and walk; the same and one append; one append of many. */
  readonly mount: number;
  readonly wake: number;
  readonly append: number;
  /** Of a whole page. */
  readonly seal: number;
  /** Single appends that begin a block, thin the next page (its erase not counted), and begin a page (with its seal). */
  readonly block: number;
  readonly thinning: number;
  readonly page: number;
  /** Of flash that the seals cost. */
  readonly sealBytesPerReading: number;
}

/** JsVars on top of the bare interpreter's, with the program in flash as on a board. */
export interface JournalMemory {
  readonly mounted: number;
  readonly afterAppends: number;
  /** In a mount, and in appends up to the turn of the page: thinning, erase and seal. */
  readonly mountPeak: number;
  readonly appendPeak: number;
}

interface FullRing {
  readonly cells: Uint8Array;
  readonly readingsPerPage: number;
}

/** A ring with a record in every page, and a newest block that is half full. Nothing of it is acked. */
function fullRing(): FullRing {
  const flash = mockFlash(RAW_FLASH.pages, RAW_FLASH.pageSize);
  const journal = mountedJournal(flash, SAMPLING);
  const { ring } = journal;
  journal.poweredOn(0, 0);
  let reading = 0;
  const isHalfFull = (): boolean => {
    const start = ring.page * PAGE_SIZE + ring.index * BLOCK_SIZE;
    return flash.cells[start + BLOCK_SIZE / 2] !== 0xff;
  };
  const isFull = (): boolean => ring.table.sequence.every((sequence) => sequence > 0);
  while (!(isFull() && ring.index === NEWEST_BLOCK && isHalfFull())) {
    const row = rowOf(supplyMilliC(reading), humidityMilliPct(reading), returnMilliC(reading));
    journal.reading(reading++ * SAMPLING.intervalS, row);
  }
  const pages = Math.max(...ring.table.sequence) - 1 + NEWEST_BLOCK / (PAGE_SIZE / BLOCK_SIZE);
  return { cells: flash.cells, readingsPerPage: reading / pages };
}

interface DeviceProgram {
  readonly program: string;
  readonly cells: Uint8Array;
  /** Run from flash, as on a board: that spares RAM, and costs time that only the Linux build needs. */
  readonly fromFlash: boolean;
}

/** Run a program to its line "@end" and take the numbers that it prints. */
async function runOnDevice({ program, cells, fromFlash }: DeviceProgram): Promise<Map<string, number>> {
  const interpreter = interpreterPath();
  const folder = mkdtempSync(join(tmpdir(), 'coldrail-append-'));
  const figures = new Map<string, number>();
  try {
    writeLinuxFlash(folder, [{ name: '.bootcde', content: program }], cells);
    writeFileSync(join(folder, 'program.js'), program);
    const run: LinuxProcess = new LinuxProcess({
      interpreter,
      folder,
      ...(fromFlash ? {} : { script: 'program.js' }),
      onLine: (line) => {
        const [what = '', figure] = line.split(' ');
        if (what === 'end') run.kill();
        else figures.set(what, Number(figure));
      },
    });
    await run.gone;
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A program of device/ as one text. */
export function bundleMeasurement(name: 'append' | 'memory'): Promise<string> {
  return bundleDevice(fileURLToPath(new URL(`device/${name}.ts`, import.meta.url)));
}

/** Throws `espruino.not-set` where there is no interpreter. */
export async function appendFigures(): Promise<AppendFigures> {
  const { cells, readingsPerPage } = fullRing();
  const program = await bundleMeasurement('append');
  const best = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round++) {
    const figures = await runOnDevice({ program, cells, fromFlash: false });
    for (const [what, us] of figures) best.set(what, Math.min(us, best.get(what) ?? us));
  }
  const figure = (what: string): number => best.get(what) ?? Number.NaN;
  return {
    store: figure('store'),
    mount: figure('mount'),
    wake: figure('wake'),
    append: figure('append'),
    seal: figure('seal'),
    thinning: figure('thinning'),
    block: figure('block'),
    page: figure('page'),
    sealBytesPerReading: (SEAL_SIZE + 1) / readingsPerPage,
  };
}

/** Throws `espruino.not-set` where there is no interpreter. */
export async function journalMemory(): Promise<JournalMemory> {
  const { cells } = fullRing();
  const nothing = "print('@bare '+process.memory().usage);print('@end')";
  const bare = (await runOnDevice({ program: nothing, cells, fromFlash: true })).get('bare') ?? Number.NaN;
  const figures = await runOnDevice({ program: await bundleMeasurement('memory'), cells, fromFlash: true });
  const own = (what: string): number => (figures.get(what) ?? Number.NaN) - bare;
  return {
    mounted: own('mounted'),
    afterAppends: own('appended'),
    mountPeak: own('mounting'),
    appendPeak: own('appending'),
  };
}
