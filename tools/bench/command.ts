import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { boardNames, bundleBoard } from '../build/bundle.ts';
import { traceOnEspruino } from '../lockstep/lockstep.ts';
import { ride } from '../ride/ride.ts';
import { appendRows } from './append-rows.ts';
import { largestFlush } from './backlog.ts';
import { collectorSpeed } from './collector.ts';
import { encodeCommand } from './encode/command.ts';
import { flashFigures } from './flash.ts';

/** What was measured, against the budget in the design and what others need. */
interface Line {
  readonly what: string;
  readonly measured: string;
  readonly budget: string;
}

async function journey(): Promise<Line[]> {
  const out = mkdtempSync(join(tmpdir(), 'coldrail-bench-'));
  try {
    const start = process.hrtime.bigint();
    const { summary, deliveries, readingSeqs } = await ride(
      {
        scenario: 'hanoi-duisburg',
        board: 't-sim7080g-s3',
        seed: 1,
        intervalS: 600,
        climateColumns: {},
        out,
        powerCutAtHours: [],
      },
      () => {},
    );
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    const flush = largestFlush(deliveries, readingSeqs);
    return [
      {
        what: `simulated ride of ${summary.days} days, report included`,
        measured: `${seconds.toFixed(1)} s`,
        budget: '5 s',
      },
      {
        what: 'flash, all-in, a reading of T, RH and a second T, with hourly fixes',
        measured: `${summary.flash.bytesPerReading} B`,
        budget: '4.2 B without fixes',
      },
      {
        what: `on air, backlog of ${flush.readings} readings in one session, all protocol`,
        measured: `${(flush.bytes / Math.max(1, flush.readings)).toFixed(1)} B a reading`,
        budget: '8 B',
      },
      {
        what: 'on air, the whole ride with its 4-hourly sessions',
        measured: `${summary.bytesPerReadingOnAir} B a reading`,
        budget: '-',
      },
      {
        what: 'energy, modelled, 10-min readings, hourly fix, 4-hourly uplink',
        measured: `${(summary.modelledMilliampHours / summary.days).toFixed(1)} mAh a day`,
        budget: '15 mAh a day',
      },
    ];
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function flash(): Line[] {
  const { bytesPerReading, bytesPerProbe, days, bootReads, bootBytes } = flashFigures();
  return [
    {
      what: 'flash, all-in, a reading of T and RH, seeded walk',
      measured: `${bytesPerReading.toFixed(2)} B`,
      budget: '3.0 B',
    },
    {
      what: 'flash, each further probe',
      measured: `${bytesPerProbe.toFixed(2)} B`,
      budget: '1.2 B',
    },
    {
      what: '64 KiB holds, 5-min readings and a fix every 30 min',
      measured: `${days.toFixed(1)} days`,
      budget: '45 days',
    },
    {
      what: 'boot scan of that, reads of flash',
      measured: `${bootReads} (${bootBytes} B)`,
      budget: '16 headers and a page (4784 B)',
    },
  ];
}

async function bundles(): Promise<Line[]> {
  const lines: Line[] = [];
  for (const board of boardNames())
    lines.push({
      what: `bundle for ${board}`,
      measured: `${(await bundleBoard(board)).length} B`,
      budget: '65536 B',
    });
  return lines;
}

async function collector(): Promise<Line> {
  const { store, bulk } = await collectorSpeed();
  return {
    what: "collector, a commit per message, against the database's bulk load",
    measured: `${((store / bulk) * 100).toFixed(0)} % (${Math.round(store)} against ${Math.round(bulk)} rows/s)`,
    budget: '50 %',
  };
}

async function interpreter(): Promise<Line> {
  const what = 'JsVars of the bundle on the interpreter, steady / peak';
  const budget = '2000 / 3000';
  if (!process.env['ESPRUINO']) return { what, measured: 'ESPRUINO is not set', budget };
  const options = { board: 't-sim7080g-s3', scenario: 'hanoi-duisburg', seed: 1, hours: 5, intervalS: 600 };
  const { memory } = await traceOnEspruino(options, () => {});
  return { what, measured: `${memory?.steady} / ${memory?.peak}`, budget };
}

export function benchCommand(print: (text: string) => void): Command {
  return new Command('bench')
    .description('measure sizes, bytes, charge and speed against the budgets')
    .addCommand(encodeCommand(print))
    .action(async () => {
      const lines = [
        ...(await bundles()),
        ...flash(),
        ...(await journey()),
        await collector(),
        await interpreter(),
        ...(await appendRows()),
      ];
      const width = Math.max(...lines.map(({ what }) => what.length)) + 2;
      const column = Math.max(...lines.map(({ measured }) => measured.length)) + 2;
      print(`${''.padEnd(width)}${'measured'.padEnd(column)}budget`);
      for (const { what, measured, budget } of lines)
        print(`${what.padEnd(width)}${measured.padEnd(column)}${budget}`);
    });
}
