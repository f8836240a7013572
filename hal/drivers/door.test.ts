import { describe, expect, it } from 'vitest';
import { mockDigitalInput } from '../mock/digital-input.ts';
import { noDoor, reedDoor } from './door.ts';

const SHUT = false;
const AWAY = true;

describe('the door', () => {
  it('is open when the magnet is away from its contact', () => {
    expect(reedDoor(mockDigitalInput(AWAY), null).isOpen()).toBe(true);
    expect(reedDoor(mockDigitalInput(SHUT), null).isOpen()).toBe(false);
  });

  it.each([
    ['shut in the dark', SHUT, 0, false],
    ['open in the light', AWAY, 0.8, true],
    ['shut by a contact that is welded, or with a hole in the box: light', SHUT, 0.1, null],
    ['open by a broken wire, or at night: darkness', AWAY, 0.019, null],
    ['open at dusk, when the light tells nothing', AWAY, 0.02, true],
    ['shut, with a glimmer that tells nothing', SHUT, 0.099, false],
  ])('is %s', (_what, high, light, open) => {
    expect(reedDoor(mockDigitalInput(high), () => light).isOpen()).toBe(open);
  });

  it('is unknown on a board without sensors for it', () => {
    expect(noDoor.isOpen()).toBeNull();
  });
});
