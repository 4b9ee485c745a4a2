/**
 * What is said of a detected event, in plain English: one wording for pages, feeds and copies. The measurement is
 * the subject, never a state; every number stands with its denominator, networks and dates.
 */
import { daysBetween, type Day } from './brands.ts';
import {
  indicatorOf,
  isGroup,
  isWithoutNetworks,
  witnessOf,
  type DetectedEvent,
} from './detected-event.ts';
import type { EventCourse } from './event-course.ts';
import { EVENT_KINDS } from './events.ts';
import { assertNever } from './problem.ts';
import { METRICS, TOOLS } from './tools.ts';
import { BLOCKING_METHODS, CATEGORY_CODES, testSpec } from './vocabulary.ts';

/** What the sentences need beside the row. */
export interface EventSetting {
  /** Name as it stands inside a sentence: `Kenya`, `the United States`. */
  readonly place: string;
  /** Name of the network, where the event is about one and it is known. */
  readonly networkName: string | null;
  /** Course of an event that is not over; null where it is over or not known. */
  readonly course: EventCourse | null;
  /** Last day of the release: where an event of unknown course ends for now. */
  readonly lastDay: Day;
}

export interface EventWords {
  /** `Telegram in Kenya: interference began`; no date. */
  readonly title: string;
  /** The finding with n, networks and dates. */
  readonly sentence: string;
  /** What the uncertainty of its beginning is. */
  readonly began: string;
  /** The same of its end, or that it is not over. */
  readonly ended: string;
  /** What it does not say; empty where the sentence is enough. */
  readonly caveats: readonly string[];
}

