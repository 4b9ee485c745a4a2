/** `date,country,indicator,value`: one figure a line. */
import { isProblem, problem } from '../../../data-build/contract/problem.ts';
import { toRows } from '../../../data-build/convert/conversion.ts';
import { readTable } from '../../../data-build/convert/readers.ts';
import {
  normalizePlace,
  normalizeTable,
  parseFigures,
} from '../../../data-build/normalize/figure-table.ts';
import { toFigureDay } from '../../../data-build/normalize/time.ts';
import type { DumpKinds } from '../../../data-build/publishers/dump-kind.ts';
import { hasColumns } from '../../../data-build/read/look.ts';

export const EXAMPLE_DUMPS: DumpKinds = {
  example_index: {
    signs: [(look) => hasColumns(look, 'date', 'country', 'indicator', 'value')],
    conversion: toRows({
      part: 'indicators',
      read: readTable,
      normalize: (table) =>
        normalizeTable(table, ['date', 'country', 'indicator', 'value'], (row) => {
          const probe_cc = normalizePlace(row.cells.get('country') ?? '');
          if (isProblem(probe_cc)) return probe_cc;
          const day = toFigureDay(row.cells.get('date') ?? '');
          if (day === null) return problem('missing_time');
          const figures = parseFigures(row, { value: 'value', coverage: '' });
          if (isProblem(figures)) return figures;
          const { value, lower, upper } = figures;
          return {
            day,
            probe_cc,
            indicator: row.cells.get('indicator') ?? null,
            value,
            lower,
            upper,
            source: null,
            licence: null,
          };
        }),
    }),
  },
};
