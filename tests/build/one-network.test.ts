/** A place that one network alone tests has its rate under a floor of its own, and says on which network it rests. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../data-build/contract/brands.ts';
import { catalogFiles } from '../../site/catalog/files.ts';
import { askFigure } from '../../site/figures/ask-figure.ts';
import type { Figure } from '../../site/figures/figure.ts';
import { toCountriesTable, LIST_COLUMNS } from '../../site/figures/lists/countries-table.ts';
import { toRequest, type FigureSubject } from '../../site/figures/request.ts';
import { rate } from '../../site/figures/rate/figure.ts';
import { safe } from '../../site/figures/safe/figure.ts';
import { formatSaid } from '../../site/figures/safe/words.ts';
import { summary } from '../../site/figures/summary/figure.ts';
import { formatSummary } from '../../site/figures/summary/view.ts';
import { tests } from '../../site/figures/tests/figure.ts';
import { daysFilter } from '../../site/query/condition.ts';
import { countriesQuery } from '../../site/query/interference.ts';
import { worldInterferenceQuery } from '../../site/query/world.ts';
import { toInterferenceRecord } from '../../site/figures/world/record.ts';
import { toWorldView } from '../../site/figures/world/view.ts';
import { buildLines, websiteLine, type BuiltDumps } from '../support/built-dumps.ts';
import { country, day } from '../support/days.ts';
import { scratchFolder } from '../support/scratch.ts';

const FIRST = day('2024-10-01');
const PLACE = country('TM');

/** Ten tests a day on 40 days, six of them with a false DNS answer, all on AS64510. */
function makeLines(): readonly string[] {
  return Array.from({ length: 400 }, (_, index) =>
    websiteLine({
      input: `https://site${index % 4}.example.org/`,
      day: addDays(FIRST, Math.floor(index / 10)),
      place: PLACE,
      asn: 64510,
      index,
      blocked: index % 10 < 6,
    }),
  );
}

describe('400 tests on one network, 240 of them with signs', () => {
  const scratch = scratchFolder('one-network');
  let data: BuiltDumps;

  beforeAll(async () => {
    data = await buildLines(scratch, makeLines());
  });
  afterAll(() => data.close());

  async function view<Answer, View>(
    figure: Figure<Answer, View>,
    subject: FigureSubject = { kind: 'country', probeCc: PLACE },
  ): Promise<View> {
    const until = addDays(FIRST, 40);
    const frame = { since: FIRST, until, grain: 'day', dataUntil: until } as const;
    const { data_version: version } = data.manifest;
    const release = { version, until, edition: 'all', synthetic: false } as const;
    const made = await askFigure(data.ask, figure, toRequest(figure, { subject, frame, release }));
    if (made === null) throw new Error(`${figure.name} shows nothing.`);
    return made.view;
  }

  it('has 60% in the sentence at the top of its page', async () => {
    const words = formatSummary(await view(summary));
    expect(words).toContain('240 of 400');
    expect(words).toContain('(60%');
    expect(words).toContain('This rests on one network (AS64510).');
    expect(words).not.toMatch(/too few/i);
  });

  it('has it in the sentence to print', async () => {
    const last = addDays(FIRST, 39);
    const target = { probeCc: PLACE, testName: 'web_connectivity', domain: null };
    const { safe: sentence, copy } = await view(safe, {
      kind: 'target',
      ...target,
      first: FIRST,
      last,
      thin: false,
      url: '/',
    });
    expect(formatSaid(sentence)).toContain('240 of 400');
    expect(copy).toContain('rests on one network (AS64510)');
  });

  it('is checked with the counts and the events of tests alone', async () => {
    const before = data;
    const { ask, manifest } = before;
    const asked = new Set<string>();
    data = {
      ...before,
      ask: (query, scope = {}) => {
        for (const table of query.tables)
          for (const { path: name } of catalogFiles(manifest, { ...scope, table })) asked.add(name);
        return ask(query, scope);
      },
    };
    await view(rate);
    data = before;
    expect([...asked].map((name) => name.split('/')[0]).toSorted()).toEqual([
      'interference_country_daily',
      'interference_network_daily',
    ]);
  });

  it('has it in charts, and flags it in their tables', async () => {
    const chart = await view(rate);
    expect(chart.title).toContain('60%');
    expect(chart.periods.every((period) => period.rate.kind === 'rate')).toBe(true);
    expect(chart.notes.join(' ')).toContain('one network (AS64510)');
    const { table } = await view(tests);
    const at = table.columns.findIndex(({ key }) => key === 'only_probe_asn');
    expect(table.rows[0]?.cells[at]?.text).toBe('rests on one network (AS64510)');
  });

  it('has it in the list of places', async () => {
    const rows = await data.ask(countriesQuery(daysFilter(null, null)));
    const table = toCountriesTable(rows, '', LIST_COLUMNS);
    const words = table.rows[0]?.cells.map(({ text }) => text).join(' ');
    expect(words).toContain('60% 55% – 65% 240 of 400');
    expect(words).toContain('rests on one network (AS64510)');
  });

  it('has a level on the map, with a mark of its own', async () => {
    const record = toInterferenceRecord(await data.ask(worldInterferenceQuery('week')), 'week');
    const dataUntil = addDays(FIRST, 40);
    const map = toWorldView(record, day('2024-10-07'), {
      layer: 'interference',
      theme: null,
      source: 'ooni',
      codes: [PLACE],
      geometry: { width: 1, height: 1, places: [], disputed: '' },
      dataUntil,
    });
    expect(map.places[0]).toMatchObject({ level: 'moderate', alone: true });
    expect(map.places[0]?.label).toContain('rests on one network (AS64510)');
    expect(map.alone).toBe(1);
  });

  it('is flagged in the data', async () => {
    const csv = await readFile(
      path.join(data.folder, 'country/TM/interference_country_daily.csv'),
      'utf8',
    );
    const [head, ...rows] = csv
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('#'));
    const at = head?.split(',').indexOf('only_probe_asn') ?? -1;
    expect(rows).toHaveLength(40);
    expect(new Set(rows.map((row) => row.split(',')[at]))).toEqual(new Set(['64510']));
  });
});
