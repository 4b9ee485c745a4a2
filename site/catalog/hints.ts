/** Reads `hints.json`. What cannot be used of it is passed over: it is advice, and the files can be read without. */
import { isFields } from '../../data-build/contract/fields.ts';
import { FILE_HINT, type FileHint } from '../../data-build/contract/hints.ts';
import { readShape } from '../../data-build/contract/shape.ts';

export type Hints = ReadonlyMap<string, FileHint>;

/** Hints by path of the file; none when they belong to another release than the manifest. */
export function parseHints(json: unknown, dataVersion: string): Hints {
  const files = isFields(json) && json['data_version'] === dataVersion ? json['files'] : null;
  if (!Array.isArray(files)) return new Map();
  return new Map(
    files.flatMap((file: unknown) => {
      const read = readShape(FILE_HINT, file, 'hint');
      return read.ok ? [[read.value.path, read.value]] : [];
    }),
  );
}
