import type { Journal } from '../journal/journal.ts';
import { lookBack } from '../journal/look-back.ts';
import type { RadioHistory } from './history.ts';

/** A RADIO stands behind each session, and sessions are hours apart: what is further back says nothing about now. */
const MOST_BLOCKS = 32;

/** What the network policy remembers: the last RADIO of the journal, or a blank one where it is too far back. */
export function recall(journal: Journal): RadioHistory {
  let items: readonly (number | null)[] | null = null;
  lookBack(journal, MOST_BLOCKS, (block) => {
    items = block.radio;
    return items !== null;
  });
  return historyOf(items, journal.state.failures);
}

/** The history that the items of a RADIO tell, the kind first. The step is the journal's, which knows what came behind. */
function historyOf(items: readonly (number | null)[] | null, step: number): RadioHistory {
  const at = (index: number): number => (items === null ? 0 : items[index] || 0);
  const orNull = (index: number): number | null => {
    const item = items === null ? null : items[index];
    return item === undefined ? null : item;
  };
  return {
    step,
    technology: at(2),
    network: at(3),
    rssiDbm: at(4),
    sim: at(5),
    dayH: at(6),
    searchedS: at(7),
    sentKb: at(8),
    latE2: orNull(9),
    lonE2: orNull(10),
    barredH: orNull(11),
    rung: at(12),
    pinRefused: at(13),
  };
}

/** The items of a RADIO behind its kind. */
export function itemsOf(history: RadioHistory): (number | null)[] {
  return [
    history.step,
    history.technology,
    history.network,
    history.rssiDbm,
    history.sim,
    history.dayH,
    history.searchedS,
    history.sentKb,
    history.latE2,
    history.lonE2,
    history.barredH,
    history.rung,
    history.pinRefused,
  ];
}
