import { ColdrailError } from '../errors/error.ts';
import type { FamilyName } from './chips/modem/families/index.ts';

/** What feeds the modem: the board's power management chip, a pin that switches a regulator, or the battery itself. */
export type ModemSupply = 'pmu' | 'battery' | { readonly pin: number };

/** What a board's file says about its wiring, seen from the chips' side. */
export interface BoardHardware {
  readonly name: string;
  readonly flash: { readonly base: number; readonly size: number; readonly pageSize: number };
  readonly modem: FamilyName;
  readonly pwrkeyPin: number;
  readonly supply: ModemSupply;
  /** The battery at an ADC pin, behind two equal resistors. Without one the power management chip measures it. */
  readonly batteryPin: number | undefined;
  readonly i2c: { readonly sdaPin: number; readonly sclPin: number };
  /** A DS18B20 in the ambient air on its own wire; absent: none. */
  readonly ambientPin?: number;
  /** A reed contact at the doors, and the reefer's socket behind opto-couplers; absent: none. */
  readonly inputs?: {
    readonly door: number;
    readonly compressor: number;
    readonly defrost: number;
    readonly inRange: number;
  };
}

/** Where the raw region starts that the configuration and the journal share, and its length. */
export const RAW_REGION_SIZE = 0x10000;

const stockFlash = { base: 0x310000, size: RAW_REGION_SIZE, pageSize: 4096 };

export const boardHardware: Record<string, BoardHardware> = {
  't-sim7080g-s3': {
    name: 't-sim7080g-s3',
    flash: stockFlash,
    modem: 'sim7080',
    pwrkeyPin: 41,
    supply: 'pmu',
    batteryPin: undefined,
    i2c: { sdaPin: 15, sclPin: 7 },
    ambientPin: 16,
    inputs: { door: 17, compressor: 8, defrost: 18, inRange: 21 },
  },
  't-sim7000g': {
    name: 't-sim7000g',
    flash: stockFlash,
    modem: 'sim7000',
    pwrkeyPin: 4,
    supply: 'battery',
    batteryPin: 35,
    i2c: { sdaPin: 21, sclPin: 22 },
  },
  't-sim7000g-s3': {
    name: 't-sim7000g-s3',
    flash: stockFlash,
    modem: 'sim7000',
    pwrkeyPin: 46,
    supply: 'battery',
    batteryPin: 8,
    i2c: { sdaPin: 3, sclPin: 2 },
  },
  't-a7670': {
    name: 't-a7670',
    flash: stockFlash,
    modem: 'a7670',
    pwrkeyPin: 4,
    supply: { pin: 12 },
    batteryPin: 35,
    i2c: { sdaPin: 21, sclPin: 22 },
  },
  'espruino-linux': {
    name: 'espruino-linux',
    flash: { base: 0x10030000, size: RAW_REGION_SIZE, pageSize: 1024 },
    modem: 'sim7080',
    pwrkeyPin: 31,
    supply: 'pmu',
    batteryPin: undefined,
    i2c: { sdaPin: 15, sclPin: 7 },
    ambientPin: 16,
    inputs: { door: 17, compressor: 8, defrost: 18, inRange: 21 },
  },
};

/** Throws `sim.board-undescribed` where there is no virtual board of that name. */
export function findBoardHardware(name: string): BoardHardware {
  const board = Object.hasOwn(boardHardware, name) ? boardHardware[name] : undefined;
  if (!board) throw new ColdrailError('sim.board-undescribed', { board: name });
  return board;
}
