/** Feeds tell what a new release does not find, and what was told first when. */
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, type Day } from '../../data-build/contract/brands.ts';
import {
  GONE_DAYS,
  NO_NOTES,
  notesFile,
  parseNotes,
  type FeedNotes,
  type GoneEvent,
} from '../../data-build/contract/feed-notes.ts';
import { DATA_FEEDS, listFeeds } from '../../data-build/feeds/list.ts';
import { openDatabase, type Database } from '../../data-build/rollup/database.ts';
import { makeNotes, writeNotes } from '../../data-build/write/feed-notes.ts';
import { day } from '../support/days.ts';
import { scratchFolder } from '../support/scratch.ts';

const folder = scratchFolder('gone-events');

interface Row {
  readonly id: string;
  readonly target: string;
  readonly day: string;
  readonly tool?: string;
}
const TELEGRAM = { id: 'ke-telegram-2024-11-05', target: 'telegram', day: '2024-11-05' };
const SIGNAL = { id: 'ke-signal-2024-10-01', target: 'signal', day: '2024-10-01' };
const OLD = { id: 'ke-signal-2020-10-01', target: 'signal', day: '2020-10-01' };
const TOR = {
  id: 'ke-tor-drop-2024-10-02',
  target: 'tor-relay users',
  day: '2024-10-02',
  tool: 'tor-relay',
};
const FOUND_LATE = { id: 'ke-whatsapp-2024-03-03', target: 'whatsapp', day: '2024-03-03' };
const since = day('2024-01-01');
const until = day('2024-12-01');

