/** The chart builder's answer: cells along one axis, in series or not, with the words that belong to them. */
import { joinSentences } from '../../../data-build/words/sentences.ts';
import { translate } from '../../i18n/translate.ts';
import { isSpeed, speedUnit, witnessOf, type Measure } from '../../state/measures.ts';
import { daysNotes, totalFloor, type ChartWords, type ViewContext } from '../../view/context.ts';
import { chooseSpans, type EventSpan } from '../../view/events.ts';
import { toExploreMap, type ExploreMap } from './map.ts';
import { toExploreTable } from './table.ts';
import { formatAlone, toRate, type Rate } from '../../view/rate.ts';
import {
  isShare,
  cellFloor,
  MOST_LINES,
  orderCells,
  TIME,
  toCells,
  toCounts,
  toGroups,
  type ExploreAnswer,
  type ExploreCell,
  type ExploreForm,
  type ExploreGroup,
} from './cells.ts';
import { toTitle, toSubtitle, formatExploreExtent } from './title.ts';
import { toNotes, toMapNotes } from './notes.ts';

export interface ExploreView
  extends ChartWords, Pick<ExploreAnswer, 'question' | 'publishers' | 'notices'> {
  readonly chart: 'explore';
  readonly context: ViewContext;
  readonly measure: Measure;
  readonly form: ExploreForm;
  /** Shares run from 0 to 1; everything else from 0 up. */
  readonly isShare: boolean;
  /** Words of the value axis. */
  readonly unit: string;
  /** In the order of the table. */
  readonly cells: readonly ExploreCell[];
  /** Lines, rows of cells, or groups of bars; one without a name when there are no series. Largest first. */
  readonly groups: readonly ExploreGroup[];
  /** The days before, for a chart beside its own baseline. */
  readonly baseline: Extract<Rate, { kind: 'rate' }> | null;
  /** Detected events over the same days, strongest first; over time only. */
  readonly spans: readonly EventSpan[];
  /** Set when the answer is drawn on a map. */
  readonly map: ExploreMap | null;
  /** How much was counted, on how many networks, when. */
  readonly extent: string;
  /** The finding and its extent: what a reader may copy. */
  readonly summary: string;
}

export function toExplore(answer: ExploreAnswer, context: ViewContext): ExploreView {
  const { question, publishers, notices } = answer;
  const { measure, series } = question;
  const floor = cellFloor(question, context);
  const made = toCells(answer, floor, context);
  const groups = toGroups(made, question);
  const cells = orderCells(made, groups, question);
  const form =
    question.x !== TIME
      ? 'bars'
      : isShare(measure) && groups.length > MOST_LINES
        ? 'strips'
        : 'lines';
  const baseline =
    answer.baseline === null ? null : toRate(toCounts(answer.baseline), totalFloor(context));
  const map = answer.geometry === null ? null : toExploreMap(cells, measure, answer.geometry);
  const spans = toExploreSpans(answer, context);
  const notes = [
    ...toNotes(answer, cells, floor, baseline, form, map !== null, context),
    ...(spans.length > 0 && form === 'lines' ? [translate('note.events')] : []),
    ...toMapNotes(map, measure),
  ];
  const caveats = [...notes, ...(question.x === TIME ? daysNotes(context) : [])];
  const title = toTitle(answer, context);
  const basis = answer.total === null ? null : toRate(toCounts(answer.total), totalFloor(context));
  const extent = joinSentences([
    formatExploreExtent(answer, context),
    basis === null || !isShare(measure) ? null : formatAlone(basis, 'rate.alone.sentence'),
  ]);
  return {
    chart: 'explore',
    question,
    publishers,
    notices,
    context,
    measure,
    form,
    isShare: isShare(measure),
    unit: translate(`explore.unit.${isSpeed(measure) ? speedUnit(measure) : measure}`),
    cells,
    groups,
    baseline: baseline?.kind === 'rate' ? baseline : null,
    map,
    spans,
    title,
    subtitle: toSubtitle(question, context, series),
    desc: joinSentences([extent, ...caveats]),
    extent,
    summary: measure === 'tests' ? `${title}.` : `${title}. ${extent}`,
    notes,
    table: toExploreTable({ title, cells, caveats, question }),
  };
}

/** Events of the publisher whose numbers are shown, on what is filtered, within the days of the axis. */
function toExploreSpans(
  { question, events }: ExploreAnswer,
  { frame }: ViewContext,
): readonly EventSpan[] {
  const { measure, x, filter } = question;
  if (x !== TIME) return [];
  // A slowdown is detected in downloads.
  if (isSpeed(measure) && measure !== 'throughput') return [];
  const fits = (values: readonly (string | number)[], value: string | number | null): boolean =>
    values.length === 0 || (value !== null && values.includes(value));
  return chooseSpans(
    events,
    witnessOf(measure),
    frame,
    (event) =>
      (event.probe_asn === null || filter.probe_asn.includes(event.probe_asn)) &&
      fits(filter.test_name, event.test_name) &&
      fits(filter.domain, event.domain) &&
      fits(filter.tool, event.tool),
  );
}
