/** The drawing of a chart that a reader built, by the form that its answer takes. */
import { assertNever } from '../../../data-build/contract/problem.ts';
import type { ExploreView } from './view.ts';
import { layoutExploreBars } from './layout-bars.ts';
import { layoutExploreLines } from './layout-lines.ts';
import { layoutExploreMap } from './layout-map.ts';
import { layoutExploreStrips } from './layout-strips.ts';
import type { Scene } from '../../charts/scene.ts';
import type { ChartSize } from '../../charts/size.ts';

export function layoutExplore(view: ExploreView, size: ChartSize): Scene {
  if (view.map !== null) return layoutExploreMap(view, view.map, size);
  switch (view.form) {
    case 'lines':
      return layoutExploreLines(view, size);
    case 'strips':
      return layoutExploreStrips(view, size);
    case 'bars':
      return layoutExploreBars(view, size);
    default:
      return assertNever(view.form);
  }
}
