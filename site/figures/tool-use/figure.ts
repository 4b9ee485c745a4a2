/** Use of one tool in one metric. */
import { layoutToolUse } from './layout.ts';
import { formatPlace } from '../../../data-build/words/place.ts';
import { toolUseQuery, type ToolUseRow } from '../../query/witnesses.ts';
import { toToolUse, toToolUseSeries, type ToolUseView } from './view.ts';
import { toCheckedWords } from '../checked.ts';
import { followDays } from '../counts.ts';
import type { DrawnFigure } from '../figure.ts';
import { problemsOf } from '../request.ts';

export const toolUse: DrawnFigure<readonly ToolUseRow[], ToolUseView> = {
  name: 'tool-use',
  heading: 'chart.tool_use.name',
  tables: ['circumvention_daily'],
  sources: ({ series: { source }, context: { frame } }) => [
    { source, since: frame.since, until: frame.until },
  ],
  async ask(ask, { subject, series }) {
    if (subject.kind !== 'country') return null;
    const { probeCc } = subject;
    const rows = await ask(toolUseQuery(probeCc), { probeCc });
    return rows.filter(({ tool, metric }) => `${tool} ${metric}` === series);
  },
  view(rows, request) {
    const { subject, frame, release } = request;
    if (subject.kind !== 'country' || release.until === null) return null;
    const inside = rows.filter(
      ({ day }) => frame === null || (day >= frame.since && day < frame.until),
    );
    const [series] = toToolUseSeries(inside);
    return series === undefined
      ? null
      : toToolUse(
          series,
          formatPlace(subject.probeCc),
          release.until,
          problemsOf(request, [series.source]),
        );
  },
  layout: layoutToolUse,
  checked: toCheckedWords,
  follow: followDays,
  followsLater: true,
};
