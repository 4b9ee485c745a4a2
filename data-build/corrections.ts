/** Reads the operator's log of corrections. */
import { readFileSync } from 'node:fs';
import { CORRECTIONS, type Correction } from './contract/corrections.ts';
import { readShape } from './contract/shape.ts';
import { UsageError } from './outcome.ts';

const FORM =
  'Write a list like [{"date": "2024-12-01", "text": "What was wrong and is right now.", "places": ["KE"]}].';

/** Newest first. Throws UsageError when the file is not there or holds something else. */
export function readCorrections(path: string | null): readonly Correction[] {
  if (path === null) return [];
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw new UsageError(`--corrections ${path} cannot be read as JSON.\n${FORM}`);
  }
  const read = readShape(CORRECTIONS, json, 'corrections');
  if (!read.ok) throw new UsageError(`--corrections ${path}: ${read.fault}\n${FORM}`);
  return read.value.toSorted((a, b) => (a.date === b.date ? 0 : a.date < b.date ? 1 : -1));
}
