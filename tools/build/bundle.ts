import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { ColdrailError } from '../errors/error.ts';
import { inlineConstants } from './inline-constants.ts';
import { platformNames } from './platform-names.ts';
import { sink } from './sink.ts';
import { type Part, split } from './split.ts';

const ROOT = new URL('../../', import.meta.url);

/** Syntax that Espruino lacks and esbuild can refuse by itself; tools/check finds the rest in the output. */
const MISSING_SYNTAX = {
  'array-spread': false,
  'rest-argument': false,
  'default-argument': false,
  destructuring: false,
  generator: false,
  'new-target': false,
  bigint: false,
};

/** Names of the boards that there are, for messages and help. */
export function boardNames(): string[] {
  return readdirSync(new URL('boards', ROOT))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => name.slice(0, -3));
}

/** The bundle that is flashed, simulated, and run on the real interpreter: one text for each board. */
export async function bundleBoard(board: string): Promise<string> {
  const entry = fileURLToPath(new URL(`boards/${board}.ts`, ROOT));
  if (!boardNames().includes(board) || !existsSync(entry))
    throw new ColdrailError('build.unknown-board', { board, boards: boardNames().join(', ') });
  return bundleDevice(entry);
}

/**
 * What a wake does once, or what most wakes do not do at all: what only these functions need takes memory while they run,
 * or while something refers to what they have made. What is needed by another of them comes before it.
 */
const BRIEF = ['loadConfig', 'keepReadings', 'sealOf'];

/** What most wakes never do, and what none does all the time. */
const PARTS: readonly Part[] = [
  // Reading the journal: at the boot, for the judgement, in a session.
  {
    roots: ['findHead', 'seqBehindHidden', 'walkBlock', 'lookBack', 'readHeader', 'probePages', 'readPageTable'],
    isKept: false,
  },
  { roots: ['bootFailures', 'bootBegan', 'bootSucceeded'], isKept: false },
  { roots: ['judgeReadings'], isKept: false },
  { roots: ['fittings'], isKept: false },
  { roots: ['takeIn', 'introduce', 'samplingOf', 'intervalNow'], isKept: false },
  { roots: ['locateAndAppend'], isKept: false },
  { roots: ['ascend'], isKept: false },
  { roots: ['converse'], isKept: false },
  { roots: ['makeDrivers', 'sim7080', 'sim7000', 'a7670', 'bg9x', 'reportIfDue'], isKept: true },
];

const ENGINE = {
  target: 'es2015',
  charset: 'ascii',
  legalComments: 'none',
  logLevel: 'silent',
  supported: MISSING_SYNTAX,
} as const;

/**
 * Bundle any device entry with the settings that Espruino needs: all modules in one scope, the constants' names out of
 * it, then minified. Properties get short names as well: beyond four characters a name takes a JsVar more wherever it
 * stands, and it is compared at every use.
 */
export async function bundleDevice(entry: string): Promise<string> {
  const bundled = await build({
    ...ENGINE,
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'neutral',
    mangleProps: /^/,
    reserveProps: new RegExp(`^(${[...platformNames()].map((name) => name.replace('$', '\\$')).join('|')})$`),
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
  }).catch((error: Error) => {
    throw new ColdrailError('build.failed', { detail: error.message.split('\n').slice(0, 4).join(' ') });
  });
  const [output] = bundled.outputFiles;
  if (!output) throw new ColdrailError('build.failed', { detail: 'esbuild wrote nothing' });
  const { code } = await transform(split(sink(inlineConstants(output.text), BRIEF), PARTS), {
    ...ENGINE,
    minify: true,
  });
  return code;
}
