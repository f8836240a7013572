import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { ColdrailError } from '../errors/error.ts';
import { flatten } from './flatten.ts';
import { forget } from './forget.ts';
import { inlineConstants } from './inline-constants.ts';
import { platformNames } from './platform-names.ts';
import { type Part, split } from './split.ts';
import { unroll } from './unroll.ts';

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
 * What goes into parts (split.ts), in the order of a wake. Each is a step of it, or what a step calls seldom: a part is
 * read through whenever it is made, so what a loop calls stays in the program, or in the part of that loop.
 */
const PARTS: readonly Part[] = [
  // The start.
  { roots: ['bootFailures', 'bootBegan', 'bootSucceeded'], isKept: false },
  { roots: ['loadConfig'], isKept: false },
  { roots: ['eachKey'], isKept: false },
  { roots: ['loadCa'], isKept: false },
  { roots: ['introduce', 'intervalNow', 'samplingOf', 'takeIn'], isKept: false },
  // The journal: what a boot makes of flash, what is read back, and what a new page takes.
  { roots: ['probePages'], isKept: false },
  { roots: ['findHead', 'seqBehindHidden'], isKept: false },
  { roots: ['walkBlock', 'lookBack'], isKept: false },
  { roots: ['readHeader'], isKept: false },
  { roots: ['readPageTable'], isKept: false },
  { roots: ['foreignPages', 'uplinkAfterPowerOn'], isKept: false },
  {
    roots: ['countSession', 'takeAlarm', 'takeConditions', 'takeFix', 'takeNoFix'],
    isKept: false,
    isCopied: true,
  },
  { roots: ['putRow', 'basesFor'], isKept: false },
  { roots: ['putHeader', 'beginChecks'], isKept: false },
  { roots: ['keepReadings'], isKept: false },
  { roots: ['sealOf'], isKept: false },
  // A reading, and when the next thing is due.
  { roots: ['whatIsDue', 'untilNextReadingS'], isKept: false },
  { roots: ['segmentS'], isKept: false },
  { roots: ['senseAndAppend'], isKept: false },
  { roots: ['fittings'], isKept: false },
  { roots: ['judgeReadings'], isKept: false },
  // A position.
  { roots: ['locateAndAppend'], isKept: false },
  { roots: ['search', 'fixInCgnsinf', 'fixInCgnssinfo', 'fixInQgpsloc'], isKept: false },
  { roots: ['parseUtc'], isKept: false },
  // A session, from before it to behind it.
  { roots: ['decide', 'conclude'], isKept: false },
  { roots: ['ascend'], isKept: false },
  { roots: ['begin', 'recover'], isKept: false },
  { roots: ['bringUp', 'startOver'], isKept: false },
  { roots: ['register'], isKept: false },
  { roots: ['dial', 'connect'], isKept: false },
  { roots: ['runSteps'], isKept: false },
  { roots: ['standard'], isKept: false },
  { roots: ['simcom'], isKept: false },
  { roots: ['script'], isKept: false },
  { roots: ['converse'], isKept: false },
  { roots: ['goodbye', 'cutByKey'], isKept: false },
  // The console: its frame as long as somebody is there, and each command while it runs.
  { roots: ['openConsole'], isKept: false, isInner: true },
  { roots: ['attend'], isKept: false },
  { roots: ['formOf'], isKept: false, isInner: true },
  { roots: ['completions'], isKept: false, isInner: true },
  { roots: ['wordsOf'], isKept: false, isInner: true },
  { roots: ['runCommand'], isKept: false, isInner: true },
  { roots: ['wrongPins'], isKept: false, isInner: true },
  { roots: ['helpCommand'], isKept: false, isInner: true },
  { roots: ['statusCommand'], isKept: false, isInner: true },
  { roots: ['sensorsCommand'], isKept: false, isInner: true },
  { roots: ['gnssCommand'], isKept: false, isInner: true },
  { roots: ['connectCommand'], isKept: false, isInner: true },
  { roots: ['measureProbes'], isKept: false, isInner: true },
  { roots: ['recordChange', 'recordGeneration', 'recordTrip', 'recordTest'], isKept: false, isInner: true },
  { roots: ['proofOf'], isKept: false, isInner: true },
  { roots: ['testSession'], isKept: false, isInner: true },
  { roots: ['finishTest'], isKept: false, isInner: true },
  { roots: ['tellStep', 'tellVoltage', 'verdictName'], isKept: false, isInner: true },
  { roots: ['overlay', 'problemsOf'], isKept: false, isInner: true },
  { roots: ['completed'], isKept: false, isInner: true },
  { roots: ['selfTest'], isKept: false, isInner: true },
  { roots: ['showConfig', 'configCommand', 'tripCommand'], isKept: false, isInner: true },
  { roots: ['saveValues'], isKept: false, isInner: true },
  { roots: ['journalCommand'], isKept: false, isInner: true },
  { roots: ['tailCommand'], isKept: false, isInner: true },
  { roots: ['pinCommand'], isKept: false, isInner: true },
  { roots: ['leaveCommand'], isKept: false, isInner: true },
  // What a position and a session need from their beginning to their end.
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
    // A word of the language to Espruino, also where it names a method.
    mangleCache: { of: false },
    reserveProps: new RegExp(`^(${[...platformNames()].map((name) => name.replace('$', '\\$')).join('|')})$`),
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
  }).catch((error: Error) => {
    throw new ColdrailError('build.failed', { detail: error.message.split('\n').slice(0, 4).join(' ') });
  });
  const [output] = bundled.outputFiles;
  if (!output) throw new ColdrailError('build.failed', { detail: 'esbuild wrote nothing' });
  const { code } = await transform(forget(split(unroll(inlineConstants(output.text)), PARTS)), {
    ...ENGINE,
    minify: true,
  });
  return flatten(code);
}
