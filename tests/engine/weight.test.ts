import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { brotliCompressSync, constants } from 'node:zlib';
import { expect, it } from 'vitest';
import { ENGINE_WEIGHT } from '../../site/engine/wasm/weight.ts';

it('names the size of the query engine truly', () => {
  const file = createRequire(import.meta.url).resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm');
  const bytes = readFileSync(file);
  expect(ENGINE_WEIGHT.unpackedBytes).toBe(bytes.byteLength);
  const compressed = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 5 },
  }).byteLength;
  expect(Math.abs(compressed / ENGINE_WEIGHT.compressedBytes - 1)).toBeLessThan(0.1);
});