describe('an event', () => {
  let db: Database;
  const fill = async (rows: readonly Row[]) => {
    const values = rows.map(({ id, target, day: first, tool }) =>
      tool === undefined
        ? `('${id}', 'ooni', 'cc-by-nc-sa', 'interference_start', '${target}', '${target}', NULL, '${first}')`
        : `('${id}', 'tor-metrics', 'cc0', 'drop', '${target}', NULL, '${tool}', '${first}')`,
    );
    await db.run(`CREATE OR REPLACE TABLE events AS SELECT event_id, 'log-z-3' AS detector_id, source, licence, kind, 'KE' AS probe_cc,
      NULL::UINTEGER AS probe_asn, target, test_name, NULL::VARCHAR AS domain, NULL::VARCHAR AS category_code, tool,
      NULL::VARCHAR AS blocking_method, first_sign::DATE AS first_sign, NULL::DATE AS first_normal
      FROM (VALUES ${values.join(', ')}) AS v(event_id, source, licence, kind, target, test_name, tool, first_sign)`);
  };
  /** What feeds of a release after the one in `earlier` know. */
  const follow = async (
    earlier: string | null,
    name: string,
    rows: readonly Row[],
    end: Day = until,
  ): Promise<FeedNotes> => {
    const next = join(folder, name);
    await mkdir(join(next, 'releases'), { recursive: true });
    await mkdir(join(next, 'events'), { recursive: true });
    await fill(rows);
    await db.run(`COPY events TO '${join(next, 'events', 'a.parquet')}' (FORMAT parquet)`);
    const from = earlier === null ? null : join(folder, earlier);
    const notes = await makeNotes(db, from, { since, until: end }, []);
    await writeNotes(db, next, notes);
    return notes;
  };
  const idsOf = ({ gone }: { readonly gone: readonly GoneEvent[] }) =>
    gone.map(({ event_id }) => event_id);
  const facts = (notes: FeedNotes, edition: 'all' | 'cc0' = 'all') => ({
    release: {
      data_version: '2024-11-30-0123abcd',
      synthetic: false,
      edition,
      since,
      until,
      site: null,
    },
    events: [],
    corrections: [],
    notes,
    measured: new Map(),
  });

  beforeAll(async () => {
    db = await openDatabase({ spillDir: join(folder, 'spill'), threads: 1 });
    await db.run('CREATE TABLE networks (probe_asn UINTEGER, name VARCHAR)');
    await db.run('CREATE TABLE domains (domain VARCHAR, category_code VARCHAR)');
    await follow(null, 'first', [TELEGRAM, SIGNAL, OLD, TOR]);
  });
  afterAll(() => db.close());

  it('is gone when a release of its days has it under no name, and is so once', async () => {
    const moved = { ...TELEGRAM, id: 'ke-telegram-2024-11-07', day: '2024-11-07' };
    const notes = await follow('first', 'second', [moved]);
    expect(idsOf(notes)).toEqual([SIGNAL.id, TOR.id]);
    expect(new Set(notes.gone.map((event) => event.gone))).toEqual(new Set(['2024-11-30']));
  });

  it('stays gone for a while, from release to release, and is not when it is found again', async () => {
    const [last] = [addDays(until, GONE_DAYS)];
    expect(idsOf(await follow('second', 'third', [TELEGRAM], last))).toEqual([SIGNAL.id, TOR.id]);
    expect(idsOf(await follow('third', 'fourth', [TELEGRAM], addDays(last, 1)))).toEqual([]);
    expect(idsOf(await follow('second', 'back', [TELEGRAM, SIGNAL]))).toEqual([TOR.id]);
  });

  it('is not named when its website is private by now', async () => {
    const line = '192168001001.dsl.example.net';
    const hidden = { id: `ke-${line}-2024-11-05`, target: line, day: '2024-11-05' };
    await follow(null, 'named', [TELEGRAM, hidden, SIGNAL]);
    expect(idsOf(await follow('named', 'unnamed', [TELEGRAM]))).toEqual([SIGNAL.id]);
  });

  it('is noted in a file of its licence, which names it', async () => {
    await follow('first', 'filed', [TELEGRAM]);
    const text = (licence: 'cc0' | 'cc-by-nc-sa') =>
      readFileSync(join(folder, 'filed', notesFile(licence)), 'utf8');
    expect(text('cc0')).not.toMatch(/ooni|signal|telegram|CC-BY/i);
    expect(text('cc-by-nc-sa')).toContain('CC-BY-NC-SA-4.0');
    expect(idsOf(parseNotes(JSON.parse(text('cc0')), 'cc0'))).toEqual([TOR.id]);
    expect(idsOf(parseNotes(JSON.parse(text('cc-by-nc-sa')), 'cc0'))).toEqual([]);
    expect(parseNotes(null, 'cc0')).toEqual(NO_NOTES);
  });

  it('that is gone has an entry in the feeds of its licence, place and theme that says why it can be', async () => {
    const notes = await follow('first', 'told', [TELEGRAM]);
    const files = new Map(
      listFeeds(facts(notes), DATA_FEEDS).map(({ path, format }) => [path, format()]),
    );
    const country = files.get('feeds/country/KE/atom.xml') ?? '';
    expect(country).toContain('Signal in Kenya: signs of interference began: no longer found');
    expect(country).toContain(`event/${SIGNAL.id}/`);
    expect(country).toMatch(
      /more data came in, data were corrected or taken out, or the rules changed/,
    );
    expect(country).not.toContain('Tor');
    expect(files.get('feeds/cc0/country/KE/atom.xml')).toContain(
      'Use of Tor in Kenya: drop: no longer found',
    );
    expect(files.get('feeds/cc0/atom.xml')).not.toMatch(/signal|ooni/i);
    expect(JSON.parse(files.get('feeds/feed.json') ?? '{}')).toMatchObject({
      items: [{ _atlas: { kind: 'not_found', event_id: SIGNAL.id } }],
    });
  });

  it('is told first on the last day of the release that had it first, and so in every release after', async () => {
    const next = addDays(until, 1);
    const { told } = await follow('first', 'late', [TELEGRAM, SIGNAL, FOUND_LATE], next);
    expect(told.get(TELEGRAM.id)).toBe('2024-11-30');
    expect(told.get(FOUND_LATE.id)).toBe('2024-12-01');
    const later = await follow('late', 'later', [TELEGRAM, SIGNAL, FOUND_LATE], addDays(until, 9));
    expect(later.told).toEqual(told);
    expect((await follow('later', 'over', [TELEGRAM], addDays(until, 9))).told.size).toBe(1);
  });

  it('that is gone leaves room in a feed for others, when a change of the rules takes many', () => {
    const many = Array.from({ length: 500 }, (_, index) => ({
      event_id: `ke-signal-${index + 1000}`,
      source: 'ooni',
      licence: 'cc-by-nc-sa',
      kind: 'interference_start',
      probe_cc: 'KE',
      probe_asn: null,
      network_name: null,
      target: 'signal',
      test_name: 'signal',
      domain: null,
      category_code: null,
      tool: null,
      blocking_method: null,
      first_sign: '2024-10-01',
      first_normal: null,
      listed: null,
      gone: '2024-11-30',
    }));
    const notes = parseNotes({ gone: many, told: {} }, 'cc-by-nc-sa');
    expect(notes.gone).toHaveLength(500);
    const [all] = listFeeds(facts(notes), DATA_FEEDS).filter(
      ({ path }) => path === 'feeds/atom.xml',
    );
    expect(all?.format().match(/<entry>/g)).toHaveLength(60);
  });
});
