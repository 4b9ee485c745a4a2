/** The finding of an event in a sentence, with n, networks and dates. */
import { joinSentences } from '../words/sentences.ts';
import { translate } from '../words/translate.ts';
import { daysBetween, type Day } from './brands.ts';
import { eventFigures, type DetectedEvent } from './detected-event.ts';
import { formatUnitDay } from './event-brackets.ts';
import { assertNever } from './problem.ts';
import {
  type EventSetting,
  formatEventDay,
  formatNumber,
  formatFigure,
  formatMetric,
  formatEvidence,
  isEndless,
  isNewLevel,
  NEW_LEVEL_DAYS,
  methodOf,
} from './event-terms.ts';

export function sentenceOf(
  event: DetectedEvent,
  target: string,
  where: string,
  setting: EventSetting,
): string {
  const first = formatEventDay(event.first_sign);
  const percent = formatNumber(100 * event.magnitude);
  switch (event.kind) {
    case 'interference_start':
      return joinSentences([
        translate('finding.started', {
          target,
          where,
          first,
          evidence: formatEvidence(event),
          ...lastDay(event.last_sign ?? setting.course?.measuredUntil ?? null),
        }),
        fadingOf(event, setting),
      ]);
    case 'interference_rise':
      return joinSentences([
        translate('finding.rose', {
          target,
          where,
          first,
          evidence: formatEvidence(event, 'closed'),
          ...lastDay(event.last_sign),
        }),
        event.baseline === null
          ? null
          : translate('finding.rose.before', { percent: formatNumber(100 * event.baseline) }),
      ]);
    case 'interference_end':
      return translate('finding.ended', {
        target,
        where,
        normal: formatEventDay(event.first_normal ?? event.first_sign),
        since: event.baseline === null ? 'beginning' : 'day',
        first,
        evidence: formatEvidence(event),
        ...lastDay(event.last_sign),
      });
    case 'method_change':
      return translate('finding.changed', {
        target,
        where,
        method: methodOf(event),
        first,
        percent,
        evidence: formatEvidence(event, 'closed'),
      });
    case 'slowdown':
      return translate('finding.slowed', {
        where,
        first,
        percent,
        ...lastDay(laterDay(event)),
        ...speedFigures(event),
        counted: event.measurement_count === null ? 'no' : 'yes',
        tests: event.measurement_count ?? 0,
      });
    case 'vanished':
      return translate('finding.vanished', {
        where,
        percent,
        first,
        ...lastDay(laterDay(event)),
        ...speedFigures(event),
        // Of a single week or month the number is said already.
        counted:
          event.measurement_count === null || event.last_sign === event.first_sign ? 'no' : 'yes',
        tests: event.measurement_count ?? 0,
      });
    case 'surge':
    case 'drop':
      return useSentence(event, target, where, setting);
    default:
      return assertNever(event.kind);
  }
}

/** An open event whose latest three points together are under half of its rate as a whole. */
function fadingOf({ first_normal }: DetectedEvent, { course }: EventSetting): string | null {
  if (first_normal !== null || course?.fading !== true || course.latest === null) return null;
  const { since, signs, tests } = course.latest;
  return translate('finding.fading', {
    signs,
    tests,
    percent: formatNumber((100 * signs) / tests),
    days: daysBetween(since, course.measuredUntil) + 1,
  });
}

/** What was usual, and the figure farthest from it with its day, week or month. */
function figuresOf(event: DetectedEvent) {
  const figures = eventFigures(event);
  if (figures === null) throw new Error(`The event ${event.event_id} names no figures.`);
  return {
    usual: formatFigure(figures.usual),
    extreme: formatFigure(figures.extreme),
    day: figures.day,
  };
}

function speedFigures(event: DetectedEvent) {
  const { usual, extreme: lowest, day } = figuresOf(event);
  return { usual, lowest, when: formatUnitDay(event, day) };
}

function useFigures(event: DetectedEvent) {
  const { usual, extreme: value, day } = figuresOf(event);
  return {
    usual,
    value,
    day: formatEventDay(day),
    times: formatNumber(event.magnitude, 1),
    percent: formatFall(event.magnitude),
  };
}

/** How much of the usual is gone, in per cent; all of it only where nothing is left. */
function formatFall(ratio: number): string {
  const lost = 100 * (1 - ratio);
  return lost > 99 ? formatNumber(Math.floor(10 * lost) / 10, 1) : formatNumber(lost);
}

export function lastDay(day: Day | null) {
  return { ends: day === null ? 'no' : 'yes', last: day === null ? '' : formatEventDay(day) };
}

/** The last day, where it is not the first as well. */
function laterDay({ first_sign, last_sign }: DetectedEvent): Day | null {
  return last_sign === first_sign ? null : last_sign;
}

function useSentence(
  event: DetectedEvent,
  target: string,
  where: string,
  setting: EventSetting,
): string {
  const { ends, last } = lastDay(laterDay(event));
  const first = formatEventDay(event.first_sign);
  const said = {
    of: event.tool === null ? 'other' : 'tool',
    target,
    where,
    kind: event.kind,
    span: event.last_sign === event.first_sign ? 'once' : ends === 'yes' ? 'range' : 'open',
    first,
    last,
    ...useFigures(event),
    measured: event.metric === null ? 'no' : 'yes',
    metric: event.metric === null ? '' : formatMetric(event.metric),
  };
  if (event.detector_id === 'publisher-range-2') return translate('finding.range', said);
  return joinSentences([
    translate('finding.use', said),
    isEndless(event, setting)
      ? translate('finding.use.level.changed', { days: NEW_LEVEL_DAYS })
      : isNewLevel(event, setting)
        ? translate('finding.use.level', { first })
        : null,
  ]);
}
