/** A release made before a shape of private text was known is not kept with it. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toDay } from '../../data-build/contract/brands.ts';
import { hashOf } from '../../data-build/hash.ts';
import type { PlacedPart } from '../../data-build/parts.ts';
import { openDatabase, type Database } from '../../data-build/rollup/database.ts';
import { notesOf } from '../../data-build/unchanged.ts';
import { openEarlierPrivacy } from '../../data-build/write/earlier-privacy.ts';
import { listFiles } from '../../data-build/write/checksum.ts';
import { buildHand, madeOf } from '../support/hand-build.ts';
import { MEASUREMENT, writeHandPart } from '../support/hand-parts.ts';
import { scratchFolder } from '../support/scratch.ts';

const folder = scratchFolder('earlier-privacy');
const out = join(folder, 'data');
/** An address as a provider names a line. */
const LINE = '192168001001.dsl.example.net';
const PRIVATE = 'it holds text that is private by now';

describe('an earlier release', () => {
  let db: Database;
  let parts: readonly PlacedPart[];

  /** Lines of the log of a build that keeps one earlier release. */
  const build = async (since: string): Promise<string> => {
    const { lines } = await buildHand(madeOf(parts), {
      out,
      cacheDir: join(folder, 'cache'),
      since: toDay(since),
      keep: { newest: 1, months: 0 },
    });
    return lines.join('\n');
  };
  const kept = (): string => readFileSync(join(out, 'releases/index.json'), 'utf8');
  const versionOf = (text: string): string => /data release (\S+)/.exec(text)?.[1] ?? 'none';
  /** Writes the line into the websites of a release. */
  const soil = async (release: string): Promise<void> => {
    const [file = ''] = (await listFiles(release)).filter((path) => path.startsWith('domains/'));
    const path = join(release, file);
    await db.run(
      `COPY (SELECT * REPLACE ('${LINE}' AS domain) FROM '${path}') TO '${path}.new' (FORMAT parquet);`,
    );
    cpSync(`${path}.new`, path);
    rmSync(`${path}.new`);
  };
  const whyNot = async (release: string, notes: string, code: string): Promise<string | null> => {
    const privacy = await openEarlierPrivacy(db, join(folder, notes), hashOf(code));
    const answer = await privacy.whyNot(release);
    await privacy.save(join(folder, 'none'));
    return answer;
  };

  beforeAll(async () => {
    db = await openDatabase({ spillDir: join(folder, 'spill'), threads: 1 });
    const rows = ['10', '11', '12'].map((day) => ({
      ...MEASUREMENT,
      test_name: 'web_connectivity',
      input: 'https://example.org/',
      domain: 'example.org',
      rule_id: 'web_connectivity.ok',
      report_id: `r${day}`,
      measurement_start_time: `2024-11-${day} 00:00:00`,
    }));
    parts = [await writeHandPart(db, folder, 'measurements', 'a.jsonl', rows)];
  });
  afterAll(() => db.close());

  it('is kept where it is clean, and not where it holds what is private by now, which the log says', async () => {
    const first = versionOf(await build('2024-11-10'));
    expect(await build('2024-11-11')).not.toContain('not kept');
    expect(kept()).toContain(first);
    await soil(out);
    // As after an update of the code, which noted nothing yet.
    rmSync(notesOf(out, join(folder, 'cache'), 'clean'));
    const said = await build('2024-11-12');
    expect(said).toContain('not kept, since it holds text that is private by now');
    expect(said).not.toContain(LINE);
    expect(kept()).toContain(first);
    expect((await listFiles(join(out, 'releases'))).some((path) => path.includes(first))).toBe(
      true,
    );
  });

  it('is not read at all where the same code made it', async () => {
    const notes = join(folder, 'made-notes');
    const privacy = await openEarlierPrivacy(db, notes, hashOf('a'));
    await privacy.save(out);
    const release = join(folder, 'made');
    cpSync(join(out, 'SHA256SUMS'), join(release, 'SHA256SUMS'));
    mkdirSync(join(release, 'events'));
    writeFileSync(join(release, 'events/a.parquet'), 'PAR1');
    expect(await whyNot(release, 'made-notes', 'a')).toBeNull();
    expect(await whyNot(release, 'made-notes', 'b')).toBe('it cannot be read');
  });

  it('is read once with the same code, and again with other code', async () => {
    const release = join(folder, 'release');
    cpSync(out, release, { recursive: true });
    expect(await whyNot(release, 'notes', 'a')).toBeNull();
    await soil(release);
    expect(await whyNot(release, 'notes', 'a')).toBeNull();
    expect(await whyNot(release, 'notes', 'b')).toBe(PRIVATE);
    expect(await whyNot(release, 'notes', 'b')).toBe(PRIVATE);
  });

  it('is clean without a table or column that came later, and is not with the name of a dump that is an address', async () => {
    const release = join(folder, 'older');
    mkdirSync(join(release, 'domains'), { recursive: true });
    await db.run(
      `COPY (SELECT 'example.org' AS domain) TO '${join(release, 'domains/a.parquet')}' (FORMAT parquet)`,
    );
    expect(await whyNot(release, 'older-notes', 'a')).toBeNull();
    const dumps = [{ path: '203.0.113.77/a.jsonl' }];
    writeFileSync(join(release, 'manifest.json'), JSON.stringify({ sources: [{ dumps }] }));
    expect(await whyNot(release, 'older-notes', 'a')).toBe(PRIVATE);
  });

  it('is told by the columns that it has, and is not kept where it cannot be read', async () => {
    const release = join(folder, 'narrow');
    mkdirSync(join(release, 'events'), { recursive: true });
    const file = join(release, 'events/a.parquet');
    await db.run(`COPY (SELECT '${LINE}' AS domain) TO '${file}' (FORMAT parquet)`);
    expect(await whyNot(release, 'narrow-notes', 'a')).toBe(PRIVATE);
    writeFileSync(file, 'PAR1');
    expect(await whyNot(release, 'narrow-notes', 'a')).toBe('it cannot be read');
  });
});
