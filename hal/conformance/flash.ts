import type { FlashRegion } from '../flash.ts';
import { firstOf, immediate, type Rule, unless } from './rule.ts';

/** 16 bytes that are not symmetric in any way, with a different first byte for each `start`. */
function sample(start: number): Uint8Array {
  const bytes = new Uint8Array(16);
  for (let i = 0; i < bytes.length; i++) bytes[i] = (start + i * 37) & 255;
  return bytes;
}

function same(got: Uint8Array, expected: Uint8Array): boolean {
  if (got.length !== expected.length) return false;
  for (let i = 0; i < got.length; i++) if (got[i] !== expected[i]) return false;
  return true;
}

function isErased(region: FlashRegion, page: number): boolean {
  for (let at = 0; at < region.pageSize; at += 64) {
    const bytes = region.read(page * region.pageSize + at, 64);
    for (let i = 0; i < bytes.length; i++) if (bytes[i] !== 255) return false;
  }
  return true;
}

/** The contract of hal/flash.ts. Uses up the first two pages and the last: nothing in the region survives. */
export function flashContract(region: FlashRegion): Rule[] {
  const page = region.pageSize;
  const size = region.pages * page;
  return [
    immediate('erases whole pages to FF', () => {
      region.erase(1);
      region.program(page, sample(1));
      region.program(2 * page - 16, sample(2));
      const failure = region.erase(1);
      return firstOf([
        unless(failure === null, `failed with ${failure}`),
        unless(isErased(region, 1), 'left bytes'),
      ]);
    }),
    immediate('leaves other pages alone when it erases', () => {
      region.erase(0);
      region.program(page - 16, sample(3));
      region.erase(1);
      return unless(same(region.read(page - 16, 16), sample(3)), 'the page in front changed');
    }),
    immediate('reads what it has programmed, at any offset and length', () => {
      region.erase(0);
      const bytes = new Uint8Array(sample(4).buffer, 3, 7);
      const failure = region.program(5, bytes);
      return firstOf([
        unless(failure === null, `failed with ${failure}`),
        unless(same(region.read(5, 7), bytes), 'other bytes came back'),
        unless(region.read(4, 1)[0] === 255 && region.read(12, 1)[0] === 255, 'a neighbour changed'),
      ]);
    }),
    immediate('tells what is erased from what is not, to the byte', () => {
      region.erase(0);
      region.program(100, sample(6));
      return firstOf([
        unless(region.isErased(0, 100) && region.isErased(116, 100), 'took erased bytes for others'),
        unless(!region.isErased(0, 101) && !region.isErased(115, 100), 'took a byte for an erased one'),
      ]);
    }),
    immediate('programs across a boundary of pages', () => {
      region.erase(0);
      region.erase(1);
      const failure = region.program(page - 8, sample(5));
      return unless(failure === null && same(region.read(page - 8, 16), sample(5)), 'other bytes came back');
    }),
    immediate('only ever clears bits, and says verify when that is not what was asked', () => {
      region.erase(0);
      region.program(0, new Uint8Array([0x0f, 0xff]));
      const failure = region.program(0, new Uint8Array([0x3c, 0xff]));
      const byte = region.read(0, 1)[0];
      return firstOf([
        unless(byte === 0x0c, `0F programmed with 3C reads ${byte}`),
        unless(failure === 'verify', `said ${failure}`),
      ]);
    }),
    immediate('gives copies when it reads', () => {
      region.erase(0);
      region.program(0, sample(6));
      const first = region.read(0, 16);
      first[0] = first[0] ^ 255;
      const second = region.read(0, 16);
      const unharmed = same(second, sample(6));
      region.erase(0);
      return firstOf([
        unless(unharmed, 'writing into what was read changed the flash'),
        unless(same(second, sample(6)), 'an erase changed what had been read'),
      ]);
    }),
    immediate('takes no bytes and no harm from an empty program or read', () => {
      region.erase(0);
      const failure = region.program(0, new Uint8Array(0));
      return firstOf([
        unless(failure === null, `failed with ${failure}`),
        unless(region.read(0, 0).length === 0, 'read something'),
        unless(isErased(region, 0), 'programmed something'),
      ]);
    }),
    immediate('has room up to its last byte', () => {
      region.erase(region.pages - 1);
      const failure = region.program(size - 16, sample(7));
      return unless(failure === null && same(region.read(size - 16, 16), sample(7)), 'other bytes came back');
    }),
    immediate('refuses with range what would leave the region, and does nothing', () => {
      region.erase(0);
      region.erase(region.pages - 1);
      const program = (offset: number): string | null =>
        unless(region.program(offset, sample(8)) === 'range', `programmed at ${offset}`);
      const erase = (number: number): string | null =>
        unless(region.erase(number) === 'range', `erased page ${number}`);
      return firstOf([
        program(-1),
        program(size - 15),
        program(size),
        erase(-1),
        erase(region.pages),
        unless(region.read(-1, 16).length === 0, 'read in front of the region'),
        unless(region.read(size - 15, 16).length === 0, 'read behind the region'),
        unless(isErased(region, 0) && isErased(region, region.pages - 1), 'something was programmed'),
      ]);
    }),
  ];
}
