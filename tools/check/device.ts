/**
 * What the official ESP32 build of Espruino has (2v29 and later). Source: the build's own symbol tables.
 * The ESP32-S3 and C3 builds have the same language; pins go up to D48 on the S3.
 */

const words = (text: string): string[] => text.trim().split(/\s+/);

/** Globals that a bundle may use without declaring them. */
export const globals: ReadonlySet<string> = new Set([
  ...words(`
    undefined NaN Infinity HIGH LOW arguments eval isFinite isNaN parseFloat parseInt
    decodeURIComponent encodeURIComponent atob btoa global globalThis require Modules process console
    print trace dump echo edit load save reset getTime setTime getSerial
    setTimeout clearTimeout setInterval clearInterval changeInterval setWatch clearWatch
    digitalRead digitalWrite digitalPulse analogRead analogWrite pinMode getPinMode shiftOut
    peek8 peek16 peek32 poke8 poke16 poke32 setBusyIndicator setSleepIndicator
    Object Function Array Boolean Number String Date Math JSON RegExp Promise
    Error TypeError SyntaxError ReferenceError InternalError
    ArrayBuffer ArrayBufferView DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array
    Uint24Array Int32Array Uint32Array Float32Array Float64Array
    E ESP32 NRF Pin Serial Serial1 Serial2 Serial3 LoopbackA LoopbackB Telnet Bluetooth
    I2C I2C1 I2C2 SPI SPI1 SPI2 OneWire Waveform Graphics StorageFile File url
  `),
  ...Array.from({ length: 49 }, (_, pin) => `D${pin}`),
]);

/** Modules that `require` finds without a file. The IDF4 builds lack crypto and tls. */
export const modules: ReadonlySet<string> = new Set(
  words('Flash Storage crypto heatshrink NetworkJS net http tls dgram fs Wifi TelnetServer neopixel timer'),
);

const inherited = words('prototype call apply bind constructor toString valueOf hasOwnProperty');
const emitter = words('on emit addListener prependListener removeListener removeAllListeners');
const only = (names: string): ReadonlySet<string> => new Set([...words(names), ...inherited]);

/** Everything that stands on one of these globals. */
export const statics: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['Array', only('isArray')],
  ['ArrayBuffer', only('')],
  ['Date', only('now parse')],
  ['Error', only('')],
  ['JSON', only('parse stringify')],
  ['Number', only('MAX_VALUE MIN_VALUE NEGATIVE_INFINITY NaN POSITIVE_INFINITY')],
  ['Promise', only('all reject resolve')],
  ['RegExp', only('')],
  ['String', only('fromCharCode')],
  ['Uint8Array', only('')],
  [
    'Object',
    only(`assign create defineProperties defineProperty entries fromEntries getOwnPropertyDescriptor
      getOwnPropertyDescriptors getOwnPropertyNames getPrototypeOf keys setPrototypeOf values`),
  ],
  [
    'Math',
    only(`E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2 abs acos asin atan atan2 ceil clip cos exp floor log max min
      pow randInt random round sign sin sqrt tan wrap`),
  ],
  ['console', only('debug error info log trace warn')],
  ['process', only(`env memory version ${emitter.join(' ')}`)],
  [
    'ESP32',
    only(`deepSleep deepSleepExt0 deepSleepExt1 enableBLE enableWifi getState getWakeupCause getWakeupPin lightSleep
      reboot setAtten setBLE_Debug setOTAValid`),
  ],
  [
    'E',
    only(`CRC32 FFT HSBtoRGB asUTF8 asm clip compiledC connectSDCard convolve decodeUTF8 defrag dumpFragmentation
      dumpStr dumpVariables enableWatchdog fromUTF8 getAddressOf getAnalogVRef getClock getConsole getErrorFlags
      getFlags getPowerUsage getSizeOf getTemperature hwRand isUTF8 kickWatchdog lockConsole lookupNoCase mapInPlace
      memoryArea memoryMap nativeCall openFile pipe reboot reverseByte setBootCode setClock setConsole setDST setFlags
      setPassword setTimeZone srand stopEventPropagation sum toArrayBuffer toFlatString toJS toString toUint8Array
      unmountSD variance ${emitter.join(' ')}`),
  ],
]);

/** Methods that Node's built-in objects have and no object of the device has, with what to write instead. */
export const missingMethods: ReadonlyMap<string, string> = new Map([
  ['at', 'index from `length`'],
  ['codePointAt', 'charCodeAt'],
  ['copyWithin', 'set with a subarray'],
  ['entries', 'a loop with an index'],
  ['finally', 'the same call in both then and catch'],
  ['findLast', 'a loop from the end'],
  ['findLastIndex', 'a loop from the end'],
  ['flat', 'concat in a loop'],
  ['flatMap', 'concat in a loop'],
  ['getBigInt64', 'two getUint32'],
  ['getBigUint64', 'two getUint32'],
  ['getFloat16', 'a scaled integer'],
  ['isPrototypeOf', 'instanceof'],
  ['isWellFormed', 'bytes: strings hold bytes here'],
  ['keys', 'a loop with an index, or Object.keys'],
  ['localeCompare', '< and >'],
  ['matchAll', 'exec in a loop'],
  ['normalize', 'ASCII text'],
  ['reduceRight', 'a loop from the end'],
  ['search', 'indexOf'],
  ['setBigInt64', 'two setUint32'],
  ['setBigUint64', 'two setUint32'],
  ['setUTCDate', 'a new Date of milliseconds'],
  ['setUTCFullYear', 'a new Date of milliseconds'],
  ['setUTCHours', 'a new Date of milliseconds'],
  ['setUTCMinutes', 'a new Date of milliseconds'],
  ['setUTCMonth', 'a new Date of milliseconds'],
  ['setUTCSeconds', 'a new Date of milliseconds'],
  ['toDateString', 'toISOString'],
  ['toExponential', 'toFixed'],
  ['toLocaleDateString', 'toISOString'],
  ['toLocaleLowerCase', 'toLowerCase'],
  ['toLocaleString', 'toString'],
  ['toLocaleTimeString', 'toISOString'],
  ['toLocaleUpperCase', 'toUpperCase'],
  ['toPrecision', 'toFixed'],
  ['toReversed', 'slice and reverse'],
  ['toSorted', 'slice and sort'],
  ['toSpliced', 'slice and splice'],
  ['toTimeString', 'toISOString'],
  ['toWellFormed', 'bytes: strings hold bytes here'],
  ['trimEnd', 'trim'],
  ['trimLeft', 'trim'],
  ['trimRight', 'trim'],
  ['trimStart', 'trim'],
  ['values', 'for..of, or Object.values'],
]);

/** Words that Espruino's lexer keeps for itself wherever a name is expected. */
export const reservedWords: ReadonlySet<string> = new Set(
  words(`if else do while for break continue function return var let const this throw try catch finally true false
    null undefined new in instanceof switch case default delete typeof void debugger class extends super static of`),
);
