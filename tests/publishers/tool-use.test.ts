import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isProblem, type Problem } from '../../data-build/contract/problem.ts';
import type { Normalized } from '../../data-build/parts.ts';
import { normalizeUsage } from '../../data-build/publishers/psiphon/usage.ts';
import { normalizeTorUse } from '../../data-build/publishers/tor-metrics/userstats.ts';
import { type CsvTable, parseCsvTable } from '../../data-build/parse/csv-table.ts';
import { sharedData } from '../support/shared-data.ts';

type ToolUse = Normalized<'tool_use'>;

function use(text: string, normalize: (table: CsvTable) => ToolUse | Problem): ToolUse {
  const table = parseCsvTable(text);
  if (isProblem(table)) throw new Error(table.detail);
  const result = normalize(table);
  if (isProblem(result)) throw new Error(`${result.reason}: ${result.detail}`);
  return result;
}
const reasons = (result: ToolUse): string[] => result.problems.map(({ problem }) => problem.reason);

describe('normalizeTorUse', () => {
  it('finds columns by name, keeps Namibia, and keeps the total out', () => {
    const result = use(
      '# The Tor Project\nfrac,users,date,country\n80,120,2020-01-01,na\n80,9000,2020-01-01,\n80,7,2020-01-01,??\n80,5,2020-01-01,a1\n',
      normalizeTorUse,
    );
    expect(result.rows).toMatchObject([
      { probe_cc: 'NA', value: 120, coverage: 80, tool: 'tor-bridge', lower: null },
    ]);
    expect(reasons(result)).toEqual(['world_total', 'unknown_country', 'no_single_country']);
  });
  it('refuses days that no figure can be of, and coverage above 110 %', () => {
    const result = use(
      'date,country,users,frac\n9999-12-31,ir,5,80\n0001-01-01,ir,5,80\n2020-01-01,ir,5,111\n2020-01-02,ir,5,110\n',
      normalizeTorUse,
    );
    expect(reasons(result)).toEqual(['invalid_csv', 'invalid_csv', 'invalid_csv']);
    expect(result.rows).toHaveLength(1);
  });
  it('refuses more users than there are people', () => {
    const result = use(
      'date,country,users,lower,upper,frac\n2020-01-01,ir,1e308,,,80\n2020-01-02,ir,5,1,1e11,80\n2020-01-03,ir,5,1,9,80\n',
      normalizeTorUse,
    );
    expect(reasons(result)).toEqual(['negative_count', 'negative_count']);
    expect(result.rows).toHaveLength(1);
  });
  it('drops a crossed range, both ends', () => {
    const result = use(
      'date,country,users,lower,upper,frac\n2020-01-01,ir,10,563.0,12.0,80\n',
      normalizeTorUse,
    );
    expect(result.rows[0]).toMatchObject({ tool: 'tor-relay', lower: null, upper: null });
  });
});

describe('normalizeUsage', () => {
  const header = 'date,country,tool,metric,value,lower,upper,coverage,source,licence\n';
  const row = '2021-02-03,MM,psiphon,users,,,,,psiphon,LicenseRef-psiphon-permission\n';
  it('keeps a withheld figure as null, never as zero', () => {
    expect(use(header + row, normalizeUsage).rows).toMatchObject([
      { value: null, source: 'psiphon', licence: 'psiphon-permission' },
    ]);
  });
  it('refuses a file with a column that could hold personal data', () => {
    for (const column of ['client_ip', 'sponsor', 'city', 'asn_ip', 'uuid', 'IP']) {
      const table = parseCsvTable(`date,country,tool,metric,value,source,licence,${column}\n`);
      const result = isProblem(table) ? table : normalizeUsage(table);
      expect(isProblem(result) && result.reason).toBe('refused_column');
    }
  });
  it('refuses duplicates, negative figures, unknown sources and licences', () => {
    const result = use(
      header +
        row +
        row +
        '2021-02-03,MM,tor-relay,users,-4,,,,tor-metrics,CC0-1.0\n' +
        '2021-02-03,UG,lantern,users,4,,,,somebody,CC0-1.0\n' +
        '2021-02-03,UG,psiphon,users,4,,,,psiphon,unknown\n' +
        '2021-02-03,WW,psiphon,users,4,,,,psiphon,CC0-1.0\n',
      normalizeUsage,
    );
    expect(result.rows).toHaveLength(1);
    expect(reasons(result)).toEqual([
      'duplicate_figure',
      'negative_count',
      'unknown_licence',
      'unknown_licence',
      'world_total',
    ]);
  });
  it('takes rows only of publishers of tool use, and under no licence but theirs', () => {
    const result = use(
      header +
        '2021-02-03,MM,tor-relay,users,4,,,,ooni,CC0-1.0\n' +
        '2021-02-03,UG,tor-relay,users,4,,,,mlab,CC0-1.0\n' +
        '2021-02-03,KE,tor-relay,users,4,,,,tor-metrics,CC-BY-4.0\n' +
        '2021-02-03,IR,tor-relay,users,4,,,,tor-metrics,CC0-1.0\n' +
        '2021-02-03,TR,psiphon,users,4,,,,psiphon,CC-BY-4.0\n',
      normalizeUsage,
    );
    expect(result.rows.map(({ probe_cc, licence }) => [probe_cc, licence])).toEqual([
      ['IR', 'cc0'],
      ['TR', 'cc-by'],
    ]);
    expect(reasons(result)).toEqual(Array(3).fill('unknown_licence'));
  });

  it('takes no name of the prototype for a tool or a figure', () => {
    const line = (tool: string, metric: string) =>
      `2024-03-01,IT,${tool},${metric},900,,,,psiphon,LicenseRef-psiphon-permission`;
    const head = 'date,country,tool,metric,value,lower,upper,coverage,source,licence';
    const text = [head, line('constructor', 'users'), line('psiphon', 'toString')].join('\n');
    expect(reasons(use(text, normalizeUsage))).toEqual(['invalid_csv', 'invalid_csv']);
  });

  it('never throws, whatever the cells hold', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string(), { minLength: 10, maxLength: 10 }), { maxLength: 5 }),
        (rows) => {
          const quoted = rows.map((cells) =>
            cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','),
          );
          const result = use(header + quoted.join('\n'), normalizeUsage);
          expect(result.rows.every((each) => each.value === null || each.value >= 0)).toBe(true);
        },
      ),
    );
  });
});

const bridge = sharedData('tor', 'userstats-bridge-country_2018-01-01_2020-04-25.csv');
describe.skipIf(bridge === null)('the real bridge file (skipped without ../shared/data)', () => {
  it('reads 175,460 rows, Namibia among them, the totals apart', () => {
    const result = use(readFileSync(bridge ?? '', 'utf8'), normalizeTorUse);
    expect(result.rows.length + result.problems.length).toBe(175_460);
    expect(result.rows.filter((row) => row.probe_cc === 'NA')).toHaveLength(830);
    expect(result.problems.filter(({ problem }) => problem.reason === 'world_total')).toHaveLength(
      833,
    );
    expect(new Set(result.problems.map(({ problem }) => problem.reason))).toEqual(
      new Set(['world_total', 'unknown_country', 'no_single_country']),
    );
  });
});
