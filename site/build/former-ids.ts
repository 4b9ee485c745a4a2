/** What is known of events in earlier releases. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  joinNotes,
  notesFile,
  parseNotes,
  type FeedNotes,
} from '../../data-build/contract/feed-notes.ts';
import { LICENCES_BY_STRICTNESS } from '../../data-build/contract/publishers.ts';
import {
  FORMER_IDS_FILE,
  isHashedId,
  parseFormerIds,
  type FormerId,
} from '../../data-build/contract/event-id.ts';

/** None where the data folder has no such list. */
export async function loadFormerIds(folder: string): Promise<readonly FormerId[]> {
  const text = await readFile(path.join(folder, FORMER_IDS_FILE), 'utf8').catch(() => '[]');
  return parseFormerIds(JSON.parse(text));
}

/** What feeds know of earlier releases. */
export async function loadFeedNotes(folder: string): Promise<FeedNotes> {
  const all = await Promise.all(
    LICENCES_BY_STRICTNESS.map(async (licence) => {
      const file = path.join(folder, notesFile(licence));
      const text = await readFile(file, 'utf8').catch(() => 'null');
      return parseNotes(JSON.parse(text), licence);
    }),
  );
  return joinNotes(all);
}

/**
 * Where the page of an event stood in earlier releases, `event/ke-telegram-2024-11-05/`; other pages stay where they are. Ids of
 * the time before they could be read are left out: nothing was framed under these, and every event has one.
 */
export async function formerPages(folder: string, page: string): Promise<readonly string[]> {
  const id = /^event\/([^/]+)\/$/.exec(page)?.[1];
  const former = id === undefined ? [] : await loadFormerIds(folder);
  return former
    .filter(({ former_id, event_id }) => event_id === id && !isHashedId(former_id))
    .map(({ former_id }) => `event/${former_id}/`);
}
