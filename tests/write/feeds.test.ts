/** Feeds as their readers read them: parsed back, by the rules of RFC 4287, JSON Feed 1.1 and RFC 5545. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../data-build/contract/brands.ts';
import { THEMES } from '../../data-build/contract/themes.ts';
import { openDatabase, type Database } from '../../data-build/rollup/database.ts';
import { rollUp } from '../../data-build/rollup/rollup.ts';
import { listFiles } from '../../data-build/write/checksum.ts';
import { foldLine } from '../../data-build/feeds/formats.ts';
import { writeFeeds } from '../../data-build/write/feeds.ts';
import { COUNTS, MEASUREMENT, writeHandPart } from '../support/hand-parts.ts';
import { day } from '../support/days.ts';
import { scratchFolder } from '../support/scratch.ts';

const folder = scratchFolder('feeds');
const since = day('2024-03-01');
const SITE = 'https://atlas.example/base/';
const VERSION = '2024-05-09-0123abcd';

interface Entry {
  readonly id: string;
  readonly title: string;
  readonly day: string;
  /** Last day of the release that told of it first. */
  readonly told: string;
  readonly text: string;
  readonly link: string;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function field(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}
function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function readAtom(xml: string): readonly Entry[] {
  const parser = new XMLParser({
    ignoreAttributes: false,
    parseTagValue: false,
    isArray: (name) => name === 'entry' || name === 'link',
  });
  // oxlint-disable-next-line typescript/no-deprecated -- the package it points to would be one more for one line
  const feed: unknown = field(parser.parse(xml, true), 'feed');
  for (const needed of ['id', 'title', 'updated', 'rights', 'author'])
    expect(field(feed, needed), needed).toBeTruthy();
  return list(field(feed, 'entry')).map((entry) => ({
    id: text(field(entry, 'id')),
    title: text(field(entry, 'title')),
    day: text(field(entry, 'published')).slice(0, 10),
    told: text(field(entry, 'updated')).slice(0, 10),
    text: text(field(entry, 'summary')),
    link: text(field(list(field(entry, 'link'))[0], '@_href')),
  }));
}

function readJsonFeed(json: string): readonly Entry[] {
  const feed: unknown = JSON.parse(json);
  expect(field(feed, 'version')).toBe('https://jsonfeed.org/version/1.1');
  return list(field(feed, 'items')).map((item) => ({
    id: text(field(item, 'id')),
    title: text(field(item, 'title')),
    day: text(field(item, 'date_published')).slice(0, 10),
    told: text(field(item, 'date_modified')).slice(0, 10),
    text: text(field(item, 'content_text')),
    link: text(field(item, 'url')),
  }));
}

