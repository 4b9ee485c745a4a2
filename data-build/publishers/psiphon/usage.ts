/** The table of tool use, which may hold figures of several publishers. */
import { isProblem, type Problem, problem } from '../../contract/problem.ts';
import { isPublisherId, LICENCES, type LicenceSlug } from '../../contract/publishers.ts';
import { METRICS, TOOLS } from '../../contract/tools.ts';
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
  if (!Object.hasOwn(METRICS, cell('metric')))
    return problem('invalid_csv', `metric ${cell('metric')}`);
  const source = cell('source');
  if (!isPublisherId(source)) return problem('unknown_licence', `source ${source}`);
  const licence = licenceOf(cell('licence'));
  if (licence === null) return problem('unknown_licence', `licence ${cell('licence')}`);
  const figures = parseFigures(row, { value: 'value', coverage: 'coverage' });
  if (isProblem(figures)) return figures;
  return {
    day,
    probe_cc: place,
    tool,
    metric: cell('metric'),
    ...figures,
    source,
    licence,
  };
}

function licenceOf(spdx: string): LicenceSlug | null {
  return Object.values(LICENCES).find((licence) => licence.spdx === spdx)?.slug ?? null;
}