/** `7 November 2024`. */
export function formatEventDay(day: Day): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`));
}

function formatNumber(value: number, digits = 0): string {
  return new Intl.NumberFormat('en', { maximumFractionDigits: digits }).format(value);
}

/** `Telegram`, `example.org`, `Tor bridges`, `Speed tests`: what the event is about. */
export function formatEventTarget(event: DetectedEvent): string {
  if (event.domain !== null) return event.domain;
  if (isGroup(event))
    return event.category_code === null
      ? 'websites taken together'
      : `websites listed as “${CATEGORY_CODES[event.category_code]}”, taken together,`;
  if (event.test_name !== null) return testSpec(event.test_name).label;
  if (event.tool !== null) return formatTool(event.tool);
  return indicatorOf(event)?.label ?? 'Speed tests';
}

/** `surge in tool use`; of an indicator only `surge`. */
export function formatEventKind(event: DetectedEvent): string {
  return indicatorOf(event) === null ? EVENT_KINDS[event.kind].label : titleOf(event, null);
}

/** `Tor bridges`; tools beyond the list carry their name after `other:`. */
export function formatTool(tool: string): string {
  const known = new Map<string, { readonly label: string }>(Object.entries(TOOLS)).get(tool);
  return known?.label ?? tool.replace(/^other:/, '');
}

/** `estimated clients`. */
export function formatMetric(metric: string): string {
  const known = new Map<string, { readonly label: string }>(Object.entries(METRICS)).get(metric);
  return known?.label ?? metric;
}

function formatWhere({ probe_asn: asn }: DetectedEvent, setting: EventSetting): string {
  if (asn === null) return setting.place;
  const name = setting.networkName === null ? '' : ` (${setting.networkName})`;
  return `${setting.place} on AS${asn}${name}`;
}

/** `1,537 of 2,475 tests on 23 networks`, with what of it is confirmed. */
export function formatEvidence(event: DetectedEvent): string {
  const tests = event.measurement_count ?? 0;
  const confirmed = event.confirmed_count ?? 0;
  const signs = (event.anomaly_count ?? 0) + confirmed;
  const counts = `${formatNumber(signs)} of ${formatNumber(tests)} tests`;
  const networks =
    event.probe_asn !== null
      ? ''
      : event.network_count === null
        ? ', number of networks unknown,'
        : ` on ${formatNumber(event.network_count)} ${event.network_count === 1 ? 'network' : 'networks'}`;
  const sure =
    confirmed === 0
      ? ''
      : `${networks.endsWith(',') ? '' : ','} ${formatNumber(confirmed)} of them confirmed,`;
  return `${counts}${networks}${sure}`;
}

/** Everything that is said of an event. */
export function toEventWords(event: DetectedEvent, setting: EventSetting): EventWords {
  const target = formatEventTarget(event);
  const where = formatWhere(event, setting);
  return {
    title: `${event.tool === null ? target : `Use of ${target}`} in ${where}: ${titleOf(event, setting)}${groundOf(event)}`,
    sentence: sentenceOf(event, target, where, setting),
    began: beganOf(event),
    ended: endedOf(event, setting),
    caveats: caveatsOf(event, setting),
  };
}

/** What a finding rests on, where that is little: it is said in the title. */
function groundOf(event: DetectedEvent): string {
  if (event.robust === false) return ', resting on one network';
  return isWithoutNetworks(event) ? ', networks unknown' : '';
}

/** A surge or drop that has lasted this long is a new level, as in `log-z-2`. */
export const NEW_LEVEL_DAYS = 56;

export function isNewLevel(event: DetectedEvent, setting: EventSetting | null): boolean {
  return (
    setting !== null &&
    event.detector_id === 'log-z-2' &&
    event.first_normal === null &&
    daysBetween(event.first_sign, setting.course?.measuredUntil ?? setting.lastDay) >=
      NEW_LEVEL_DAYS
  );
}

function titleOf(event: DetectedEvent, setting: EventSetting | null): string {
  const { kind, blocking_method: method } = event;
  switch (kind) {
    case 'interference_start':
      return 'signs of interference began';
    case 'interference_rise':
      return 'signs of interference rose further';
    case 'interference_end':
      return 'signs of interference no longer seen';
    case 'method_change':
      return `signs changed to ${method === null ? 'another method' : BLOCKING_METHODS[method].label}`;
    case 'slowdown':
      return 'unusual slowdown';
    case 'surge':
      return isNewLevel(event, setting) ? 'surge to a new level' : 'surge';
    case 'drop':
      return isNewLevel(event, setting) ? 'drop to a new level' : 'drop';
    case 'vanished':
      return 'tests vanished';
    default:
      return assertNever(kind);
  }
}

function sentenceOf(
  event: DetectedEvent,
  target: string,
  where: string,
  setting: EventSetting,
): string {
  const first = formatEventDay(event.first_sign);
  const last = event.last_sign === null ? null : formatEventDay(event.last_sign);
  switch (event.kind) {
    case 'interference_start': {
      const until = event.last_sign ?? setting.course?.measuredUntil ?? null;
      const range = until === null ? '' : ` until ${formatEventDay(until)}`;
      return `Tests of ${target} in ${where} showed signs of interference from ${first}: ${formatEvidence(event)}${range}.${fadingOf(event, setting)}`;
    }
    case 'interference_rise': {
      const before =
        event.baseline === null
          ? ''
          : ` They had been ${formatNumber(100 * event.baseline)} % of tests in the days of interference before.`;
      return `Signs of interference in tests of ${target} in ${where} rose further from ${first}: ${formatEvidence(event).replace(/,$/, '')}${last === null ? '' : ` until ${last}`}.${before}`;
    }
    case 'interference_end': {
      const normal = formatEventDay(event.first_normal ?? event.first_sign);
      const since =
        event.baseline === null ? `since the data begin, on ${first}` : `since ${first}`;
      return `Tests of ${target} in ${where} no longer showed signs of interference from ${normal}. The signs had been seen ${since}: ${formatEvidence(event)}${last === null ? '' : ` until ${last}`}.`;
    }
    case 'method_change': {
      const method =
        event.blocking_method === null
          ? 'another method'
          : BLOCKING_METHODS[event.blocking_method].label;
      return `Interference with ${target} in ${where} showed mostly as “${method}” from the week of ${first}, in at least ${formatNumber(100 * event.magnitude)} % of tests with signs, where another method had led before: ${formatEvidence(event)} in the two weeks from then.`.replace(
        /,(?= in the two weeks)/,
        '',
      );
    }
    case 'slowdown':
      return `Speed tests in ${where} showed an unusual slowdown from ${first}${untilOf(event)}: the median download was up to ${formatNumber(100 * event.magnitude)} % below the usual${event.baseline === null ? '' : ` ${formatNumber(event.baseline, 1)} Mbit/s`}${testsOf(event)}. That is consistent with throttling, an outage or a change in who tests.`;
    case 'vanished':
      return `Speed tests in ${where} fell to ${formatNumber(100 * event.magnitude)} % of their usual number from ${first}${untilOf(event)}${testsOf(event)}.`;
    case 'surge':
    case 'drop':
      return useSentence(event, target, where, first, isNewLevel(event, setting));
    default:
      return assertNever(event.kind);
  }
}

/** An open event whose latest three points together are under half of its rate as a whole. */
function fadingOf({ first_normal }: DetectedEvent, { course }: EventSetting): string {
  if (first_normal !== null || course?.fading !== true || course.latest === null) return '';
  const { since, signs, tests } = course.latest;
  return ` The signs were fading, not over: ${formatNumber(signs)} of ${formatNumber(tests)} tests from ${formatEventDay(since)}, under half of the share as a whole.`;
}

function testsOf({ measurement_count: tests }: DetectedEvent): string {
  return tests === null ? '' : ` (${formatNumber(tests)} tests)`;
}

/** ` to 3 October 2022`, or nothing for a single day. */
function untilOf({ first_sign, last_sign }: DetectedEvent): string {
  return last_sign === null || last_sign === first_sign ? '' : ` to ${formatEventDay(last_sign)}`;
}

function useSentence(
  event: DetectedEvent,
  target: string,
  where: string,
  first: string,
  isLevel: boolean,
): string {
  const subject = event.tool === null ? target : `Use of ${target}`;
  const metric = event.metric === null ? 'it' : formatMetric(event.metric);
  const once = event.last_sign === event.first_sign;
  const from = once ? `on ${first}` : `from ${first}${untilOf(event)}`;
  const rose = event.kind === 'surge';
  const times = formatNumber(event.magnitude, event.magnitude < 1 ? 2 : 1);
  if (event.detector_id === 'publisher-range-1') {
    const size =
      times === '1'
        ? ''
        : `, ${rose ? 'at most' : 'at least'} ${times} times its ${rose ? 'upper' : 'lower'} end`;
    return `${subject} in ${where} lay ${rose ? 'above' : 'below'} the range that its publisher expects ${from}${size}${event.metric === null ? '' : ` (${metric})`}.`;
  }
  return `${subject} in ${where} ${rose ? 'rose far above' : 'fell far below'} the usual ${from}: ${metric} ${rose ? 'reached' : 'fell to'} ${times} times the median of the 28 days before.${isLevel ? ` It has not come back: a new level since ${first}.` : ''}`;
}

/** What is normal before and after: a test, a figure, or a week or month of tests. */
function unitOf(event: DetectedEvent): string {
  if (witnessOf(event) === 'interference') return 'test';
  if (witnessOf(event) !== 'throughput') return 'figure';
  return event.target.endsWith('month') ? 'month' : 'week';
}

function dayOfUnit(day: Day, unit: string): string {
  if (unit === 'week') return `in the week of ${formatEventDay(day)}`;
  if (unit === 'month') return `in ${formatEventDay(day).replace(/^\d+ /, '')}`;
  return `on ${formatEventDay(day)}`;
}

function beganOf(event: DetectedEvent): string {
  const unit = unitOf(event);
  const first = dayOfUnit(event.first_sign, unit);
  return event.last_normal === null
    ? `Its beginning was not seen: the data begin inside it, ${first}.`
    : event.kind === 'interference_rise'
      ? `Rose between the last ${unit} at the level before ${dayOfUnit(event.last_normal, unit)} and the first sign of the new one ${first}.`
      : `Began between the last normal ${unit} ${dayOfUnit(event.last_normal, unit)} and the first sign ${first}.`;
}

/** A series without data for longer than this before the end of the release is no longer tested. */
const SILENT_DAYS = 14;

/** The last day with data of an event that is not over, where its series stopped long before the release; else null. */
export function silentSince(
  event: DetectedEvent,
  { course, lastDay }: Pick<EventSetting, 'course' | 'lastDay'>,
): Day | null {
  if (event.first_normal !== null || course === null) return null;
  return daysBetween(course.measuredUntil, lastDay) > SILENT_DAYS ? course.measuredUntil : null;
}

function endedOf(event: DetectedEvent, setting: EventSetting): string {
  const unit = unitOf(event);
  if (event.kind === 'method_change') return 'A change of method has no end of its own.';
  if (event.first_normal !== null)
    return `Ended between the last sign ${dayOfUnit(event.last_sign ?? event.first_sign, unit)} and the first normal ${unit} ${dayOfUnit(event.first_normal, unit)}.`;
  const { course } = setting;
  const last = formatEventDay(course?.measuredUntil ?? setting.lastDay);
  if (silentSince(event, setting) !== null)
    return `No ${unit}s since ${last}: whether it ended is not known.`;
  if (isNewLevel(event, setting))
    return `It had not come back by ${last}, the last day ${course === null ? 'of the data' : 'measured'}: a new level.`;
  return course === null
    ? 'No end was seen in the data.'
    : `Not over by ${last}, the last day measured.`;
}

function caveatsOf(event: DetectedEvent, { place }: EventSetting): readonly string[] {
  const words: string[] = [];
  if (event.agreement === 'global_change')
    words.push(
      `Many countries and territories changed on the same days. That points to the figures or the target themselves, not to ${place}.`,
    );
  if (indicatorOf(event) !== null)
    words.push('An indicator is made by its publisher, and can change with the way it is made.');
  else if (event.kind === 'surge')
    words.push(
      'A surge can come from an outage elsewhere, or from a change in how use is estimated.',
    );
  else if (event.kind === 'drop')
    words.push(
      'A drop can come from the tool being blocked, from an outage, or from how use is estimated.',
    );
  if (
    witnessOf(event) === 'interference' &&
    event.kind !== 'method_change' &&
    (event.confirmed_count ?? 0) === 0
  )
    words.push('None is confirmed: signs of interference can have other causes.');
  return [...words, ...groundsOf(event)];
}

/** Tests of a day have changed by this factor: who tests has changed as well. */
const COVERAGE_JUMP = 1.5;

function groundsOf(event: DetectedEvent): readonly string[] {
  const words: string[] = [];
  if (event.robust === false)
    words.push(
      'It rests on one network: without the tests of that network no change is found, so it may be of that network alone.',
    );
  if (isWithoutNetworks(event))
    words.push(
      'The counts name no networks, so it cannot be told whether the same networks tested before and after.',
    );
  const ratio = event.coverage_ratio;
  if (ratio !== null && (ratio >= COVERAGE_JUMP || ratio <= 1 / COVERAGE_JUMP))
    words.push(
      `The tests of a day were ${formatNumber(ratio, 1)} times those before, so part of the change may be a change in who tests.`,
    );
  return words;
}
