/** The chart builder's: its question is the state of a link, which `question.ts` asks. */
import { layoutExplore } from './layout.ts';
import type { ExploreView } from './view.ts';
import type { Chart } from '../figure.ts';

export const explore: Chart<ExploreView> = {
  name: 'explore',
  heading: 'chart.explore.name',
  tables: [],
  ticks: 'own',
  layout: layoutExplore,
};
