/** Tests compared: how often each showed signs of interference. */
import { layoutTests } from '../rate-bars/layout.ts';
import type { TestRow } from '../../query/rows.ts';
import { selectTests, toTests, type TestsView } from './view.ts';
import { toCheckedWords } from '../checked.ts';
import { askCounts, ofTests, TESTS, viewCounts, type Counts } from '../counts.ts';
import type { DrawnFigure } from '../figure.ts';

export const tests: DrawnFigure<Counts<TestRow>, TestsView> = {
  name: 'tests',
  heading: 'chart.tests.name',
  tables: ['interference_country_daily'],
  sources: ofTests,
  ask: (ask, request) => askCounts(ask, request, TESTS),
  view: ({ networks, rows }, request) =>
    viewCounts(request, networks, (context) => toTests(rows, context)),
  layout: layoutTests,
  select: selectTests,
  checked: toCheckedWords,
  // Drawn as if no test were chosen, so that a reader can go on choosing.
  follow: (request, { filter, frame }) => ({
    ...request,
    filter: { ...filter, test_name: [] },
    frame,
  }),
};
