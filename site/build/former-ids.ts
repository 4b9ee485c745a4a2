/** What events were called in earlier releases. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
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
