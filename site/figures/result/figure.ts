/** A chart of the answer to a reader's own SQL. */
import { layoutResult } from './layout.ts';
import type { ResultView } from './view.ts';
import type { Chart } from '../figure.ts';

export const result: Chart<ResultView> = {
  name: 'result',
  heading: 'chart.result.name',
  tables: [],
  ticks: 'own',
  layout: layoutResult,
};
