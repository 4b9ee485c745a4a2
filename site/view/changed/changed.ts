/** What has changed between two releases: values side by side, and why, from what their manifests say. */
import type { Manifest } from '../../../data-build/contract/manifest.ts';
import { PUBLISHERS, type PublisherId } from '../../../data-build/contract/publishers.ts';
import { testSpec } from '../../../data-build/contract/vocabulary.ts';
import { translate, type MessageKey } from '../../i18n/translate.ts';
import type { DomainTotalRow } from '../../query/changed.ts';
import type { OutcomeCounts, TestRow, TotalRow } from '../../query/rows.ts';
import type { EventRow } from '../../query/witnesses.ts';
import { formatCount, formatDayRange, formatPercent } from '../format.ts';
import type { TableModel } from '../table.ts';

/** One number or word of a release, ready to read; null: the release has none. */
export interface Value {
  readonly key: string;
  readonly label: string;
  readonly text: string | null;
}

export interface Difference {
  readonly key: string;
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly changed: boolean;
}

/** Values of the same keys side by side, in the order of the older release, then what only the newer has. */
export function compareValues(
  before: readonly Value[],
  after: readonly Value[],
): readonly Difference[] {
  const byKey = new Map(after.map((value) => [value.key, value]));
  const known = new Set(before.map(({ key }) => key));
  const pairs = [
    ...before.map((value) => ({ old: value, now: byKey.get(value.key) ?? null })),
    ...after.filter(({ key }) => !known.has(key)).map((value) => ({ old: null, now: value })),
  ];
  return pairs.map(({ old, now }) => ({
    key: old?.key ?? now?.key ?? '',
    label: old?.label ?? now?.label ?? '',
    before: old?.text ?? null,
    after: now?.text ?? null,
    changed: (old?.text ?? null) !== (now?.text ?? null),
  }));
}

const COUNT_LABELS: readonly (readonly [keyof OutcomeCounts, MessageKey])[] = [
  ['measurement_count', 'changed.value.tests'],
  ['ok_count', 'changed.value.ok'],
  ['anomaly_count', 'changed.value.anomaly'],
  ['confirmed_count', 'changed.value.confirmed'],
  ['failure_count', 'changed.value.failure'],
];

function toCountValues(row: OutcomeCounts): readonly Value[] {
  const scored = row.measurement_count - row.failure_count;
  const signs = row.anomaly_count + row.confirmed_count;
  return [
    ...COUNT_LABELS.map(([key, label]) => ({
      key,
      label: translate(label),
      text: formatCount(row[key]),
    })),
    {
      key: 'rate',
      label: translate('changed.value.rate'),
      text: scored === 0 ? null : formatPercent(signs / scored),
    },
  ];
}

/** Totals of a place, network or test, and its tests one by one. */
export function toTotalValues(total: TotalRow, tests: readonly TestRow[]): readonly Value[] {
  return [
    ...toCountValues(total),
    {
      key: 'networks',
      label: translate('changed.value.networks'),
      text: total.network_count === null ? null : formatCount(total.network_count),
    },
    { key: 'first_day', label: translate('changed.value.first_day'), text: total.first_day },
    { key: 'last_day', label: translate('changed.value.last_day'), text: total.last_day },
    ...(tests.length < 2
      ? []
      : tests.map((row) => ({
          key: `test ${row.test_name}`,
          label: translate('changed.value.test', { test: testSpec(row.test_name).label }),
          text: translate('changed.value.signs', {
            signs: formatCount(row.anomaly_count + row.confirmed_count),
            tests: formatCount(row.measurement_count),
          }),
        }))),
  ];
}

export function toDomainValues(row: DomainTotalRow): readonly Value[] {
  return [
    ...toCountValues(row),
    {
      key: 'countries',
      label: translate('changed.value.countries'),
      text: formatCount(row.country_count),
    },
  ];
}

const EVENT_FIELDS = [
  'kind',
  'probe_cc',
  'probe_asn',
  'target',
  'blocking_method',
  'last_normal',
  'first_sign',
  'last_sign',
  'first_normal',
  'measurement_count',
  'anomaly_count',
  'confirmed_count',
  'network_count',
  'magnitude',
  'agreement',
  'robust',
  'detector_id',
] as const satisfies (keyof EventRow)[];

/** Every field of an event under its name in the data; empty when the release does not detect it. */
export function toEventValues(event: EventRow | null): readonly Value[] {
  if (event === null) return [];
  return EVENT_FIELDS.map((key) => {
    const value = event[key];
    return { key, label: key, text: value === null ? null : String(value) };
  });
}

/** Every cell of the table of a chart, named by its row and column. */
export function toTableValues({ columns, rows }: TableModel): readonly Value[] {
  return rows.flatMap(({ key, cells }) =>
    columns.slice(1).map((column, index) => ({
      key: `${key}\n${column.key}`,
      label: `${cells[0]?.text ?? key}, ${column.label}`,
      text: cells[index + 1]?.text ?? null,
    })),
  );
}

/** Why numbers can differ: rules, data, coverage, one sentence each. Never empty. `ruleReasons`: which rules, if known. */
export function toReasons(
  before: Manifest,
  after: Manifest,
  ruleReasons: readonly string[] = [],
): readonly string[] {
  const reasons: string[] = [];
  if (before.rules_version !== after.rules_version)
    reasons.push(
      translate('changed.why.rules', { before: before.rules_version, after: after.rules_version }),
      ...ruleReasons,
    );
  if (before.contract_version !== after.contract_version)
    reasons.push(
      translate('changed.why.contract', {
        before: before.contract_version,
        after: after.contract_version,
      }),
    );
  for (const id of publisherIds(before, after)) reasons.push(...dumpReasons(id, before, after));
  const ranges = [before, after].map(({ since, until }) =>
    since === null || until === null ? '' : formatDayRange(since, until),
  );
  if (ranges[0] !== ranges[1])
    reasons.push(
      translate('changed.why.days', { before: ranges[0] ?? '', after: ranges[1] ?? '' }),
    );
  return reasons.length === 0 ? [translate('changed.why.nothing')] : reasons;
}

function publisherIds(before: Manifest, after: Manifest): readonly PublisherId[] {
  return [...new Set([...before.sources, ...after.sources].map(({ id }) => id))];
}

function dumpReasons(id: PublisherId, before: Manifest, after: Manifest): readonly string[] {
  const dumpsOf = ({ sources }: Manifest) =>
    new Set(
      sources
        .filter((source) => source.id === id)
        .flatMap(({ dumps }) => dumps.map((d) => d.sha256)),
    );
  const old = dumpsOf(before);
  const now = dumpsOf(after);
  const source = PUBLISHERS[id].name;
  const added = [...now].filter((sha) => !old.has(sha)).length;
  const removed = [...old].filter((sha) => !now.has(sha)).length;
  return [
    ...(added === 0 ? [] : [translate('changed.why.added', { n: added, source })]),
    ...(removed === 0 ? [] : [translate('changed.why.removed', { n: removed, source })]),
  ];
}
