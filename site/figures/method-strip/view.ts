/** Which method led on each network, period by period, and where it changed. */
import { joinSentences } from '../../../data-build/words/sentences.ts';
import type { Asn, Day } from '../../../data-build/contract/brands.ts';
import { FLOORS } from '../../../data-build/contract/floors.ts';
import { BLOCKING_METHODS, type BlockingMethod } from '../../../data-build/contract/vocabulary.ts';
import { translate } from '../../i18n/translate.ts';
import type { NetworkMethodRow } from '../../query/networks.ts';
import {
  formatFrame,
  formatScope,
  daysNotes,
  problemNotes,
  type ChartWords,
  type ViewContext,
} from '../../view/context.ts';
import { groupBy } from '../../view/day-rows.ts';
import { formatAsn, formatCount, formatPeriod } from '../../view/format.ts';
import { formatShare } from '../../view/rate.ts';
import type { TableModel } from '../../view/table.ts';
import { toPeriods, type Period } from '../../view/time-frame.ts';

export type MethodCellKind = 'method' | 'unnamed' | 'few' | 'none';

export interface MethodCell extends Period {
  readonly label: string;
  /** `few`: fewer tests with signs than the floor of a cell; `unnamed`: most of them name no method. */
  readonly kind: MethodCellKind;
  readonly method: BlockingMethod | null;
  /** Tests by the leading method. */
  readonly count: number;
  readonly signs: number;
  /** The leading method before, where this one differs. */
  readonly before: BlockingMethod | null;
}

export interface MethodStripEntry {
  readonly probe_asn: Asn;
  /** `AS33771`. */
  readonly number: string;
  readonly name: string | null;
  readonly signs: number;
  /** Periods with tests. */
  readonly cells: readonly MethodCell[];
}

export interface MethodStripView extends ChartWords {
  readonly chart: 'method-strip';
  readonly context: ViewContext;
  /** Networks with signs, most of them first. */
  readonly networks: readonly MethodStripEntry[];
  /** Methods that lead somewhere. */
  readonly methods: readonly { readonly method: BlockingMethod; readonly label: string }[];
}

/** Changes spelled out under the chart; the table has all. */
const SPELLED = 4;

/** `rows` are of one place; the frame's grain must be the rows'. */
export function toMethodStrip(
  rows: readonly NetworkMethodRow[],
  context: ViewContext,
): MethodStripView {
  const { frame } = context;
  const networks = [...groupBy(rows, ({ probe_asn }) => probe_asn).values()]
    .flatMap((group) => toEntry(group, context) ?? [])
    .sort((a, b) => b.signs - a.signs || a.probe_asn - b.probe_asn);
  const judged = networks.filter(isNamed);
  const changed = judged.filter(({ cells }) => cells.some(({ before }) => before !== null));
  const led = new Set(judged.flatMap(({ cells }) => cells.flatMap(({ method }) => method ?? [])));
  const words = {
    scope: formatScope(context),
    range: formatFrame(context),
    n: formatCount(changed.length),
    m: formatCount(judged.length),
  };
  const title = translate(
    judged.length === 0
      ? 'strip.title.none'
      : changed.length === 0
        ? 'strip.title.same'
        : 'strip.title',
    words,
  );
  const changes = changeSentences(changed, context);
  const floor = translate('strip.floor', { n: FLOORS.heatmapCell.tests });
  const notes = [
    floor,
    ...changes.slice(0, SPELLED),
    ...(changes.length > SPELLED ? [translate('strip.more', { n: changes.length - SPELLED })] : []),
  ];
  const extent = translate('strip.desc', { ...words, n: formatCount(networks.length) });
  return {
    chart: 'method-strip',
    context,
    networks,
    methods: methodNames()
      .filter((method) => led.has(method))
      .map((method) => ({ method, label: BLOCKING_METHODS[method].label })),
    title,
    subtitle: translate(frame.grain === 'month' ? 'strip.subtitle.month' : 'strip.subtitle.week'),
    desc: joinSentences([extent, ...notes, ...daysNotes(context)]),
    notes,
    table: toTable(title, networks, [floor, ...problemNotes(context)]),
  };
}

/** Whether any of its weeks or months has a leading method, so that there is something to see. */
export function isNamed({ cells }: MethodStripEntry): boolean {
  return cells.some(({ kind }) => kind === 'method');
}

function methodNames(): readonly BlockingMethod[] {
  const known = (name: string): name is BlockingMethod => name in BLOCKING_METHODS;
  return Object.keys(BLOCKING_METHODS).filter(known);
}

