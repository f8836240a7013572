/** The journal's format 1 in numbers. docs/journal.md is the specification and says why. */
export const PAGE_SIZE = 4096;
export const BLOCK_SIZE = 256;
export const BLOCKS_PER_PAGE = 16;
/** "CR1" as a CBOR text string inside the header's array(8). */
export const MAGIC = [0x88, 0x63, 0x43, 0x52, 0x31];
export const HEADER_SIZE = 40;
/** Bytes of a seal, behind the head of its byte string. */
export const SEAL_SIZE = 16;
/** Offset of the first record in a page: behind the header and the seal. */
export const FIRST_RECORD = HEADER_SIZE + 1 + SEAL_SIZE;

/** Start of a check block: a byte string of all that is left of it. */
export const CHECK_BLOCK_HEAD = [0x59, 0x00, 0xfd];

export const KEY = 0;
export const POWER_ON = 1;
export const TIME = 2;
export const ANCHOR = 3;
export const FIX = 4;
export const ACK = 5;
export const SESSION = 6;
export const FAULT = 7;
export const LOST = 8;
export const NO_FIX = 9;
export const KEPT = 10;
export const INTERVAL = 11;
export const RADIO = 12;
export const CONDITIONS = 13;
export const JUDGED = 14;
export const ALARM = 15;
export const CALIBRATED = 16;
export const CHANGED = 17;
export const TRIP = 18;
export const TESTED = 19;

/** Items of a KEY. */
export const KEY_LENGTH = 10;

/** No record is longer: up to 133 bytes, every bit that flips changes the record's check. */
export const LONGEST_RECORD = 128;

/** An absolute code of a channel is its count plus this; MISSING and above are the reasons for no value. */
export const CODE_BIAS = 16384;
export const MISSING = 65504;
/** The reason that stands for a value beyond what the sensor, or the code, can tell. */
export const OUT_OF_RANGE = 3;

/** Sources of an ANCHOR: the modem's network, the collector's answer. */
export const ANCHOR_NETWORK = 2;
export const ANCHOR_COLLECTOR = 3;
