import { expect, it } from 'vitest';
import { compareValues, toReasons, toTotalValues } from '../../site/view/changed/changed.ts';
import { verdictOf, whatIsCompared } from '../../site/view/changed/verdict.ts';
import type { Manifest } from '../../data-build/contract/manifest.ts';
import { toCountryCode, toDay } from '../../data-build/contract/brands.ts';
import { toDictionary } from '../../data-build/write/dictionary.ts';
import { hashOf } from '../../data-build/hash.ts';
import { parseRules, toRuleReasons } from '../../site/view/changed/rules.ts';

const total = {
  measurement_count: 52,
  ok_count: 9,
  anomaly_count: 41,
  confirmed_count: 0,
  failure_count: 2,
  unscored_count: 0,
  network_count: 6,
  day_count: 3,
  test_count: 1,
  country_count: 1,
  first_day: toDay('2024-05-01'),
  last_day: toDay('2024-05-14'),
};

it('sets values side by side and marks those that differ', () => {
  const now = { ...total, measurement_count: 53, ok_count: 10 };
  const differences = compareValues(toTotalValues(total, []), toTotalValues(now, []));
  expect(differences.filter(({ changed }) => changed)).toEqual([
    expect.objectContaining({ key: 'measurement_count', before: '52', after: '53' }),
    expect.objectContaining({ key: 'ok_count', before: '9', after: '10' }),
    expect.objectContaining({ key: 'rate', before: '82%', after: '80%' }),
  ]);
});

it('keeps what only one of the two has', () => {
  const one = [{ key: 'a', label: 'A', text: '1' }];
  const other = [{ key: 'b', label: 'B', text: '2' }];
  expect(compareValues(one, other)).toEqual([
    { key: 'a', label: 'A', before: '1', after: null, changed: true },
    { key: 'b', label: 'B', before: null, after: '2', changed: true },
  ]);
});

it('tells what only the newer release has from what has changed in a chart', () => {
  const value = (key: string, before: string | null, after: string | null) => ({
    key,
    label: key,
    before,
    after,
    changed: before !== after,
  });
  const [same, other, added] = [value('a', '1', '1'), value('b', '1', '2'), value('c', null, '3')];
  expect(verdictOf([same, added], 'chart')).toBe('Nothing has changed: the value is the same');
  expect(verdictOf([same, other, added], 'chart')).toBe('1 of 2 values has changed');
  expect(verdictOf([same, added], 'country')).toBe('1 of 2 values has changed');
  expect(verdictOf([added], 'chart')).toContain('older release has nothing');
  expect(verdictOf([value('a', '1', null)], 'chart')).toContain('present release has nothing');
  expect(verdictOf([], 'chart')).toBeNull();
});

it('says what was compared, and never more', () => {
  const probeCc = toCountryCode('KE') ?? expect.fail('KE is a code.');
  const country = { kind: 'country', probeCc } as const;
  expect(whatIsCompared({ page: country, chart: 'throughput' }, 'Speed')).toContain('“Speed”');
  expect(whatIsCompared({ page: country, chart: 'gone' }, null)).toMatch(
    /“gone”, which is no chart of its page now\. .* tests of interference alone/,
  );
  expect(whatIsCompared({ page: country, chart: null }, null)).toMatch(/^The link names no chart/);
  expect(whatIsCompared({ page: { kind: 'theme', slug: 'news' }, chart: null }, null)).toBeNull();
});

const manifest: Manifest = {
  contract_version: '1.0.0',
  data_version: '2024-05-14-00000000',
  synthetic: false,
  edition: 'all',
  rules_version: '1.0.0',
  since: toDay('2024-05-01'),
  until: toDay('2024-05-15'),
  sources: [],
  cells: { measurements: 0, aggregation: 0, reconciled: 0, superseded: 0 },
  files: [],
};
const withDumps = (...names: readonly string[]): Manifest => ({
  ...manifest,
  sources: [
    {
      id: 'ooni',
      name: 'OONI',
      licence: '',
      licence_url: '',
      attribution: '',
      citation: '',
      url: '',
      dumps: names.map((name) => ({ path: name, sha256: hashOf(name), rows_in: 1 })),
      since: null,
      until: null,
      rows_in: 0,
      rows_out: 0,
      rejects: [],
    },
  ],
});

it('says why: rules, data added and removed, days; or that nothing of these differs', () => {
  expect(toReasons(manifest, manifest)).toEqual([expect.stringContaining('are the same')]);
  expect(toReasons(manifest, { ...manifest, rules_version: '1.1.0' })).toEqual([
    expect.stringContaining('version 1.0.0 then, 1.1.0 now'),
  ]);
  const [rules, detail, ...others] = toReasons(manifest, { ...manifest, rules_version: '2' }, [
    'x',
  ]);
  expect([rules, detail, others]).toEqual([expect.stringContaining('1.0.0 then'), 'x', []]);
  expect(toReasons(manifest, manifest, ['x'])).not.toContain('x');
  expect(toReasons(withDumps('a', 'b'), withDumps('b', 'c', 'd'))).toEqual([
    'OONI: 2 files of data were added.',
    'OONI: 1 file of data was removed.',
  ]);
  expect(toReasons(manifest, { ...manifest, until: toDay('2024-05-20') })[0]).toMatch(
    /days covered/,
  );
});

it('names the rules that are new, gone or say something else', () => {
  const rules = (...stated: readonly (readonly [string, string])[]) =>
    parseRules({ rules: stated.map(([id, reason]) => ({ id, reason })) }) ?? [];
  const before = rules(['dns.a', 'one'], ['tcp.b', 'two'], ['tls.c', 'three']);
  const after = rules(['dns.a', 'one'], ['tcp.b', 'another'], ['http.d', 'four'], ['http.e', 'x']);
  expect(toRuleReasons(before, after)).toEqual([
    'Rules added: http.d and http.e.',
    'Rule no longer used: tls.c.',
    'Rule that says something else: tcp.b.',
  ]);
  expect(toRuleReasons(before, before)).toEqual([expect.stringContaining('read the same')]);
  const many = rules(...'abcdefgh'.split('').map((id) => [id, ''] as const));
  expect(toRuleReasons(many, before)[1]).toBe(
    'Rules no longer used: a, b, c, d, e, f, and 2 more.',
  );
});

it('reads rules from a dictionary, and nothing from anything else', () => {
  expect(parseRules(null)).toBeNull();
  expect(parseRules({ rules: 'none' })).toBeNull();
  expect(parseRules({ rules: [{ id: 7 }, null] })).toBeNull();
  expect(parseRules(toDictionary())?.map(({ id }) => id)).toContain('envelope.too_old');
});
