/** How many tests said what, per period. */
import { layoutOutcomes } from './layout.ts';
import type { OutcomePeriodRow } from '../../query/rows.ts';
import { toOutcomes, type OutcomesView } from './view.ts';
import { toCheckedWords } from '../checked.ts';
import { askCounts, followAll, ofTests, PERIODS, viewCounts, type Counts } from '../counts.ts';
import type { DrawnFigure } from '../figure.ts';

export const outcomes: DrawnFigure<Counts<OutcomePeriodRow>, OutcomesView> = {
  name: 'outcomes',
  heading: 'chart.outcomes.name',
  tables: ['interference_country_daily'],
  sources: ofTests,
  ask: (ask, request) => askCounts(ask, request, PERIODS),
  view: ({ networks, rows }, request) =>
    viewCounts(request, networks, (context) => toOutcomes(rows, context)),
  layout: layoutOutcomes,
  select: (view, { hidden }) => ({ ...view, hidden }),
  checked: toCheckedWords,
  follow: followAll,
};
