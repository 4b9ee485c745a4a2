/** Reads `hints.json`. What cannot be used of it is passed over: it is advice, and the files can be read without. */
import { isFields } from '../../data-build/contract/fields.ts';
import type { FileHint, RowGroupHint } from '../../data-build/contract/hints.ts';

export type Hints = ReadonlyMap<string, FileHint>;

/** Hints by path of the file; none when they belong to another release than the manifest. */
export function parseHints(json: unknown, dataVersion: string): Hints {
  const files = isFields(json) && json['data_version'] === dataVersion ? json['files'] : null;
  if (!Array.isArray(files)) return new Map();
  return new Map(files.filter(isFileHint).map((hint) => [hint.path, hint]));
}

function isFileHint(value: unknown): value is FileHint {
  return (
    isFields(value) &&
    typeof value['path'] === 'string' &&
    isSize(value['footer']) &&
    Array.isArray(value['row_groups']) &&
    value['row_groups'].every(isRowGroup)
  );
}

function isRowGroup(value: unknown): value is RowGroupHint {
  return (
    isFields(value) &&
    isSize(value['rows']) &&
    isSize(value['offset']) &&
    Array.isArray(value['columns']) &&
    value['columns'].every(isSize) &&
    isFields(value['range']) &&
    Object.values(value['range']).every(
      (range: unknown) =>
        Array.isArray(range) && range.length === 2 && range.every((one) => typeof one === 'string'),
    )
  );
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
