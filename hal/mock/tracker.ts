import type { Crypto } from '../crypto.ts';
import { RETURN, SUPPLY } from '../probe.ts';
import type { Tracker } from '../tracker.ts';
import { type MockBattery, mockBattery } from './battery.ts';
import { type MockClock, mockClock } from './clock.ts';
import { type MockConsole, mockConsole } from './console.ts';
import { mockCrypto } from './crypto.ts';
import { type MockDoor, mockDoor } from './door.ts';
import { type MockFlash, mockFlash } from './flash.ts';
import { type MockGnss, mockGnss } from './gnss.ts';
import { type MockLink, mockLink } from './link.ts';
import { type MockPower, mockPower } from './power.ts';
import { type MockReeferSocket, mockReeferSocket } from './reefer-socket.ts';
import { type MockThermoHygrometer, mockThermoHygrometer } from './thermo-hygrometer.ts';
import { type MockWatchdog, mockWatchdog } from './watchdog.ts';

/** A whole tracker of mocks on one clock. Sleep drops all alarms, as it does on a board; flash stays. */
export interface MockTracker extends Tracker {
  readonly clock: MockClock;
  readonly power: MockPower;
  readonly journal: MockFlash;
  readonly configuration: MockFlash;
  /** The two probes that are there. */
  readonly supplyAir: MockThermoHygrometer;
  readonly returnAir: MockThermoHygrometer;
  readonly door: MockDoor;
  readonly reefer: MockReeferSocket;
  readonly gnss: MockGnss;
  readonly link: MockLink;
  readonly battery: MockBattery;
  readonly console: MockConsole;
  readonly watchdog: MockWatchdog;
  readonly crypto: Crypto;
}

const PAGE = 4096;
/** Of firmware/boot-guard.ts and firmware/console/pin.ts, at the ends of the two pages. */
const STRIP_SIZE = 32;

/** A tracker as it boots. Pass the flash of an earlier one to boot it again. */
export function mockTracker(
  flash: Partial<Pick<MockTracker, 'journal' | 'configuration'>> = {},
): MockTracker {
  const clock = mockClock();
  const supplyAir = mockThermoHygrometer(clock);
  const returnAir = mockThermoHygrometer(clock);
  const door = mockDoor();
  const reefer = mockReeferSocket();
  const configuration = flash.configuration ?? mockFlash(2, PAGE);
  configuration.again = [PAGE, 2 * PAGE].map((to) => ({ from: to - STRIP_SIZE, to }));
  return {
    clock,
    power: mockPower(() => clock.dropAlarms()),
    journal: flash.journal ?? mockFlash(14, PAGE),
    configuration,
    supplyAir,
    returnAir,
    door,
    reefer,
    fittings: () => ({
      probes: [
        { place: SUPPLY, measuresHumidity: true, sensor: supplyAir },
        { place: RETURN, measuresHumidity: false, sensor: returnAir },
      ],
      door,
      reefer,
    }),
    gnss: mockGnss(clock),
    link: mockLink(clock),
    forgetRadio: () => {},
    battery: mockBattery(),
    console: mockConsole(),
    watchdog: mockWatchdog(clock),
    crypto: mockCrypto,
  };
}
