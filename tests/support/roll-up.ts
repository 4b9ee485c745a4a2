/** A roll-up of parts that a test wrote by hand, in a database of each test. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { Day } from '../../data-build/contract/brands.ts';
import type { PartKind, PlacedPart } from '../../data-build/parts.ts';
import { openDatabase, type Database } from '../../data-build/rollup/database.ts';
import { rollUp } from '../../data-build/rollup/rollup.ts';
import { writeHandPart, type HandRow } from './hand-parts.ts';

/** Call at the top of a test file. */
export function openRollUp(name: string) {
  let folder = '';
  let db: Database;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), `${name}-`));
    db = await openDatabase({ spillDir: join(folder, 'spill'), threads: 1 });
  });
  afterEach(async () => {
    await db.close();
    await rm(folder, { recursive: true, force: true });
  });
  const write = <K extends PartKind>(
    kind: K,
    dump: string,
    rows: readonly HandRow<K>[],
  ): Promise<PlacedPart> => writeHandPart(db, folder, kind, dump, rows);
  return {
    write,
    all: (sql: string) => db.all(sql),
    roll: (
      parts: readonly PlacedPart[],
      edition: 'all' | 'cc0' = 'all',
      until: Day | null = null,
    ) => rollUp(db, { parts, categories: [], edition, since: null, until }),
  };
}
