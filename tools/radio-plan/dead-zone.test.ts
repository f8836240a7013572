import { expect, test } from 'vitest';
import { BLANK_HISTORY } from '../../firmware/radio/history.ts';
import { OK } from '../../hal/faults.ts';
import { GSM } from '../../hal/link.ts';
import type { FamilyName } from '../sim/chips/modem/family.ts';
import { technologiesOf } from '../sim/currents.ts';
import { deadZone } from './dead-zone.ts';
import { radioRide } from './radio-ride.ts';

const zone = (family: FamilyName, changes: object = {}) =>
  deadZone({
    days: 6,
    family,
    technologies: technologiesOf(family),
    intervalS: 600,
    uplinkIntervalS: 14_400,
    ...changes,
  });

test.each(['sim7080', 'sim7000', 'a7670', 'bg9x'] as const)(
  'six days without network cost a %s at least six times less than a try of three minutes every hour',
  (family) => {
    const { policy, hourly } = zone(family);
    expect(hourly.searchedS).toBe(6 * 24 * 180);
    expect(hourly.milliampHours / policy.milliampHours).toBeGreaterThanOrEqual(6);
    expect(policy.tries).toBeGreaterThan(20);
  },
);

test('the saving does not come from a certain interval of readings or sessions', () => {
  for (const intervalS of [60, 300, 3600])
    for (const uplinkIntervalS of [900, 14_400, 86_400]) {
      const { policy, hourly } = zone('sim7080', { intervalS, uplinkIntervalS });
      expect(hourly.searchedS / policy.searchedS).toBeGreaterThanOrEqual(6);
    }
});

test('a network that comes back after hours or days is found at the third try, the known one at the second', () => {
  const technologies = technologiesOf('sim7000');
  for (const there of technologies)
    for (const hour of [1, 5, 20, 50, 90, 143]) {
      const cell = { mcc: '401', mnc: '01', roaming: true, rssiDbm: -90, tac: 1, cellId: 1 };
      const { sessions } = radioRide(
        {
          cell: (technology, atS) => (technology === there && atS >= hour * 3600 ? cell : undefined),
          joined: () => {},
          position: () => undefined,
        },
        {
          seconds: 12 * 86_400,
          intervalS: 600,
          fixIntervalS: 3600,
          uplinkIntervalS: 14_400,
          technologies,
          history: { ...BLANK_HISTORY, technology: GSM, network: 40101 },
        },
      );
      const foundS = sessions.find(({ fault }) => fault === OK)?.atS ?? Number.NaN;
      const tries = there === 'GSM' ? 2 : 3;
      expect(foundS / 3600 - hour, `${there} back at hour ${hour}`).toBeLessThanOrEqual(6 * tries);
    }
});
