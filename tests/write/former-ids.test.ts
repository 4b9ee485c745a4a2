/** Addresses of events outlive the release that gave them. */
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FORMER_IDS_FILE, parseFormerIds } from '../../data-build/contract/event-id.ts';
import { openDatabase, type Database } from '../../data-build/rollup/database.ts';
import { writeFormerIds } from '../../data-build/write/former-ids.ts';
import { scratchFolder } from '../support/scratch.ts';

const folder = scratchFolder('former-ids');

interface Row {
  readonly id: string;
  readonly target: string;
  readonly day: string;
}
const EARLIER: readonly Row[] = [
  { id: '0123456789ab', target: 'telegram', day: '2024-11-05' },
  { id: 'ke-signal-2024-01-01', target: 'signal', day: '2024-01-01' },
  { id: 'ke-example.org-2024-03-03', target: 'example.org', day: '2024-03-03' },
];
const NOW: readonly Row[] = [
  { id: 'ke-telegram-2024-11-07', target: 'telegram', day: '2024-11-07' },
  { id: 'ke-example.org-2024-03-04', target: 'example.org', day: '2024-03-04' },
];

describe('names of earlier releases', () => {
  let db: Database;
  const fill = async (rows: readonly Row[]) => {
    await db.run(`CREATE OR REPLACE TABLE events AS SELECT id AS event_id, 'level-shift-2' AS detector_id, 'ooni' AS source,
      'interference_start' AS kind, 'KE' AS probe_cc, NULL::UINTEGER AS probe_asn, target, day::DATE AS first_sign, NULL::DATE AS first_normal
      FROM (VALUES ${rows.map(({ id, target, day }) => `('${id}', '${target}', '${day}')`).join(', ')}) AS v(id, target, day)`);
  };
  /** The table of a release after the one in `earlier`. */
  const follow = async (
    earlier: string | null,
    name: string,
    rows: readonly Row[],
    domain: string | null = null,
  ): Promise<ReadonlyMap<string, string | null>> => {
    const next = join(folder, name);
    await mkdir(join(next, 'releases'), { recursive: true });
    await mkdir(join(next, 'events'), { recursive: true });
    await fill(rows);
    await db.run(`COPY events TO '${join(next, 'events', 'a.parquet')}' (FORMAT parquet)`);
    const exclusions = domain === null ? [] : [{ by: 'domain', value: domain } as const];
    await writeFormerIds(db, earlier === null ? null : join(folder, earlier), next, exclusions);
    const json: unknown = JSON.parse(readFileSync(join(next, FORMER_IDS_FILE), 'utf8'));
    return new Map(
      parseFormerIds(json).map(({ former_id, event_id }) => [former_id, event_id] as const),
    );
  };
  beforeAll(async () => {
    db = await openDatabase({ spillDir: join(folder, 'spill'), threads: 1 });
    await follow(null, 'first', EARLIER);
  });
  afterAll(() => db.close());

  it('are not said when they name what is private by now', async () => {
    const line = '192168001001.dsl.example.net';
    const hidden = { id: `ke-${line}-2024-03-03`, target: line, day: '2024-03-03' };
    await follow(null, 'named', [...EARLIER, hidden]);
    const names = await follow('named', 'unnamed', NOW);
    expect([...names.keys()].filter((name) => name.includes('192168'))).toEqual([]);
    expect(names.has('ke-signal-2024-01-01')).toBe(true);
  });

  it('lead to the same event, or say that it is not found', async () => {
    const names = await follow('first', 'second', NOW);
    expect(names.get('0123456789ab')).toBe('ke-telegram-2024-11-07');
    expect(names.get('ke-example.org-2024-03-03')).toBe('ke-example.org-2024-03-04');
    expect(names.get('ke-signal-2024-01-01')).toBeNull();
    expect(names.has('ke-telegram-2024-11-07')).toBe(false);
  });

  it('go on from release to release', async () => {
    await follow('first', 'third', NOW);
    const moved = NOW.map((row) => ({ ...row, id: `${row.id}x` }));
    const names = await follow('third', 'fourth', moved);
    expect(names.get('0123456789ab')).toBe('ke-telegram-2024-11-07x');
    expect(names.get('ke-telegram-2024-11-07')).toBe('ke-telegram-2024-11-07x');
    const back = await follow('fourth', 'fifth', EARLIER);
    expect(back.get('ke-telegram-2024-11-07x')).toBe('0123456789ab');
    expect(back.has('0123456789ab')).toBe(false);
  });

  it('lead on from hashes, also without an earlier release', async () => {
    const names = await follow(null, 'alone', NOW);
    expect([...names.keys()].every((name) => /^[0-9a-f]{12}$/.test(name))).toBe(true);
    expect([...names.values()].toSorted()).toEqual(NOW.map(({ id }) => id).toSorted());
  });

  it('do not name what was asked to be taken away', async () => {
    const names = await follow('first', 'excluded', NOW.slice(0, 1), 'example.org');
    expect([...names.keys()].filter((name) => name.includes('example'))).toEqual([]);
    expect(names.get('0123456789ab')).toBe('ke-telegram-2024-11-07');
  });
});
