/** An event that a new release does not find is told of in feeds, and does not drop out in silence. */
import { readFileSync, existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, type Day } from '../../data-build/contract/brands.ts';
import {
  goneFile,
  GONE_DAYS,
  parseGone,
  type GoneEvent,
} from '../../data-build/contract/gone-events.ts';
import { DATA_FEEDS, listFeeds } from '../../data-build/feeds/list.ts';
import { openDatabase, type Database } from '../../data-build/rollup/database.ts';
import { findGone, writeGone } from '../../data-build/write/gone-events.ts';
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
const since = day('2024-01-01');
const until = day('2024-12-01');

describe('events that a release does not find', () => {
  let db: Database;
  const fill = async (rows: readonly Row[]) => {
    const values = rows.map(({ id, target, day: first, tool }) =>
      tool === undefined
        ? `('${id}', 'ooni', 'cc-by-nc-sa', 'interference_start', '${target}', '${target}', NULL, '${first}')`
        : `('${id}', 'tor-metrics', 'cc0', 'drop', '${target}', NULL, '${tool}', '${first}')`,
    );
    await db.run(`CREATE OR REPLACE TABLE events AS SELECT event_id, 'log-z-2' AS detector_id, source, licence, kind, 'KE' AS probe_cc,
      NULL::UINTEGER AS probe_asn, target, test_name, NULL::VARCHAR AS domain, NULL::VARCHAR AS category_code, tool,
      NULL::VARCHAR AS blocking_method, first_sign::DATE AS first_sign, NULL::DATE AS first_normal
      FROM (VALUES ${values.join(', ')}) AS v(event_id, source, licence, kind, target, test_name, tool, first_sign)`);
  };
  /** What a release after the one in `earlier` does not find. */
  const follow = async (
    earlier: string | null,
    name: string,
    rows: readonly Row[],
    end: Day = until,
  ): Promise<readonly GoneEvent[]> => {
    const next = join(folder, name);
    await mkdir(join(next, 'releases'), { recursive: true });
    await mkdir(join(next, 'events'), { recursive: true });
    await fill(rows);
    await db.run(`COPY events TO '${join(next, 'events', 'a.parquet')}' (FORMAT parquet)`);
    const from = earlier === null ? null : join(folder, earlier);
    const gone = await findGone(db, from, { since, until: end }, []);
    await writeGone(next, gone);
    return gone;
  };
  const idsOf = (gone: readonly GoneEvent[]) => gone.map(({ event_id }) => event_id);
  const facts = (gone: readonly GoneEvent[], edition: 'all' | 'cc0' = 'all') => ({
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
    gone,
    measured: new Map(),
  });

  beforeAll(async () => {
    db = await openDatabase({ spillDir: join(folder, 'spill'), threads: 1 });
    await db.run('CREATE TABLE networks (probe_asn UINTEGER, name VARCHAR)');
    await db.run('CREATE TABLE domains (domain VARCHAR, category_code VARCHAR)');
    await follow(null, 'first', [TELEGRAM, SIGNAL, OLD, TOR]);
  });
  afterAll(() => db.close());

  it('are those of its days that have no other name, once each', async () => {
    const moved = { ...TELEGRAM, id: 'ke-telegram-2024-11-07', day: '2024-11-07' };
    const gone = await follow('first', 'second', [moved]);
    expect(idsOf(gone)).toEqual([SIGNAL.id, TOR.id]);
    expect(new Set(gone.map((event) => event.gone))).toEqual(new Set(['2024-11-30']));
  });

  it('go on for a while, from release to release, and are not told when they are found again', async () => {
    const [last] = [addDays(until, GONE_DAYS)];
    expect(idsOf(await follow('second', 'third', [TELEGRAM], last))).toEqual([SIGNAL.id, TOR.id]);
    expect(idsOf(await follow('third', 'fourth', [TELEGRAM], addDays(last, 1)))).toEqual([]);
    expect(idsOf(await follow('second', 'back', [TELEGRAM, SIGNAL]))).toEqual([TOR.id]);
  });

  it('lie in one file a licence, which names it', async () => {
    await follow('first', 'filed', [TELEGRAM]);
    const text = (licence: 'cc0' | 'cc-by-nc-sa') =>
      readFileSync(join(folder, 'filed', goneFile(licence)), 'utf8');
    expect(text('cc0')).not.toMatch(/ooni|signal|CC-BY/i);
    expect(text('cc-by-nc-sa')).toContain('CC-BY-NC-SA-4.0');
    expect(idsOf(parseGone(JSON.parse(text('cc0')), 'cc0'))).toEqual([TOR.id]);
    expect(parseGone(JSON.parse(text('cc-by-nc-sa')), 'cc0')).toEqual([]);
    expect(existsSync(join(folder, 'first', goneFile('cc0')))).toBe(false);
  });

  it('have an entry in the feeds of their licence, place and theme that says why it can be', async () => {
    const gone = await follow('first', 'told', [TELEGRAM]);
    const files = new Map(
      listFeeds(facts(gone), DATA_FEEDS).map(({ path, format }) => [path, format()]),
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

  it('leave room in a feed for what is found, when a change of the rules takes many', () => {
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
    const gone = parseGone({ events: many }, 'cc-by-nc-sa');
    expect(gone).toHaveLength(500);
    const [all] = listFeeds(facts(gone), DATA_FEEDS).filter(
      ({ path }) => path === 'feeds/atom.xml',
    );
    expect(all?.format().match(/<entry>/g)).toHaveLength(60);
  });
});
