/** Reads `slices.json`, believing nothing until it is checked. */
import { isFields } from '../../data-build/contract/fields.ts';
import { readShape } from '../../data-build/contract/shape.ts';
import { SLICE_FILE, type SliceFile, type SliceKind } from '../../data-build/contract/slices.ts';

/** Parsed JSON → slices; entries of another shape are left out. */
export function parseSlices(json: unknown): readonly SliceFile[] {
  const files = isFields(json) ? json['files'] : null;
  if (!Array.isArray(files)) return [];
  return files.flatMap((file: unknown) => {
    const read = readShape(SLICE_FILE, file, 'slice');
    return read.ok ? [read.value] : [];
  });
}

/** Slices of one thing; they are listed together, so the order is that of the list. */
export function slicesOf(
  slices: readonly SliceFile[],
  kind: SliceKind,
  key: string,
): readonly SliceFile[] {
  return slices.filter((slice) => slice.kind === kind && slice.key === key);
}
