/** The finding of an event in a sentence, with n, networks and dates. */
import { joinSentences } from '../words/sentences.ts';
import { translate } from '../words/translate.ts';
import { daysBetween, type Day } from './brands.ts';
import { type DetectedEvent } from './detected-event.ts';
import { assertNever } from './problem.ts';
import {
  type EventSetting,
  formatEventDay,
  formatNumber,
  formatMetric,
  formatEvidence,
  isNewLevel,
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
        before: event.baseline === null ? 'unknown' : 'known',
        usual: formatNumber(event.baseline ?? 0, 1),
        ...testsOf(event),
      });
    case 'vanished':
      return translate('finding.vanished', {
        where,
        percent,
        first,
        ...lastDay(laterDay(event)),
        ...testsOf(event),
      });
    case 'surge':
    case 'drop':
      return useSentence(event, target, where, isNewLevel(event, setting));
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

function testsOf({ measurement_count: tests }: DetectedEvent) {
  return { counted: tests === null ? 'no' : 'yes', tests: tests ?? 0 };
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
  isLevel: boolean,
): string {
  const { ends, last } = lastDay(laterDay(event));
  const first = formatEventDay(event.first_sign);
  const times = formatNumber(event.magnitude, event.magnitude < 1 ? 2 : 1);
  const said = {
    of: event.tool === null ? 'other' : 'tool',
    target,
    where,
    kind: event.kind,
    span: event.last_sign === event.first_sign ? 'once' : ends === 'yes' ? 'range' : 'open',
    first,
    last,
    times,
    measured: event.metric === null ? 'no' : 'yes',
    metric: event.metric === null ? '' : formatMetric(event.metric),
  };
  if (event.detector_id === 'publisher-range-1')
    return translate('finding.range', {
      ...said,
      size: times === formatNumber(1) ? 'same' : 'other',
    });
  return joinSentences([
    translate('finding.use', said),
    isLevel ? translate('finding.use.level', { first }) : null,
  ]);
}
