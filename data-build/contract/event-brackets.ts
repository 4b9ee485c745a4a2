/** How surely the beginning and the end of an event are known, in sentences. */
import { translate } from '../words/translate.ts';
import { daysBetween, type Day } from './brands.ts';
import { speedStep, witnessOf, type DetectedEvent } from './detected-event.ts';
import {
  type EventSetting,
  formatEventDay,
  formatEventMonth,
  isEndless,
  isNewLevel,
  NEW_LEVEL_DAYS,
} from './event-terms.ts';

type Unit = 'test' | 'figure' | 'week' | 'month';

/** What is normal before and after: a test, a figure, or a week or month of tests. */
export function unitOf(event: DetectedEvent): Unit {
  if (witnessOf(event) === 'interference') return 'test';
  if (witnessOf(event) !== 'throughput') return 'figure';
  return speedStep(event);
}

function dayOfUnit(day: Day, unit: Unit): string {
  if (unit === 'week') return translate('finding.on.week', { day: formatEventDay(day) });
  if (unit === 'month') return translate('finding.on.month', { day: formatEventMonth(day) });
  return translate('finding.on.day', { day: formatEventDay(day) });
}

/** Day of a figure of an event, or the week or month of tests that begins on it. */
export function formatUnitDay(event: DetectedEvent, day: Day): string {
  return dayOfUnit(day, unitOf(event));
}

export function beganOf(event: DetectedEvent): string {
  const unit = unitOf(event);
  const first = dayOfUnit(event.first_sign, unit);
  if (event.last_normal === null) return translate('finding.began.unseen', { first });
  const last = dayOfUnit(event.last_normal, unit);
  return event.kind === 'interference_rise'
    ? translate('finding.began.rise', { unit, last, first })
    : translate('finding.began.seen', { unit, last, first });
}

/** A series without data for longer than this before the end of the release is no longer tested. */
const SILENT_DAYS = 14;

/** The last day with data of an event that is not over, where its series stopped long before the release; else null. */
export function silentSince(
  event: Pick<DetectedEvent, 'first_normal'>,
  { course, lastDay }: Pick<EventSetting, 'course' | 'lastDay'>,
): Day | null {
  if (event.first_normal !== null || course === null) return null;
  return isSilent(course.measuredUntil, lastDay) ? course.measuredUntil : null;
}

/** Whether what was last measured on `day` is no longer tested at the end of the release. */
export function isSilent(day: Day, lastDay: Day): boolean {
  return daysBetween(day, lastDay) > SILENT_DAYS;
}

export function endedOf(event: DetectedEvent, setting: EventSetting): string {
  const unit = unitOf(event);
  if (event.kind === 'method_change') return translate('finding.end.none');
  if (event.kind === 'interference_end' && event.baseline === null)
    return translate('finding.end.fell', {
      last: formatEventDay(event.last_sign ?? event.first_sign),
      first: formatEventDay(event.first_normal ?? event.first_sign),
    });
  if (event.first_normal !== null)
    return translate('finding.end.seen', {
      last: dayOfUnit(event.last_sign ?? event.first_sign, unit),
      unit,
      first: dayOfUnit(event.first_normal, unit),
    });
  if (isEndless(event, setting)) return translate('finding.end.changed', { days: NEW_LEVEL_DAYS });
  const { course } = setting;
  const day = formatEventDay(course?.measuredUntil ?? setting.lastDay);
  if (silentSince(event, setting) !== null) return translate('finding.end.silent', { unit, day });
  if (isNewLevel(event, setting))
    return translate('finding.end.level', { day, known: course === null ? 'data' : 'measured' });
  return course === null ? translate('finding.end.unseen') : translate('finding.end.open', { day });
}
