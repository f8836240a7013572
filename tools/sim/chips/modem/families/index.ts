import type { Family, FamilyName } from '../family.ts';
import { a7670 } from './a7670/family.ts';
import { bg9x } from './bg9x/family.ts';
import { sim7000 } from './sim7000/family.ts';
import { sim7080 } from './sim7080/family.ts';

export type { Family, FamilyName } from '../family.ts';

export const families: Record<FamilyName, Family> = { sim7080, sim7000, a7670, bg9x };