/** Null: no signs on this network in the frame. */
function toEntry(
  rows: readonly NetworkMethodRow[],
  { frame }: ViewContext,
): MethodStripEntry | null {
  const [first] = rows;
  const byPeriod = groupBy(rows, ({ period }): Day => period);
  let led: BlockingMethod | null = null;
  let signs = 0;
  const cells: MethodCell[] = [];
  for (const period of toPeriods(frame)) {
    const group = byPeriod.get(period.start);
    if (group === undefined) continue;
    const cell = toCell(group);
    signs += cell.signs;
    const steady = cell.kind === 'method' && cell.count * 2 >= cell.signs;
    cells.push({
      ...period,
      ...cell,
      label: formatPeriod(period.start, frame.grain),
      before: steady && led !== null && led !== cell.method ? led : null,
    });
    if (steady) led = cell.method;
  }
  return first === undefined || signs === 0
    ? null
    : {
        probe_asn: first.probe_asn,
        number: formatAsn(first.probe_asn),
        name: first.name,
        signs,
        cells,
      };
}

function toCell(
  rows: readonly NetworkMethodRow[],
): Pick<MethodCell, 'kind' | 'method' | 'count' | 'signs'> {
  const signs = rows.reduce((sum, row) => sum + row.signs, 0);
  const none = { method: null, count: 0, signs };
  if (signs === 0) return { kind: 'none', ...none };
  if (signs < FLOORS.heatmapCell.tests) return { kind: 'few', ...none };
  const counts = new Map<BlockingMethod | null, number>();
  for (const row of rows)
    counts.set(row.blocking_method, (counts.get(row.blocking_method) ?? 0) + row.signs);
  const [top] = [...counts].sort(([a, x], [b, y]) => y - x || ((a ?? '') < (b ?? '') ? -1 : 1));
  if (top === undefined || top[0] === null) return { kind: 'unnamed', ...none };
  return { kind: 'method', method: top[0], count: top[1], signs };
}

function changeSentences(
  networks: readonly MethodStripEntry[],
  { frame }: ViewContext,
): readonly string[] {
  return networks.flatMap(({ number, name, cells }) =>
    cells.flatMap(({ before, method, label, count, signs }) =>
      before === null || method === null
        ? []
        : [
            translate(frame.grain === 'month' ? 'strip.changed.month' : 'strip.changed', {
              network: name === null ? number : `${number} ${name}`,
              before: BLOCKING_METHODS[before].label,
              after: BLOCKING_METHODS[method].label,
              period: label,
              count: formatCount(count),
              signs: formatCount(signs),
            }),
          ],
    ),
  );
}

/** Words of a cell without a leading method, or the method's own. */
export function formatCell({ kind, method }: MethodCell): string {
  if (method !== null) return BLOCKING_METHODS[method].label;
  return translate(kind === 'method' ? 'strip.unnamed' : `strip.${kind}`);
}

/** Its tests by the leading method of those with signs, or how many had signs. */
export function formatCellCount({ kind, count, signs }: MethodCell): string {
  return kind === 'method' ? formatShare({ signs: count, tests: signs }) : formatCount(signs);
}

function toTable(
  caption: string,
  networks: readonly MethodStripEntry[],
  caveats: readonly string[],
): TableModel {
  return {
    caption,
    caveats,
    columns: [
      { key: 'probe_asn', label: translate('table.network'), numeric: false, verbatim: true },
      { key: 'name', label: translate('table.name'), numeric: false, verbatim: true },
      { key: 'period', label: translate('table.period'), numeric: false },
      { key: 'method', label: translate('strip.column.method'), numeric: false },
      { key: 'count', label: translate('strip.column.share'), numeric: true },
      { key: 'change', label: translate('strip.column.change'), numeric: false },
    ],
    rows: networks.flatMap(({ probe_asn, number, name, cells }) =>
      cells
        .filter(({ kind }) => kind !== 'none')
        .map((cell) => ({
          key: `${probe_asn} ${cell.start}`,
          cells: [
            { text: number, sort: probe_asn },
            { text: name ?? '', sort: name },
            { text: cell.label, sort: cell.start },
            { text: formatCell(cell), sort: formatCell(cell) },
            {
              text: formatCellCount(cell),
              sort: cell.kind === 'method' ? cell.count : cell.signs,
            },
            cell.before === null
              ? { text: '', sort: null }
              : {
                  text: translate('strip.was', { before: BLOCKING_METHODS[cell.before].label }),
                  sort: cell.before,
                },
          ],
        })),
    ),
  };
}
