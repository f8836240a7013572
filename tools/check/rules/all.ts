import type { Rule } from '../rule.ts';
import { defaultParameter, destructuring, restParameter, spread } from './arguments.ts';
import { arrayLastIndexOf, assignLength, typedArraySlice } from './arrays.ts';
import { asyncFunction, forAwait, generator } from './async.ts';
import {
  cutShortMatch,
  errorDetails,
  jsonArguments,
  missingMethod,
  missingStatic,
  prototypeMethod,
  replaceCallback,
  splitLimit,
} from './builtins.ts';
import {
  classExpressionName,
  classExtends,
  classField,
  privateName,
  staticBlock,
  staticField,
  superCall,
} from './classes.ts';
import { hiddenBuiltIn, useBeforeDeclaration } from './declarations.ts';
import { clearUndefined, linuxOnly, missingGlobal } from './globals.ts';
import { deleteInForIn, loopHeadCapture, pushInIteration } from './loops.ts';
import { dynamicImport, importExport, missingModule } from './modules.ts';
import { computedKey, keywordMember, reservedVariable } from './names.ts';
import { fractionalTime, mathPow, toFixedZero, unseededRandom } from './numbers.ts';
import {
  bigint,
  exponent,
  logicalAssignment,
  newTarget,
  optionalChaining,
  taggedTemplate,
} from './operators.ts';
import { promiseExecutor } from './promises.ts';
import { regexFlags, regexSubset } from './regex.ts';
import { bareReturn, debuggerStatement, defaultNotLast, label, withStatement } from './statements.ts';
import { escapedName, nonAscii, size, wideEscape } from './text.ts';

/** Every rule of the device's language, those that stop a bundle from loading first. */
export const rules: readonly Rule[] = [
  ...[defaultParameter, restParameter, spread, destructuring],
  ...[asyncFunction, generator, forAwait, importExport, dynamicImport],
  ...[optionalChaining, exponent, logicalAssignment, bigint, newTarget, taggedTemplate],
  ...[label, defaultNotLast, bareReturn, withStatement, debuggerStatement],
  ...[computedKey, keywordMember, reservedVariable, escapedName],
  ...[classExtends, superCall, privateName, staticBlock, classField, staticField, classExpressionName],
  ...[useBeforeDeclaration, hiddenBuiltIn, loopHeadCapture, deleteInForIn, pushInIteration],
  ...[missingGlobal, missingModule, missingStatic, missingMethod, prototypeMethod, linuxOnly, clearUndefined],
  ...[
    assignLength,
    typedArraySlice,
    arrayLastIndexOf,
    errorDetails,
    jsonArguments,
    splitLimit,
    replaceCallback,
    cutShortMatch,
  ],
  ...[regexSubset, regexFlags, promiseExecutor],
  ...[toFixedZero, mathPow, fractionalTime, unseededRandom],
  ...[nonAscii, wideEscape, size],
];
