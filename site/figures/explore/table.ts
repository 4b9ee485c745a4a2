/** The table behind a chart that a reader built: a row per cell, every number that the chart and its words use. */
import { translate, type MessageKey } from '../../i18n/translate.ts';
import type { ExploreQuestion } from '../../query/explore-question.ts';
import type { ExploreCell } from './cells.ts';
import { isSpeed, speedUnit } from '../../state/measures.ts';
import { formatAmount } from './words.ts';
import { formatCount, formatPercent } from '../../view/format.ts';
import { aloneColumn, formatNoRate } from '../../view/rate.ts';
import type { TableCell, TableColumn, TableModel } from '../../view/table.ts';

/** Dimensions whose values are data as they were published. */
const VERBATIM: ReadonlySet<string> = new Set(['domain', 'probe_asn']);

interface Column extends TableColumn {
  readonly cell: (cell: ExploreCell) => TableCell;
}

export function toExploreTable(made: {
  readonly title: string;
  readonly cells: readonly ExploreCell[];
  readonly caveats: readonly string[];
  readonly question: ExploreQuestion;
}): TableModel {
  const { title, cells, caveats, question } = made;
  const columns = toColumns(question, cells);
  return {
    caption: title,
    caveats,
    columns: columns.map(({ key, label, numeric, verbatim = false }) => ({
      key,
      label,
      numeric,
      verbatim,
    })),
    rows: cells.map((cell) => ({
      key: cell.key,
      cells: columns.map((column) => column.cell(cell)),
    })),
  };
}

function toColumns(
  { measure, x, series }: ExploreQuestion,
  cells: readonly ExploreCell[],
): readonly Column[] {
  const alone = aloneColumn(cells.flatMap(({ rate }) => rate ?? []));
  const words = (key: MessageKey): string => translate(key);
  const count = (
    key: string,
    label: MessageKey,
    of: (cell: ExploreCell) => number | null,
  ): Column => ({
    key,
    label: words(label),
    numeric: true,
    cell: (cell) => {
      const value = of(cell);
      return value === null
        ? { text: words('table.unknown'), sort: null }
        : { text: formatCount(value), sort: value };
    },
  });
  const bound = (key: 'lower' | 'upper'): Column => ({
    key,
    label: words(`explore.column.${key}`),
    numeric: true,
    cell: ({ rate }) =>
      rate?.kind === 'rate'
        ? { text: formatPercent(rate[key]), sort: rate[key] }
        : { text: '', sort: null },
  });
  const share: Column = {
    key: 'rate',
    label: words(measure === 'methods' ? 'explore.column.share' : 'table.rate'),
    numeric: true,
    cell: ({ rate }) => {
      if (rate === null) return { text: '', sort: null };
      return rate.kind === 'rate'
        ? { text: formatPercent(rate.rate), sort: rate.rate }
        : { text: formatNoRate(rate), sort: null };
    },
  };
  const figure = (label: MessageKey): Column => ({
    key: 'value',
    label: words(label),
    numeric: true,
    cell: ({ value, text }) =>
      value === null ? { text, sort: null } : { text: formatAmount(value, measure), sort: value },
  });
  const names: readonly Column[] = [
    {
      key: x === 'measurement_start_day' ? 'period' : x,
      label: words(`explore.column.${x}`),
      numeric: false,
      verbatim: VERBATIM.has(x),
      cell: ({ x: value, xLabel, incomplete }) => ({
        text:
          incomplete === null
            ? xLabel
            : translate(`table.period.${incomplete}`, { period: xLabel }),
        sort: x === 'probe_asn' ? Number(value) : value,
      }),
    },
    ...(series === null
      ? []
      : [
          {
            key: `series_${series}`,
            label: words(`explore.column.${series}`),
            numeric: false,
            verbatim: VERBATIM.has(series),
            cell: ({ series: value, seriesLabel }: ExploreCell): TableCell => ({
              text: seriesLabel ?? '',
              sort: value,
            }),
          },
        ]),
  ];
  const tests = count('tests', 'table.tests_with_verdict', ({ row }) => row.tests);
  const breadth = [
    count('networks', 'table.network_count', ({ row }) => row.networks),
    count('days', 'table.days', ({ row }) => row.days),
  ];
  if (isSpeed(measure))
    return [
      ...names,
      figure(`explore.column.${speedUnit(measure)}`),
      count('tests', 'table.tests', ({ row }) => row.tests),
    ];
  switch (measure) {
    case 'rate':
      return [
        ...names,
        share,
        bound('lower'),
        bound('upper'),
        count('signs', 'table.signs', ({ row }) => row.signs),
        tests,
        ...breadth,
        ...alone.columns.map((column): Column => ({
          ...column,
          cell: ({ rate }) =>
            (rate === null ? [] : alone.cells(rate))[0] ?? { text: '', sort: null },
        })),
      ];
    case 'tests':
      return [
        ...names,
        count('measurement_count', 'table.tests', ({ value }) => value),
        count('failures', 'explore.column.failures', ({ row }) => row.failures),
        ...breadth,
      ];
    case 'confirmed':
      return [
        ...names,
        count('confirmed', 'explore.column.confirmed', ({ row }) => row.confirmed),
        tests,
        ...breadth,
      ];
    case 'methods':
      return [
        ...names,
        share,
        bound('lower'),
        bound('upper'),
        count('signs', 'explore.column.by_method', ({ row }) => row.signs),
        count('tests', 'explore.column.of_signs', ({ row }) => row.tests),
      ];
    case 'tool_use':
      return [
        ...names,
        figure('explore.column.clients'),
        count('days', 'table.days', ({ row }) => row.days),
      ];
  }
}
