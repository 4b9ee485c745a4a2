/** Tests compared: how often each showed signs of interference, grouped by what they look at. */
import { joinSentences } from '../../../data-build/words/sentences.ts';
import { outcomeNotes, sumOutcomes } from '../../view/outcome-counts.ts';
import { FLOORS } from '../../../data-build/contract/floors.ts';
import { TEST_GROUPS, testSpec, type TestGroup } from '../../../data-build/contract/vocabulary.ts';
import { translate } from '../../i18n/translate.ts';
import type { TestRow } from '../../query/rows.ts';
import {
  formatExtent,
  formatFrame,
  formatNetworks,
  formatScope,
  totalFloor,
  type ChartWords,
  type ViewContext,
} from '../../view/context.ts';
import { sayUsual } from '../../view/evidence.ts';
import { formatCount, formatPercent } from '../../view/format.ts';
import {
  aloneColumn,
  aloneNotes,
  formatFloor,
  formatNoRate,
  formatShare,
  partFloor,
  toRate,
  type Rate,
  rateCells,
  rateColumns,
} from '../../view/rate.ts';
import type { ChartSelection } from '../../view/selection.ts';
import type { TableModel } from '../../view/table.ts';
import { partBars } from '../rate-bars/view.ts';

export interface TestEntry {
  readonly test_name: string;
  readonly label: string;
  readonly rate: Rate;
  /** How many of the tests were confirmed. */
  readonly confirmed: number;
  /** `83 of 142`, `too few tests (n = 7)`, `unscored (n = 12)`. */
  readonly text: string;
  readonly row: TestRow;
}

export interface TestGroupEntry {
  readonly group: TestGroup;
  readonly label: string;
  readonly tests: readonly TestEntry[];
}

export interface TestsView extends ChartWords {
  readonly chart: 'tests';
  readonly context: ViewContext;
  /** Groups in the order of the vocabulary; inside, the highest rate first. */
  readonly groups: readonly TestGroupEntry[];
}

export function toTests(rows: readonly TestRow[], context: ViewContext): TestsView {
  const entries = rows.map((row) => toEntry(row, context)).sort(compareEntries);
  const groups = Object.entries(TEST_GROUPS).flatMap(([group, { label }]): TestGroupEntry[] => {
    const tests = entries.filter(({ test_name }) => testSpec(test_name).group === group);
    return tests.length === 0 ? [] : [{ group: testGroup(group), label, tests }];
  });
  const totals = sumOutcomes(rows);
  const few = entries.some(({ rate }) => rate.kind === 'too_few');
  const notes = [
    translate('note.interval'),
    ...aloneNotes(entries.map(({ rate }) => rate)),
    ...(few ? [translate('note.floor', { floor: formatFloor(totalFloor(context)) })] : []),
    ...outcomeNotes(totals),
  ];
  const title = toTitle(entries, context);
  return {
    chart: 'tests',
    context,
    groups,
    title,
    subtitle: translate('chart.tests.subtitle'),
    desc: joinSentences([formatExtent(totals.measurement_count, context), ...notes]),
    notes,
    table: toTable(title, groups, notes),
  };
}

export function selectTests(view: TestsView, shown: ChartSelection): TestsView {
  const groups = view.groups.map((group) => ({ ...group, tests: partBars(group.tests, shown) }));
  return { ...view, groups: groups.filter(({ tests }) => tests.length > 0) };
}

/** All tests of a view, in its order. */
export function testRows({ groups }: TestsView): readonly TestRow[] {
  return groups.flatMap(({ tests }) => tests.map(({ row }) => row));
}

function testGroup(name: string): TestGroup {
  const groups: readonly TestGroup[] = [
    'websites',
    'apps',
    'circumvention',
    'middleboxes',
    'performance',
    'experimental',
  ];
  return groups.find((group) => group === name) ?? 'experimental';
}

function toEntry(row: TestRow, context: ViewContext): TestEntry {
  const floor = context.network === null ? partFloor(row, context.networkCount) : FLOORS.network;
  const rate = toRate(row, floor);
  return {
    test_name: row.test_name,
    label: testSpec(row.test_name).label,
    rate,
    confirmed: row.confirmed_count,
    text: toText(row, rate),
    row,
  };
}

function toText(row: TestRow, rate: Rate): string {
  if (rate.kind === 'rate') return formatShare(rate);
  if (rate.kind === 'not_tested' && row.unscored_count > 0) {
    const n = formatCount(row.unscored_count);
    return translate('rate.unscored', { n });
  }
  return formatNoRate(rate);
}

/** Rates first, highest on top; then the others by how often they were run. */
function compareEntries(a: TestEntry, b: TestEntry): number {
  const rateOf = ({ rate }: TestEntry): number => (rate.kind === 'rate' ? rate.rate : -1);
  const runs = ({ row }: TestEntry): number => row.measurement_count + row.unscored_count;
  return rateOf(b) - rateOf(a) || runs(b) - runs(a) || (a.test_name < b.test_name ? -1 : 1);
}

function toTitle(entries: readonly TestEntry[], context: ViewContext): string {
  const words = { scope: formatScope(context), range: formatFrame(context) };
  const top = entries[0];
  if (top === undefined) return translate('chart.outcomes.title.none', words);
  if (top.rate.kind !== 'rate') return translate('chart.tests.title.none', words);
  if (top.rate.signs === 0) return translate('chart.tests.title.ok', words);
  const compared = entries.filter(({ rate }) => rate.kind === 'rate').length;
  const found = {
    ...words,
    test: top.label,
    percent: formatPercent(top.rate.rate),
    share: formatShare(top.rate),
  };
  return sayUsual(translate('chart.tests.title.top', { ...found, compared }), entries);
}

function toTable(
  caption: string,
  groups: readonly TestGroupEntry[],
  caveats: readonly string[],
): TableModel {
  const alone = aloneColumn(groups.flatMap(({ tests }) => tests.map(({ rate }) => rate)));
  return {
    caption,
    caveats,
    columns: [
      { key: 'test_name', label: translate('table.test'), numeric: false },
      { key: 'group', label: translate('table.group'), numeric: false },
      ...rateColumns(),
      { key: 'confirmed', label: translate('ranked.confirmed'), numeric: true },
      { key: 'network_count', label: translate('table.network_count'), numeric: true },
      { key: 'day_count', label: translate('table.days'), numeric: true },
      ...alone.columns,
    ],
    rows: groups.flatMap(({ label: group, tests }) =>
      tests.map(({ test_name, label, rate, row, text }) => {
        const [first, ...rest] = rateCells(rate);
        const shown =
          first !== undefined && rate.kind === 'not_tested' ? { ...first, text } : first;
        return {
          key: test_name,
          cells: [
            { text: label, sort: label },
            { text: group, sort: group },
            ...(shown === undefined ? [] : [shown]),
            ...rest,
            { text: formatCount(row.confirmed_count), sort: row.confirmed_count },
            {
              text:
                row.network_count === null ? formatNetworks(null) : formatCount(row.network_count),
              sort: row.network_count,
            },
            {
              text: translate('count.days', { n: row.day_count }),
              sort: row.day_count,
            },
            ...alone.cells(rate),
          ],
        };
      }),
    ),
  };
}
