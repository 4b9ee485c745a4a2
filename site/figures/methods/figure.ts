/** How interference showed: the methods among measurements with signs of it, per period. */
import { layoutMethods } from './layout.ts';
import type { MethodPeriodRow, OutcomePeriodRow } from '../../query/rows.ts';
import { toMethods, type MethodsView } from './view.ts';
import { toCheckedWords } from '../checked.ts';
import {
  askCounts,
  followAll,
  METHODS,
  ofTests,
  PERIODS,
  viewCounts,
  type Counts,
} from '../counts.ts';
import type { DrawnFigure } from '../figure.ts';

interface MethodsAnswer extends Counts<MethodPeriodRow> {
  /** They tell a period without signs from one without tests. */
  readonly periods: readonly OutcomePeriodRow[];
}

export const methods: DrawnFigure<MethodsAnswer, MethodsView> = {
  name: 'methods',
  heading: 'chart.methods.name',
  tables: ['interference_country_daily'],
  sources: ofTests,
  async ask(ask, request) {
    const [periods, counts] = await Promise.all([
      askCounts(ask, request, PERIODS),
      askCounts(ask, request, METHODS),
    ]);
    return periods === null || counts === null ? null : { ...counts, periods: periods.rows };
  },
  view: ({ networks, rows, periods }, request) =>
    viewCounts(request, networks, (context) => toMethods(rows, periods, context)),
  layout: layoutMethods,
  select: (view, { hidden }) => ({ ...view, hidden }),
  checked: toCheckedWords,
  follow: followAll,
};
