/**
 * Stands in for fflate inside the workbook writer (astro.config.mjs): packing in a worker made from a blob, as that
 * does with larger files, is what the policy of our pages forbids.
 */
import { zipSync, type Zippable } from 'fflate';

export * from 'fflate';

export function zip(
  files: Zippable,
  done: (error: unknown, archive: Uint8Array | null) => void,
): void {
  let archive: Uint8Array;
  try {
    archive = zipSync(files);
  } catch (error) {
    done(error, null);
    return;
  }
  done(null, archive);
}
