/** Reads the operator's log of corrections. */
import { readFileSync } from 'node:fs';
import { CORRECTIONS, type Correction } from './contract/corrections.ts';
import { readShape } from './contract/shape.ts';
import { UsageError } from './outcome.ts';

const FORM =
  'Write a list like [{"date": "2024-12-01", "text": "What was wrong and is right now.", "places": ["KE"]}]; for days that are faulty add "days": {"since": "2024-11-07", "until": "2024-11-09"} and "sources": ["ooni"].';

/** Newest first, with `more` among them. Throws UsageError when the file is not there or holds something else. */
export function readCorrections(
  path: string | null,
  more: readonly Correction[] = [],
): readonly Correction[] {
  if (path === null) return more;
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw new UsageError(`--corrections ${path} cannot be read as JSON.\n${FORM}`);
  }
  const read = readShape(CORRECTIONS, json, 'corrections');
  if (!read.ok) throw new UsageError(`--corrections ${path}: ${read.fault}\n${FORM}`);
  return [...read.value, ...more].toSorted((a, b) =>
    a.date === b.date ? 0 : a.date < b.date ? 1 : -1,
  );
}
