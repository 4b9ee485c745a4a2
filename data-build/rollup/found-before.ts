/**
 * Events that an earlier build found in series whose rows are the same now: these are not looked through again. They lie in
 * the cache, under a checksum.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Sha256 } from '../contract/brands.ts';
import { EVENT_KINDS } from '../contract/events.ts';
import { isFields } from '../contract/fields.ts';
import { hashOf } from '../hash.ts';
import type { FoundEvent } from './found-event.ts';

interface Found {
  /** Changes with the rows of the series. */
  readonly print: string;
  readonly events: readonly FoundEvent[];
}

export interface FoundBefore {
  /** The events of a series: those found before in the same rows, else what `look` finds. */
  events(
    series: string,
    print: string,
    look: () => Promise<readonly FoundEvent[]>,
  ): Promise<readonly FoundEvent[]>;
  /** Keeps what was found for the next build. */
  save(): Promise<void>;
}

const SUM = 64;

function isFound(value: unknown): value is Found {
  return (
    isFields(value) &&
    typeof value['print'] === 'string' &&
    Array.isArray(value['events']) &&
    value['events'].every(
      (event) =>
        isFields(event) &&
        typeof event['kind'] === 'string' &&
        Object.hasOwn(EVENT_KINDS, event['kind']),
    )
  );
}

/** What a file holds, or nothing when it is missing, a byte of it is another than was written, or other code found it. */
async function readFound(file: string, code: Sha256): Promise<ReadonlyMap<unknown, unknown>> {
  try {
    const bytes = await readFile(file);
    const body = bytes.subarray(SUM);
    if (bytes.toString('latin1', 0, SUM) !== hashOf(body)) return new Map();
    const saved: unknown = deserialize(body);
    if (!isFields(saved) || saved['code'] !== code) return new Map();
    return saved['series'] instanceof Map ? saved['series'] : new Map();
  } catch {
    return new Map();
  }
}

/** `code`: hash of all that finds events. */
export async function openFoundBefore(file: string, code: Sha256): Promise<FoundBefore> {
  const known = await readFound(file, code);
  const found = new Map<string, Found>();
  return {
    events: async (series, print, look) => {
      const before = known.get(series);
      const now =
        isFound(before) && before.print === print ? before : { print, events: await look() };
      found.set(series, now);
      return now.events;
    },
    save: async () => {
      const body = serialize({ code, series: found });
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, Buffer.concat([Buffer.from(hashOf(body), 'latin1'), body]));
    },
  };
}

/** Looks through every series and keeps nothing. */
export const NOTHING_BEFORE: FoundBefore = {
  events: (_series, _print, look) => look(),
  save: () => Promise.resolve(),
};
