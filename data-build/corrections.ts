/** Reads the operator's log of corrections. */
import { readFileSync } from 'node:fs';
import { CORRECTIONS, type Correction } from './contract/corrections.ts';
import { isFields } from './contract/fields.ts';
import { PLACES } from './contract/places.ts';
import { findPrivateShapes } from './contract/privacy.ts';
import { readShape } from './contract/shape.ts';
import { UsageError } from './outcome.ts';

const FORM =
  'Write a list like [{"date": "2024-12-01", "text": "What was wrong and is right now.", "places": ["KE"]}]; for days that are faulty add "days": {"since": "2024-11-07", "until": "2024-11-09"} and "sources": ["ooni"].';

const KEYS: ReadonlySet<string> = new Set<keyof Correction>([
  'date',
  'text',
  'places',
  'events',
  'days',
  'sources',
  'tests',
]);

/** What a person may have meant otherwise: of a misspelled `places` the text would stand everywhere. */
function faultOf({ text, places = [] }: Correction, given: unknown): string | null {
  const strange = Object.keys(isFields(given) ? given : {}).find((key) => !KEYS.has(key));
  if (strange !== undefined)
    return ` has ${JSON.stringify(strange.slice(0, 40))}, which is no part of a correction.`;
  const nowhere = places.find((place) => !PLACES.has(place));
  if (nowhere !== undefined) return `.places has ${nowhere}, which is no country or territory.`;
  // Feeds repeat the text, line by line, and may hold no such thing.
  const shapes = findPrivateShapes(text.replaceAll('\n', ' '));
  return shapes.length === 0
    ? null
    : `.text looks like ${shapes.join(', ')} and would be published. Say it without.`;
}

/** Newest first, with `more` among them. Throws UsageError when the file is not there or holds something else. */
export function readCorrections(
  path: string | null,
  more: readonly Correction[] = [],
): readonly Correction[] {
  if (path === null) return more;
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch {
    throw new UsageError(`--corrections ${path} cannot be read as JSON.\n${FORM}`);
  }
  const read = readShape(CORRECTIONS, json, 'corrections');
  if (!read.ok) throw new UsageError(`--corrections ${path}: ${read.fault}\n${FORM}`);
  read.value.forEach((correction, index) => {
    const fault = faultOf(correction, Array.isArray(json) ? json[index] : null);
    if (fault !== null)
      throw new UsageError(`--corrections ${path}: corrections[${index}]${fault}\n${FORM}`);
  });
  return [...read.value, ...more].toSorted((a, b) =>
    a.date === b.date ? 0 : a.date < b.date ? 1 : -1,
  );
}
