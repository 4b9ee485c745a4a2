/** Reads `slices.json`, believing nothing until it is checked. */
import { isFields, type Fields } from '../../data-build/contract/fields.ts';
import { toSha256 } from '../../data-build/contract/brands.ts';
import {
  SLICE_FORMATS,
  SLICE_KINDS,
  type SliceFile,
  type SliceFormat,
  type SliceKind,
} from '../../data-build/contract/slices.ts';
import { LICENCES, type LicenceSlug } from '../../data-build/contract/sources.ts';
import { TABLES, type TableName } from '../../data-build/contract/tables.ts';

/** Parsed JSON → slices; entries of another shape are left out. */
export function parseSlices(json: unknown): readonly SliceFile[] {
  const files = isFields(json) ? json['files'] : null;
  return Array.isArray(files) ? files.filter(isFields).flatMap(toSlice) : [];
}

function toSlice(fields: Fields): readonly SliceFile[] {
  const { path, kind, key, table, licence, format, rows, bytes } = fields;
  const sha256 = typeof fields['sha256'] === 'string' ? toSha256(fields['sha256']) : null;
  if (
    typeof path !== 'string' ||
    /^[/\\]|^[a-z]+:|(^|\/)\.\.(\/|$)/i.test(path) ||
    typeof key !== 'string' ||
    !isKind(kind) ||
    !isTable(table) ||
    !isLicence(licence) ||
    !isFormat(format) ||
    typeof rows !== 'number' ||
    typeof bytes !== 'number' ||
    sha256 === null
  )
    return [];
  return [{ path, kind, key, table, licence, format, rows, bytes, sha256 }];
}

/** Slices of one thing; they are listed together, so the order is that of the list. */
export function slicesOf(
  slices: readonly SliceFile[],
  kind: SliceKind,
  key: string,
): readonly SliceFile[] {
  return slices.filter((slice) => slice.kind === kind && slice.key === key);
}

function isKind(value: unknown): value is SliceKind {
  return SLICE_KINDS.some((kind) => kind === value);
}
function isFormat(value: unknown): value is SliceFormat {
  return SLICE_FORMATS.some((format) => format === value);
}
function isTable(value: unknown): value is TableName {
  return typeof value === 'string' && Object.hasOwn(TABLES, value);
}
function isLicence(value: unknown): value is LicenceSlug {
  return typeof value === 'string' && Object.hasOwn(LICENCES, value);
}
