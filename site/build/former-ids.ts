/** What events were called in earlier releases, and which of them are no longer found. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { goneFile, parseGone, type GoneEvent } from '../../data-build/contract/gone-events.ts';
import { LICENCES_BY_STRICTNESS } from '../../data-build/contract/publishers.ts';
import {
  FORMER_IDS_FILE,
  parseFormerIds,
  type FormerId,
} from '../../data-build/contract/event-id.ts';

/** None where the data folder has no such list. */
export async function loadFormerIds(folder: string): Promise<readonly FormerId[]> {
  const text = await readFile(path.join(folder, FORMER_IDS_FILE), 'utf8').catch(() => '[]');
  return parseFormerIds(JSON.parse(text));
}

/** Those that feeds still tell of. */
export async function loadGone(folder: string): Promise<readonly GoneEvent[]> {
  const all = await Promise.all(
    LICENCES_BY_STRICTNESS.map(async (licence) => {
      const file = path.join(folder, goneFile(licence));
      const text = await readFile(file, 'utf8').catch(() => 'null');
      return parseGone(JSON.parse(text), licence);
    }),
  );
  return all.flat();
}
