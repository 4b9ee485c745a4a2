/** A part of an answer, as a reader chose it: some of the lines, some of the rows. The table keeps them all. */
import { MOST_LINES } from './cells.ts';
import type { ExploreView } from './view.ts';
import type { ChartSelection } from '../../view/selection.ts';

/** The view with only this part to draw. Lines keep their colors: each has a look of its own, taken over from none. */
export function selectExplored(view: ExploreView, { hidden, rows }: ChartSelection): ExploreView {
  const wanted = ({ key, series }: { readonly key: string; readonly series: string | null }) =>
    (rows === null || rows.has(key)) && (series === null || !hidden.has(series));
  const groups = view.groups
    .map((group) => ({ ...group, cells: group.cells.filter(wanted) }))
    .filter(({ cells }) => cells.length > 0);
  return {
    ...view,
    cells: view.cells.filter(wanted),
    groups: view.form === 'lines' ? giveLooks(groups.slice(0, MOST_LINES)) : groups,
  };
}

/** The series of a view by name, in the order in which they are drawn. */
export function listSeries(
  view: ExploreView,
): readonly { readonly key: string; readonly label: string }[] {
  const found = new Map<string, string>();
  for (const { series, seriesLabel } of view.groups.flatMap(({ cells }) => cells))
    if (series !== null) found.set(series, seriesLabel ?? series);
  return [...found].map(([key, label]) => ({ key, label }));
}

/** The largest six have the looks 0–5 for good; a smaller one that is drawn instead takes one that is free. */
function giveLooks<G extends { readonly look: number }>(groups: readonly G[]): readonly G[] {
  const taken = new Set(groups.map(({ look }) => look).filter((look) => look < MOST_LINES));
  return groups.map((group) => {
    if (group.look < MOST_LINES) return group;
    const free = Array.from({ length: MOST_LINES }, (_, look) => look).find(
      (look) => !taken.has(look),
    );
    const look = free ?? 0;
    taken.add(look);
    return { ...group, look };
  });
}
