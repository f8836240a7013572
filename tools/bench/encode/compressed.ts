import zlib, { brotliCompressSync, constants } from 'node:zlib';
import { columnsOf, varints } from './differences.ts';
import type { Encoding } from './encoding.ts';

function brotli(bytes: Uint8Array): Uint8Array {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return brotliCompressSync(bytes, { params });
}

/** Of later Nodes; the types are those of Node 20. */
interface Zstd {
  zstdCompressSync?: (bytes: Uint8Array, options: { params: Record<number, number> }) => Uint8Array;
}
const ZSTD_C_COMPRESSION_LEVEL = 100;
const ZSTD_MAX_LEVEL = 22;

function overColumns(name: string, compress: (bytes: Uint8Array) => Uint8Array): Encoding {
  return {
    name: `${name} over columns of differences`,
    batches: [288, Number.POSITIVE_INFINITY],
    readBy: 'its own decoder, told the steps',
    selfDescribing: false,
    encode: (rows, series) => compress(varints(columnsOf(rows, series).flat())),
  };
}

const { zstdCompressSync } = zlib as Zstd;

/** The strongest general compressors that this Node has: about as far as the series can be squeezed. */
export const compressedColumns: readonly Encoding[] = [
  overColumns('brotli 11', brotli),
  ...(zstdCompressSync
    ? [
        overColumns(`zstd ${ZSTD_MAX_LEVEL}`, (bytes) =>
          zstdCompressSync(bytes, { params: { [ZSTD_C_COMPRESSION_LEVEL]: ZSTD_MAX_LEVEL } }),
        ),
      ]
    : []),
];
