/** What the journal costs on the real interpreter, as rows of `coldrail bench`. */
import { type AppendFigures, appendFigures, journalMemory } from './append.ts';

export interface Row {
  readonly what: string;
  readonly measured: string;
  readonly budget: string;
}

const UNIT = 'against JSON.stringify + Storage append of a reading';
const WAKE_BUDGET = '10 x';

function rowsOf(figures: AppendFigures): Row[] {
  const times = (us: number): string => {
    const ratio = us / figures.store;
    const short = ratio < 10 ? ratio.toFixed(1) : ratio.toFixed(0);
    return `${short} x (${Math.round(us)} us)`;
  };
  const seal = `${times(figures.seal)}, ${figures.sealBytesPerReading.toFixed(3)} B a reading`;
  return [
    {
      what: `interpreter, the unit: JSON.stringify + Storage append`,
      measured: `${Math.round(figures.store)} us`,
      budget: '-',
    },
    {
      what: `interpreter, a wake's mount and append, ${UNIT}`,
      measured: times(figures.wake),
      budget: WAKE_BUDGET,
    },
    { what: '  mount alone, full ring and half-full block', measured: times(figures.mount), budget: '-' },
    { what: '  append of a reading of three channels', measured: times(figures.append), budget: '-' },
    { what: '  append that begins a block', measured: times(figures.block), budget: '-' },
    { what: '  append that begins a page', measured: times(figures.page), budget: '-' },
    { what: '  seal of a page', measured: seal, budget: '-' },
    {
      what: '  append that thins the next page, which nobody has acked',
      measured: times(figures.thinning),
      budget: '-',
    },
  ];
}

/** Rows that say so where ESPRUINO is not set. */
export async function appendRows(): Promise<Row[]> {
  const memory =
    'JsVars of the journal alone, mounted / after 1000 appends; peak in a mount / in a turn of the page';
  if (!process.env['ESPRUINO']) {
    const measured = 'ESPRUINO is not set';
    return [
      { what: `interpreter, a wake's mount and append, ${UNIT}`, measured, budget: WAKE_BUDGET },
      { what: memory, measured, budget: '-' },
    ];
  }
  const { mounted, afterAppends, mountPeak, appendPeak } = await journalMemory();
  return [
    ...rowsOf(await appendFigures()),
    { what: memory, measured: `${mounted} / ${afterAppends}; ${mountPeak} / ${appendPeak}`, budget: '-' },
  ];
}
