/**
 * What the first use of the engine costs, said before it is spent. Of `duckdb-eh.wasm` in the pinned
 * `@duckdb/duckdb-wasm`; a test compares both figures with the file.
 */
export const ENGINE_WEIGHT = {
  unpackedBytes: 18_105_915,
  /** Brotli, as a static host sends it. */
  compressedBytes: 3_200_000,
} as const;

/** Of files that are read whole for one question; beyond that an engine, once it is there, is faster than reading all rows. */
export const MOST_WITHOUT_ENGINE = { bytes: 2_000_000, rows: 400_000 } as const;
