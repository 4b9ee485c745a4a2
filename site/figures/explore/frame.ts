/** The days and the step of time that the chart builder shows. */
import {
  addDays,
  dayOfMillis,
  daysBetween,
  type Day,
} from '../../../data-build/contract/brands.ts';
import type { TimeGrain } from '../../../data-build/contract/vocabulary.ts';
import { translate } from '../../i18n/translate.ts';
import type { ExploreRow } from '../../query/explore-rows.ts';
import type { ExploreQuestion } from '../../query/explore-question.ts';
import { isSpeed } from '../../state/measures.ts';
import { toNotice, type Notice } from '../../state/notice.ts';
import type { ExplorerState } from '../../state/parameters.ts';
import {
  chooseGrain,
  nextPeriod,
  periodStart,
  toPeriods,
  type TimeFrame,
} from '../../view/time-frame.ts';
import { TIME } from './cells.ts';

/** More marks than this cannot be told apart at page width. */
const MOST_PERIODS = 750;

/** Speed is published by the month and, for some days, by the day: months unless days are asked for. */
export function firstGrain(state: ExplorerState, { measure }: ExploreQuestion): TimeGrain {
  return state.time_grain ?? (isSpeed(measure) ? 'month' : 'day');
}

/** The days that are shown: the chosen ones, and where none are chosen, those that have data. */
export function toFrame(
  state: ExplorerState,
  question: ExploreQuestion,
  total: ExploreRow | null,
  covered: Pick<TimeFrame, 'since' | 'until'> | null,
): { readonly frame: TimeFrame; readonly notices: readonly Notice[] } {
  const asked = question.filter;
  const first = total?.first_day ?? covered?.since ?? null;
  const last = total?.last_day ?? (covered === null ? null : addDays(covered.until, -1));
  const dataUntil = covered?.until ?? (last === null ? EMPTY.until : addDays(last, 1));
  const span = daysBetween(asked.since ?? first ?? EMPTY.since, asked.until ?? dataUntil);
  const chosen =
    span > MOST_DAYS
      ? { since: laterOf(asked.since, first), until: earlierOf(asked.until, dataUntil) }
      : asked;
  const rawSince = chosen.since ?? first ?? EMPTY.since;
  const rawUntil = chosen.until ?? (last === null ? EMPTY.until : addDays(last, 1));
  const fitting = isSpeed(question.measure) ? 'month' : chooseGrain(rawSince, rawUntil);
  // Without a time axis nothing is rounded to whole periods: the days are those with data.
  if (question.x !== TIME && question.series !== TIME && rawUntil > rawSince)
    return {
      frame: { since: rawSince, until: rawUntil, grain: state.time_grain ?? fitting, dataUntil },
      notices: [],
    };
  const toRange = (grain: TimeGrain): TimeFrame => {
    const since = chosen.since ?? periodStart(rawSince, grain);
    const end = chosen.until ?? nextPeriod(periodStart(addDays(rawUntil, -1), grain), grain);
    const until = end > dataUntil && dataUntil > since && chosen.until === null ? dataUntil : end;
    return until > since
      ? { since, until, grain, dataUntil }
      : { since, until: addDays(since, 1), grain, dataUntil };
  };
  const wanted = state.time_grain ?? fitting;
  const frame = toRange(wanted);
  if (question.x !== TIME || toPeriods(frame).length <= MOST_PERIODS) return { frame, notices: [] };
  const notice = toNotice('too_fine', 'time_grain', translate(`filter.grain.${wanted}`));
  return { frame: toRange(coarser(rawSince, rawUntil, fitting)), notices: [notice] };
}

/** Dates can be centuries apart, where months are too fine as well: the frame is then cut by the data. */
const MOST_DAYS = MOST_PERIODS * 28;
const laterOf = (given: Day | null, first: Day | null): Day | null =>
  given !== null && first !== null && given < first ? first : given;
const earlierOf = (given: Day | null, dataUntil: Day): Day | null =>
  given !== null && given > dataUntil ? dataUntil : given;

function coarser(since: Day, until: Day, fitting: TimeGrain): TimeGrain {
  return toPeriods({ since, until, grain: fitting, dataUntil: until }).length <= MOST_PERIODS
    ? fitting
    : 'month';
}

/** Stands where a release has no day at all. */
const EMPTY = { since: dayOfMillis(0), until: dayOfMillis(86_400_000) };
