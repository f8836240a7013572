/** The journal's format 1 in numbers. docs/journal.md is the specification and says why. */
export const PAGE_SIZE = 4096;
export const BLOCK_SIZE = 256;
export const BLOCKS_PER_PAGE = 16;
export const HEADER_SIZE = 26;
/** "CR1" as a CBOR text string inside the header's array(6). */
export const MAGIC = [0x86, 0x63, 0x43, 0x52, 0x31];

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

/** Bytes of a check behind an array record: the head 19 and two bytes. Behind a reading: two bytes. */
export const ARRAY_CHECK = 3;
export const ROW_CHECK = 2;

/** The longest record: a KEY with every field at its widest (1 + 1 + 5 + 3 + 5 + 5 + 5 + 5 + 2 + 5 + 3). */
export const LONGEST_RECORD = 48;

/** The shortest record: a reading of one byte (1 + 1 + 2). */
export const SHORTEST_RECORD = 4;

/** An absolute code of a channel is its count plus this; MISSING and above are the reasons for no value. */
export const CODE_BIAS = 16384;
export const MISSING = 65504;
/** The reason that stands for a value beyond what the sensor, or the code, can tell. */
export const OUT_OF_RANGE = 3;

export const ANCHOR_GNSS = 1;
export const ANCHOR_NETWORK = 2;
