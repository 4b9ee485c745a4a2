/** The chart builder's: what it shows is the state of a link. */
import { problemsIn } from '../../../data-build/contract/known-problems.ts';
import { givenShapes } from '../../charts/map/shapes.ts';
import { MOST_CELLS } from '../../query/explore-rows.ts';
import { toCheckedWords } from '../checked.ts';
import type { DrawnFigure } from '../figure.ts';
import { toFrame } from './frame.ts';
import { layoutExplore } from './layout.ts';
import { askExplore, readState, type ExploreRows } from './question.ts';
import { toScope } from './scope.ts';
import { toExplore, type ExploreView } from './view.ts';
import { toNames } from './words.ts';

/** The frame of a request is what its publishers cover. */
export const explore: DrawnFigure<ExploreRows, ExploreView> = {
  name: 'explore',
  heading: 'chart.explore.name',
  tables: [],
  ticks: 'own',
  sources: ({ publishers, context: { frame } }) =>
    publishers.map((source) => ({ source, since: frame.since, until: frame.until })),
  ask: askExplore,
  view({ early, total, cells, baseline, networks, events, pooled }, request) {
    const read = readState(request);
    const { subject } = request;
    if (read === null || subject.kind !== 'state') return null;
    const { state, question } = read;
    const { frame, notices } = toFrame(state, question, early, request.frame);
    const answer = {
      question,
      publishers: subject.publishers,
      notices,
      rows: cells.slice(0, MOST_CELLS),
      total: total?.first_day === null ? null : total,
      baseline,
      names: toNames(question, frame, new Map(networks)),
      cut: cells.length > MOST_CELLS,
      events,
      pooled,
      geometry: question.onMap ? givenShapes() : null,
    };
    const networkCount = total?.networks ?? null;
    return toExplore(answer, {
      frame,
      ...toScope(question),
      networkCount,
      problems: problemsIn(request.release.problems ?? [], {
        sources: subject.publishers,
        tests: question.filter.test_name,
        places: question.filter.probe_cc,
      }),
    });
  },
  layout: layoutExplore,
  checked: toCheckedWords,
};
