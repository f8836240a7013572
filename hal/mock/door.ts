import type { Door } from '../door.ts';

export interface MockDoor extends Door {
  /** Null for a door of which nothing is known. */
  open: boolean | null;
}

export function mockDoor(open: boolean | null = null): MockDoor {
  const mock: MockDoor = { open, isOpen: () => mock.open };
  return mock;
}
