/** Use beside reachability: what tests of a tool showed in each place, how fast it connected, and how much it is used. */
import { addDays, type Day } from '../../data-build/contract/brands.ts';
import { formatMetric, formatTool } from '../../data-build/contract/event-terms.ts';
import { FLOORS } from '../../data-build/contract/floors.ts';
import { isolate } from '../../data-build/words/isolate.ts';
import { formatPlaceName } from '../../data-build/words/place.ts';
import { translate } from '../i18n/translate.ts';
import type { TestPlaceRow } from '../query/tests.ts';
import type { ConnectRow, UseRow } from '../query/tool-tests.ts';
import { groupBy } from './day-rows.ts';
import { formatCount, formatDayRange, formatItems, formatTickNumber } from './format.ts';
import { aloneColumn, floorOf, formatRate, toRate, type Rate } from './rate.ts';
import { dropEmptyColumns, type TableCell, type TableModel } from './table.ts';

export interface ToolTest {
  /** `Tor`. */
  readonly label: string;
  readonly places: readonly TestPlaceRow[];
  readonly connected: readonly ConnectRow[];
  readonly use: readonly UseRow[];
}

const NOTHING: TableCell = { text: '', sort: null };

/** Places with tests or figures, those with most tests first; null where there is neither speed nor use to show. */
export function toToolReach({ label, places, connected, use }: ToolTest): TableModel | null {
  if (connected.length === 0 && use.length === 0) return null;
  const tests = new Map(places.map((row) => [row.probe_cc, row]));
  const times = new Map(connected.map((row) => [row.probe_cc, row]));
  const used = groupBy(use, ({ probe_cc }) => probe_cc);
  const testsOf = (code: TestPlaceRow['probe_cc']): number =>
    tests.get(code)?.measurement_count ?? 0;
  const codes = [...new Set([...tests.keys(), ...used.keys()])].sort(
    (a, b) => testsOf(b) - testsOf(a) || (a < b ? -1 : 1),
  );
  const rates = new Map(codes.map((code) => [code, rateOf(tests.get(code))]));
  const alone = aloneColumn([...rates.values()]);
  const table = dropEmptyColumns({
    caption: '',
    caveats: [translate('test.use.lede', { test: label })],
    columns: [
      { key: 'probe_cc', label: translate('ranked.places.column'), numeric: false },
      { key: 'rate', label: translate('table.rate'), numeric: true },
      ...alone.columns,
      { key: 'connect', label: translate('test.use.connect'), numeric: true },
      { key: 'use', label: translate('test.use.clients'), numeric: true },
      { key: 'days', label: translate('test.use.days'), numeric: false },
    ],
    rows: codes.map((code) => {
      const name = formatPlaceName(code);
      const rate = rates.get(code) ?? rateOf(undefined);
      return {
        key: code,
        cells: [
          { text: name, sort: name },
          { text: formatRate(rate), sort: rate.kind === 'rate' ? rate.rate : null },
          ...alone.cells(rate),
          toTimeCell(times.get(code)),
          ...toUseCells(used.get(code) ?? []),
        ],
      };
    }),
  });
  const has = (key: string): boolean => table.columns.some((column) => column.key === key);
  const both = has('connect') && has('use');
  const one = has('connect') ? 'test.use.fast' : 'test.use.much';
  return { ...table, caption: translate(both ? 'test.use' : one) };
}

function rateOf(row: TestPlaceRow | undefined): Rate {
  return toRate(row ?? null, row === undefined ? FLOORS.country : floorOf(row));
}

/** A median of few is no speed of the place. */
function toTimeCell(row: ConnectRow | undefined): TableCell {
  if (row === undefined) return NOTHING;
  const n = formatCount(row.connected);
  if (row.connected < FLOORS.country.tests)
    return { text: translate('floor.too_few', { n, short: 'tests' }), sort: null };
  const seconds = formatTickNumber(Number(row.median_s.toPrecision(2)));
  return { text: translate('test.use.seconds', { seconds, n }), sort: row.median_s };
}

/** Tools are named apart and never added. */
function toUseCells(rows: readonly UseRow[]): readonly TableCell[] {
  const [first] = rows.map(({ first_day }) => first_day).toSorted();
  const last = rows
    .map(({ last_day }) => last_day)
    .toSorted()
    .at(-1);
  if (first === undefined || last === undefined) return [NOTHING, NOTHING];
  const words = rows.map(({ tool, metric, median_value }) =>
    translate('test.use.figure', {
      tool: isolate(formatTool(tool)),
      metric: formatMetric(metric),
      value: formatCount(
        median_value < 100 ? Math.round(median_value) : Number(median_value.toPrecision(3)),
      ),
    }),
  );
  return [
    { text: formatItems(words), sort: Math.max(...rows.map(({ median_value }) => median_value)) },
    { text: formatRange(first, last), sort: first },
  ];
}

/** Both inclusive. */
function formatRange(first: Day, last: Day): string {
  return formatDayRange(first, addDays(last, 1), 'short');
}
