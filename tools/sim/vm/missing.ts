/**
 * What V8 has and Espruino on ESP32 does not (measured list: docs/espruino.md). It is taken out of the realm, so that a bundle which uses it fails in the simulator as it would on the board.
 */
const GLOBALS = [
  'Map',
  'Set',
  'WeakMap',
  'WeakSet',
  'WeakRef',
  'FinalizationRegistry',
  'Symbol',
  'Proxy',
  'Reflect',
  'Intl',
  'BigInt',
  'BigInt64Array',
  'BigUint64Array',
  'RangeError',
  'SharedArrayBuffer',
  'Atomics',
  'WebAssembly',
  'AggregateError',
  'Iterator',
  'console',
];

const MEMBERS: Record<string, string[]> = {
  Math: [
    'trunc',
    'imul',
    'log2',
    'log10',
    'log1p',
    'expm1',
    'hypot',
    'cbrt',
    'clz32',
    'fround',
    'sinh',
    'cosh',
    'tanh',
  ],
  Object: ['freeze', 'seal', 'is', 'hasOwn', 'preventExtensions', 'isFrozen', 'isSealed'],
  Number: [
    'isInteger',
    'isFinite',
    'isNaN',
    'isSafeInteger',
    'MAX_SAFE_INTEGER',
    'EPSILON',
    'parseFloat',
    'parseInt',
  ],
  Array: ['from', 'of'],
  Promise: ['race', 'any', 'allSettled'],
  Date: ['UTC'],
  'Array.prototype':
    'at flat flatMap lastIndexOf keys entries reduceRight findLast findLastIndex copyWithin with toSorted toReversed toSpliced'.split(
      ' ',
    ),
  'String.prototype': 'at codePointAt localeCompare matchAll search trimStart trimEnd normalize'.split(' '),
  'Number.prototype': ['toPrecision', 'toExponential'],
  'Promise.prototype': ['finally'],
  'ArrayBuffer.prototype': ['slice'],
};

/** Statements that take all of it out of the realm that they run in. */
export const removeMissing: string = [
  ...Object.entries(MEMBERS).flatMap(([owner, names]) => names.map((name) => `delete ${owner}.${name};`)),
  ...GLOBALS.map((name) => `delete globalThis.${name};`),
].join('\n');
