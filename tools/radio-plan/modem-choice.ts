import { ColdrailError } from '../errors/error.ts';
import { type BoardHardware, boardHardware } from '../sim/board-hardware.ts';
import type { FamilyName } from '../sim/chips/modem/family.ts';
import type { RadioTechnology } from '../sim/chips/radio.ts';
import { technologiesOf } from '../sim/currents.ts';
import { TECHNOLOGIES } from './technology.ts';

const DEFAULT_BOARD = 't-sim7080g-s3';

export interface ModemChoice {
  readonly board: string;
  readonly family: FamilyName;
  readonly technologies: readonly RadioTechnology[];
}

function boardNamed(name: string): BoardHardware {
  const board = Object.hasOwn(boardHardware, name) ? boardHardware[name] : undefined;
  if (board) return board;
  throw new ColdrailError('build.unknown-board', {
    board: name,
    boards: Object.keys(boardHardware).join(', '),
  });
}

function namedTechnologies(text: string): RadioTechnology[] {
  const names = text.split(',').map((name) => {
    const found = TECHNOLOGIES.find((one) => one.toLowerCase() === name.trim().toLowerCase());
    if (found) return found;
    throw new ColdrailError('radio-plan.technology', { text: name.trim(), known: TECHNOLOGIES.join(', ') });
  });
  return [...new Set(names)];
}

/**
 * A board by name, or the first that has the named technologies; with both, that board with no more than these. Throws
 * `build.unknown-board`, `radio-plan.technology` or `radio-plan.no-board`.
 */
export function chooseModem(board: string | undefined, technologies: string | undefined): ModemChoice {
  if (technologies === undefined) {
    const { name, modem } = boardNamed(board ?? DEFAULT_BOARD);
    return { board: name, family: modem, technologies: technologiesOf(modem) };
  }
  const wanted = namedTechnologies(technologies);
  const names = board === undefined ? [DEFAULT_BOARD, ...Object.keys(boardHardware)] : [board];
  const found = names
    .map(boardNamed)
    .find(({ modem }) => wanted.every((one) => technologiesOf(modem).includes(one)));
  if (!found)
    throw new ColdrailError('radio-plan.no-board', {
      technologies: wanted.join(' and '),
      boards: Object.values(boardHardware)
        .map(({ name, modem }) => `${name}: ${technologiesOf(modem).join(', ')}`)
        .join('; '),
    });
  return { board: found.name, family: found.modem, technologies: wanted };
}
