/**
 * The language as Espruino on ESP32 has it, for the device type-check, which runs with `noLib`. What is not here does
 * not exist on the device (Array.prototype.flat, Math.trunc, Map, ...) or misbehaves there in silence and is left out
 * on purpose (String.prototype.split with a limit, JSON revivers, Number.prototype.toFixed(0)).
 * Only what the firmware uses is declared; add a line when you need one and have seen it run on the interpreter.
 */
/// <reference no-default-lib="true"/>
// biome-ignore-all lint/suspicious/noShadowRestrictedNames: this file is where those names come from
// biome-ignore-all lint/suspicious/noEmptyInterface: the compiler asks for them by name
// biome-ignore-all lint/complexity/noBannedTypes: the same

interface Object {
  hasOwnProperty(key: string): boolean;
}
interface Function {
  readonly length: number;
}
interface CallableFunction extends Function {}
interface NewableFunction extends Function {}
interface IArguments {
  readonly length: number;
}
interface Boolean {}
interface Symbol {}
interface RegExp {
  test(text: string): boolean;
}

interface Number {
  toString(radix?: number): string;
}

interface String {
  readonly length: number;
  charAt(index: number): string;
  charCodeAt(index: number): number;
  endsWith(part: string): boolean;
  indexOf(part: string, from?: number): number;
  lastIndexOf(part: string): number;
  padEnd(length: number, fill?: string): string;
  padStart(length: number, fill?: string): string;
  replace(part: string, by: string): string;
  split(separator: string): string[];
  startsWith(part: string): boolean;
  substr(from: number, length?: number): string;
  substring(from: number, to?: number): string;
  toLowerCase(): string;
  toUpperCase(): string;
  trim(): string;
  readonly [index: number]: string;
}
declare const String: {
  (value: unknown): string;
  fromCharCode: { apply(self: null, codes: readonly number[]): string; (...codes: number[]): string };
};

interface Iterable<T> {
  readonly __item?: T;
}
interface ReadonlyArray<T> {
  readonly length: number;
  readonly [index: number]: T;
  indexOf(item: T): number;
  join(separator: string): string;
  slice(from?: number, to?: number): T[];
  concat(more: readonly T[]): T[];
  map<U>(to: (item: T, index: number) => U): U[];
  forEach(run: (item: T, index: number) => void): void;
  every(holds: (item: T) => boolean): boolean;
}
interface Array<T> {
  readonly length: number;
  [index: number]: T;
  push(...items: T[]): number;
  shift(): T | undefined;
  pop(): T | undefined;
  indexOf(item: T): number;
  join(separator: string): string;
  slice(from?: number, to?: number): T[];
  splice(from: number, count?: number): T[];
  concat(more: readonly T[]): T[];
  map<U>(to: (item: T, index: number) => U): U[];
  forEach(run: (item: T, index: number) => void): void;
  every(holds: (item: T) => boolean): boolean;
}
interface TemplateStringsArray extends ReadonlyArray<string> {}

interface ArrayBuffer {
  readonly byteLength: number;
}
declare const ArrayBuffer: { new (length: number): ArrayBuffer };

/** No `slice`: on Espruino it gives a plain Array of about 14 bytes an element. Use a view on `buffer`. */
interface Uint8Array {
  readonly length: number;
  readonly byteOffset: number;
  readonly buffer: ArrayBuffer;
  [index: number]: number;
  fill(value: number, from?: number, to?: number): this;
  set(source: Uint8Array | readonly number[], offset?: number): void;
}
declare const Uint8Array: {
  new (length: number): Uint8Array;
  new (items: readonly number[] | Uint8Array): Uint8Array;
  new (buffer: ArrayBuffer, offset: number, length: number): Uint8Array;
};

/** Numbers of 16 and 32 bits; an array of more than 30 items would take 14 bytes for each. */
interface Uint16Array {
  readonly length: number;
  [index: number]: number;
}
declare const Uint16Array: { new (length: number): Uint16Array };
interface Uint32Array {
  readonly length: number;
  [index: number]: number;
}
declare const Uint32Array: { new (length: number): Uint32Array };

interface Error {
  readonly message: string;
  readonly stack?: string;
}
declare const Error: { new (message: string): Error };

declare const Math: {
  abs(x: number): number;
  ceil(x: number): number;
  exp(x: number): number;
  floor(x: number): number;
  log(x: number): number;
  max(a: number, b: number): number;
  min(a: number, b: number): number;
  round(x: number): number;
  sqrt(x: number): number;
};
declare const Object: { keys(object: object): string[] };
declare const JSON: { parse(text: string): unknown; stringify(value: unknown): string };
declare const isNaN: (value: number) => boolean;
declare function parseInt(text: string, radix: number): number;
declare function parseFloat(text: string): number;
declare const NaN: number;
declare const undefined: undefined;

type Partial<T> = { [K in keyof T]?: T[K] };
type Readonly<T> = { readonly [K in keyof T]: T[K] };
type Record<K extends string | number, T> = { [P in K]: T };

/** Milliseconds; keeps its place on the grid of earlier calls. Never call clearTimeout(undefined): it throws. */
declare function setTimeout(run: () => void, delayMs: number): number;
declare function clearTimeout(timer: number): void;
/** Through `global`, because a bundler would put something of its own in the place of a bare `require`. */
declare const global: {
  require(module: 'Flash'): EspruinoFlash;
  require(module: 'crypto'): EspruinoCrypto;
};