/** Content lines of a calendar, unfolded; fails where a line is longer than 75 octets or ends otherwise than in CRLF. */
function unfold(ics: string): readonly string[] {
  expect(ics.endsWith('\r\n')).toBe(true);
  expect(ics.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  for (const line of ics.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  return ics.replaceAll('\r\n ', '').split('\r\n').slice(0, -1);
}

function unescapeText(value: string): string {
  return value.replace(/\\([\\;,nN])/g, (_, character: string) =>
    character.toLowerCase() === 'n' ? '\n' : character,
  );
}

function readCalendar(
  ics: string,
): readonly (Omit<Entry, 'told'> & { readonly end: string; readonly uid: string })[] {
  const lines = unfold(ics);
  expect(lines[0]).toBe('BEGIN:VCALENDAR');
  expect(lines.at(-1)).toBe('END:VCALENDAR');
  const entries: (Omit<Entry, 'told'> & { end: string; uid: string })[] = [];
  let current = new Map<string, string>();
  for (const line of lines) {
    const at = line.indexOf(':');
    const [name, value] = [line.slice(0, at).split(';')[0] ?? '', line.slice(at + 1)];
    if (line === 'BEGIN:VEVENT') current = new Map();
    current.set(name, value);
    if (line !== 'END:VEVENT') continue;
    const get = (key: string): string => current.get(key) ?? '';
    const isoDay = (raw: string): string => raw.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
    expect(get('DTSTAMP')).toMatch(/^\d{8}T\d{6}Z$/);
    entries.push({
      id: '',
      uid: get('UID'),
      title: unescapeText(get('SUMMARY')),
      day: isoDay(get('DTSTART')),
      end: isoDay(get('DTEND')),
      text: unescapeText(get('DESCRIPTION')),
      link: get('URL'),
    });
  }
  return entries;
}

describe('feeds', () => {
  let db: Database;
  let files: readonly string[];
  const read = (name: string): Promise<string> => readFile(join(folder, 'out', name), 'utf8');

  beforeAll(async () => {
    db = await openDatabase({ spillDir: join(folder, 'spill'), threads: 1 });
    const counts = Array.from({ length: 70 }, (_, index) => {
      const anomalies = index >= 30 && index < 50 ? 80 : 2;
      return {
        ...COUNTS,
        day: addDays(since, index),
        measurement_count: 100,
        ok_count: 100 - anomalies,
        anomaly_count: anomalies,
        failure_count: 0,
      };
    });
    const websites = Array.from({ length: 70 }, (_, index) => index).flatMap((index) =>
      [64500, 64501, 64502].flatMap((asn) =>
        Array.from({ length: 4 }, (_, at) => ({
          ...MEASUREMENT,
          report_id: `20240301T000000Z_webconnectivity_UG_${asn}_n1_hand${index}x${at}0000000000`,
          measurement_start_time: `${addDays(since, index)} 10:0${at}:00`,
          probe_cc: 'UG',
          probe_asn: asn,
          test_name: 'web_connectivity',
          input: 'https://www.news.org/',
          domain: 'news.org',
          outcome: index >= 40 ? 'anomaly' : 'ok',
          blocking_method: index >= 40 ? 'dns' : null,
          rule_id: 'web_connectivity.accessible',
        })),
      ),
    );
    const use = Array.from({ length: 70 }, (_, index) => ({
      day: addDays(since, index),
      probe_cc: 'KE',
      tool: 'tor-relay',
      metric: 'users',
      value: (index >= 31 && index < 45 ? 9000 : 1000) + (index % 7) * 10,
      source: 'tor-metrics',
      licence: 'cc0',
    }));
    const parts = [
      await writeHandPart(db, folder, 'counts', 'counts.csv', counts),
      await writeHandPart(db, folder, 'measurements', 'websites.jsonl', websites),
      await writeHandPart(db, folder, 'tool_use', 'tor.csv', use),
    ];
    await rollUp(db, { parts, categories: [], edition: 'all', since: null, until: null });
    await writeFeeds(db, join(folder, 'out'), {
      data_version: VERSION,
      synthetic: false,
      edition: 'all',
      since,
      until: addDays(since, 70),
      site: SITE,
    });
    files = await listFiles(join(folder, 'out'));
  });
  afterAll(() => db.close());

  it('say of an open slowdown until when its network, and its country, were tested', async () => {
    await db.run(`
      INSERT INTO throughput_daily BY NAME SELECT DATE '2024-05-01' AS day, 'KE' AS probe_cc, NULL::UINTEGER AS probe_asn, 200 AS download_sample_count, 10.0 AS download_mbps_p50
        UNION ALL SELECT DATE '2024-04-07', 'KE', 64500, 200, 10.0 UNION ALL SELECT DATE '2024-05-09', 'UG', NULL, 200, 10.0;
      INSERT INTO throughput_monthly BY NAME SELECT '2024-03' AS month, 'KE' AS probe_cc, NULL::UINTEGER AS probe_asn, 200 AS download_sample_count, 10.0 AS download_mbps_p50`);
    const slow = (id: string, network: string, step: string): string =>
      `SELECT '${id}' AS event_id, 'mlab' AS source, 'slowdown' AS kind, 'KE' AS probe_cc, ${network}::UINTEGER AS probe_asn, 'throughput by ${step}' AS target,
        DATE '2024-03-04' AS first_sign, 0.6 AS magnitude, 20.0 AS baseline, DATE '2024-03-04' AS extreme_day, 'alone' AS agreement, 'slowdown-2' AS detector_id, 'cc0' AS licence`;
    const parts = [
      slow('of-place', 'NULL', 'week'),
      slow('of-network', '64500', 'week'),
      slow('by-month', 'NULL', 'month'),
    ];
    await db.run(`INSERT INTO events BY NAME ${parts.join(' UNION ALL ')}`);
    await writeFeeds(db, join(folder, 'slow'), {
      ...{ data_version: VERSION, synthetic: false, edition: 'all', site: SITE },
      ...{ since, until: addDays(since, 70) },
    });
    await db.run(`DELETE FROM events WHERE source = 'mlab'`);
    const entries = readJsonFeed(
      await readFile(join(folder, 'slow', 'feeds/cc0/country/KE/feed.json'), 'utf8'),
    );
    const toldOf = (id: string) => entries.find(({ link }) => link.includes(id))?.text;
    expect(toldOf('of-place')).toContain('Not over by 1 May 2024, the last day measured.');
    expect(toldOf('of-network')).toContain('No tests since 7 April 2024: whether it ended is not');
    expect(toldOf('by-month')).toContain('No tests since 31 March 2024: whether it ended is not');
  });

  it('exist for everything and per country, network, website, test and theme, apart by licence', () => {
    const folders = new Set(files.map((name) => name.replace(/\/[^/]+$/, '')));
    // Those of themes are there from the first build on.
    const themes = THEMES.map(({ slug }) => `feeds/theme/${slug}`);
    expect([...folders].sort().filter((name) => !themes.includes(name))).toEqual([
      'feeds',
      'feeds/cc0',
      'feeds/cc0/country/KE',
      'feeds/cc0/theme/circumvention',
      'feeds/country/KE',
      'feeds/country/UG',
      'feeds/domain/news.org',
      'feeds/network/AS64500',
      'feeds/network/AS64501',
      'feeds/network/AS64502',
      'feeds/test/telegram',
      'feeds/test/web_connectivity',
    ]);
    expect([...folders]).toEqual(expect.arrayContaining(themes));
    expect(files).toHaveLength(folders.size * 3);
  });

  it('say the same in all three forms', async () => {
    for (const name of files.filter((file) => file.endsWith('atom.xml'))) {
      const atom = readAtom(await read(name));
      const json = readJsonFeed(await read(name.replace('atom.xml', 'feed.json')));
      const calendar = readCalendar(await read(name.replace('atom.xml', 'events.ics')));
      if (!name.startsWith('feeds/theme/')) expect(atom.length).toBeGreaterThan(0);
      expect(json).toEqual(atom);
      expect(calendar.map((entry) => [entry.title, entry.day, entry.link])).toEqual(
        atom.map((entry) => [entry.title, entry.day, entry.link]),
      );
      for (const [index, entry] of calendar.entries()) {
        expect(entry.text.startsWith(atom[index]?.text ?? 'nothing')).toBe(true);
        expect(entry.end > entry.day).toBe(true);
      }
      expect(new Set(calendar.map(({ uid }) => uid)).size).toBe(calendar.length);
      expect(new Set(atom.map(({ id }) => id)).size).toBe(atom.length);
      expect(atom.map((entry) => entry.day)).toEqual(
        atom
          .map((entry) => entry.day)
          .toSorted()
          .toReversed(),
      );
      for (const entry of atom) {
        expect(entry.link.startsWith(SITE)).toBe(true);
        expect(entry.text).toMatch(/\d/);
      }
    }
  });

  it('of a theme hold its events and no others', async () => {
    const titles = async (slug: string) =>
      readAtom(await read(`feeds/theme/${slug}/atom.xml`)).map(({ title }) => title);
    expect((await titles('messaging')).length).toBeGreaterThan(0);
    for (const title of await titles('messaging')) expect(title).toMatch(/Telegram/);
    expect(await titles('news')).toEqual([]);
  });

  it('of a test hold its events wherever they are, and no others', async () => {
    const entries = readAtom(await read('feeds/test/web_connectivity/atom.xml'));
    expect(entries.length).toBeGreaterThan(0);
    for (const { title } of entries) expect(title).toMatch(/news\.org/);
    expect(await read('feeds/test/telegram/atom.xml')).toContain('events, Telegram');
    expect((await read('feeds/test/telegram/atom.xml')).includes('news.org')).toBe(false);
  });

  it('tell ends as well as beginnings', async () => {
    const country = readAtom(await read('feeds/country/KE/atom.xml'));
    expect(country.map((entry) => entry.day)).toEqual([addDays(since, 50), addDays(since, 30)]);
    expect(country[0]?.title).toMatch(/back to the level before/i);
    // Of a first release everything is new.
    expect(country.map((entry) => entry.told)).toEqual([addDays(since, 69), addDays(since, 69)]);
    const tools = readAtom(await read('feeds/cc0/country/KE/atom.xml'));
    expect(tools.map((entry) => entry.day)).toEqual([addDays(since, 45), addDays(since, 31)]);
    expect(tools[0]?.title).toMatch(/as before again/i);
  });

  it('name the licence and whom to credit, and never mix two', async () => {
    for (const name of files) {
      const content = (await read(name)).replaceAll('\r\n ', '');
      expect(content.includes('CC0-1.0')).toBe(name.startsWith('feeds/cc0/'));
      expect(content.includes('CC-BY-NC-SA-4.0')).toBe(!name.startsWith('feeds/cc0/'));
    }
  });
});

describe('foldLine', () => {
  it('keeps every character whole and every line within 75 octets', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (given) => {
        const line = `SUMMARY:${given.replace(/[\r\n]/g, '')}`;
        const folded = foldLine(line);
        for (const part of folded.split('\r\n'))
          expect(Buffer.byteLength(part)).toBeLessThanOrEqual(75);
        expect(folded.replaceAll('\r\n ', '')).toBe(line);
      }),
      { seed: 20_241_107, numRuns: 300 },
    );
  });
});
