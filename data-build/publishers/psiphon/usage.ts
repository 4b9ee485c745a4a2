/** The table of tool use, which may hold figures of several publishers. */
import { isProblem, type Problem, problem } from '../../contract/problem.ts';
import {
  isPublisherId,
  LICENCES,
  type LicenceSlug,
  PUBLISHERS,
  type PublisherId,
} from '../../contract/publishers.ts';
import { METRICS, MOST_IN_A_DAY, TOOLS } from '../../contract/tools.ts';
import {
  normalizePlace,
  normalizeTable,
  parseFigures,
  refusedColumn,
} from '../../normalize/figure-table.ts';
import { toFigureDay } from '../../normalize/time.ts';
import type { CsvRow, CsvTable } from '../../parse/csv-table.ts';
import type { Normalized, PartRow } from '../../parts.ts';

const NEEDED = ['date', 'country', 'tool', 'metric', 'value', 'source', 'licence'];

/**
 * The usage CSV: `date,country,tool,metric,value,lower,upper,coverage,source,licence`. One row per date,
 * country, tool and metric; an empty value is a withheld one. `WW` totals are kept out of the sums.
 */
export function normalizeUsage(table: CsvTable): Normalized<'tool_use'> | Problem {
  const refused = refusedColumn(table.columns);
  if (refused !== null) return problem('refused_column', refused);
  const seen = new Set<string>();
  return normalizeTable(table, NEEDED, (row) => {
    const result = normalizeRow(row);
    if (isProblem(result)) return result;
    const key = `${result.day} ${result.probe_cc} ${result.tool} ${result.metric}`;
    if (seen.has(key)) return problem('duplicate_figure', key);
    seen.add(key);
    return result;
  });
}

function normalizeRow(row: CsvRow): PartRow<'tool_use'> | Problem {
  const cell = (name: string): string => row.cells.get(name)?.trim() ?? '';
  const day = toFigureDay(cell('date'));
  if (day === null) return problem('invalid_csv', `date ${cell('date')}`);
  const place = normalizePlace(cell('country'));
  if (isProblem(place)) return place;
  const tool = cell('tool');
  if (!Object.hasOwn(TOOLS, tool) && !/^other:[a-z0-9-]{1,32}$/.test(tool)) {
    return problem('invalid_csv', `tool ${tool}`);
  }
  const metric = cell('metric');
  if (!isMetric(metric)) return problem('invalid_csv', `metric ${metric}`);
  const source = cell('source');
  if (!isPublisherId(source) || !PUBLISHERS[source].tables.includes('circumvention_daily'))
    return problem('unknown_licence', `source ${source}`);
  const licence = licenceOf(source, cell('licence'));
  if (licence === null) return problem('unknown_licence', `licence ${cell('licence')}`);
  const figures = parseFigures(
    row,
    { value: 'value', coverage: 'coverage' },
    MOST_IN_A_DAY[metric],
  );
  if (isProblem(figures)) return figures;
  return {
    day,
    probe_cc: place,
    tool,
    metric,
    ...figures,
    source,
    licence,
  };
}

function isMetric(text: string): text is keyof typeof METRICS {
  return Object.hasOwn(METRICS, text);
}

/** A row cannot say another licence than its publisher, unless the publisher leaves it to the rows. */
function licenceOf(source: PublisherId, spdx: string): LicenceSlug | null {
  const { licence: own, licenceByRow } = PUBLISHERS[source];
  const given = Object.values(LICENCES).find((licence) => licence.spdx === spdx)?.slug ?? null;
  return given === own || licenceByRow === true ? given : null;
}
