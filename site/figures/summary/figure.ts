/** The sentence at the top of a page. */
import type { OutcomePeriodRow } from '../../query/rows.ts';
import { formatSummary, toSummary, type SummaryView } from './view.ts';
import { toCheckedSentence } from '../checked.ts';
import { askCounts, followAll, PERIODS, viewCounts, type Counts } from '../counts.ts';
import type { Figure } from '../figure.ts';

export const summary: Figure<Counts<OutcomePeriodRow>, SummaryView> = {
  name: 'summary',
  ask: (ask, request) => askCounts(ask, request, PERIODS),
  view: ({ networks, rows }, request) =>
    viewCounts(request, networks, (context) => toSummary(rows, context)),
  checked: (view) => ({
    texts: [toCheckedSentence('[data-part="summary"]', formatSummary(view))],
    tables: [],
  }),
  follow: followAll,
};
