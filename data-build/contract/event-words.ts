/**
 * What is said of a detected event: one wording for pages, feeds and copies. The measurement is
 * the subject, never a state; every number stands with its denominator, networks and dates.
 */
import { formatDomain } from '../words/domain.ts';
import { pageDayLocale, pageLocale } from '../words/language.ts';
import { translate } from '../words/translate.ts';
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
import { indicatorLabel } from './source-words.ts';
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
  return formatDate(day, { day: 'numeric', month: 'long', year: 'numeric' });
}

function formatDate(day: Day, parts: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(pageDayLocale(), { ...parts, timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

function formatNumber(value: number, digits = 0): string {
  return new Intl.NumberFormat(pageLocale(), { maximumFractionDigits: digits }).format(value);
}

/** `Telegram`, `example.org`, `Tor bridges`, `Speed tests`: what the event is about, at the start of a line or inside one. */
export function formatEventTarget(event: DetectedEvent, at: 'start' | 'inside' = 'start'): string {
  if (event.domain !== null) return formatDomain(event.domain);
  if (isGroup(event))
    return translate('finding.target.group', {
      at,
      category: event.category_code === null ? 'none' : CATEGORY_CODES[event.category_code],
    });
  if (event.test_name !== null) return testSpec(event.test_name).label;
  if (event.tool !== null) return formatTool(event.tool);
  return indicatorOf(event) === null
    ? translate('finding.target.speed')
    : indicatorLabel(event.source, event.target);
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

function formatWhere(
  event: DetectedEvent,
  { place, networkName }: EventSetting,
  at: 'title' | 'inside',
): string {
  if (isGroup(event)) return translate('finding.where.together', { where: place, at });
  const { probe_asn: asn } = event;
  if (asn === null) return place;
  return translate('finding.where', {
    place,
    asn: String(asn),
    named: networkName === null ? 'no' : 'yes',
    network: networkName ?? '',
  });
}

/**
 * `1,537 of 2,475 tests on 23 networks`, with what of it is confirmed. What is put in between ends with a comma where the
 * sentence goes on (`open`).
 */
export function formatEvidence(event: DetectedEvent, end: 'open' | 'closed' = 'open'): string {
  const confirmed = event.confirmed_count ?? 0;
  return translate('finding.evidence', {
    signs: (event.anomaly_count ?? 0) + confirmed,
    tests: event.measurement_count ?? 0,
    of: event.probe_asn !== null ? 'network' : event.network_count === null ? 'unknown' : 'place',
    networks: event.network_count ?? 0,
    confirmed,
    end,
  });
}

/** Everything that is said of an event. */
export function toEventWords(event: DetectedEvent, setting: EventSetting): EventWords {
  const target = formatEventTarget(event);
  const where = formatWhere(event, setting, 'title');
  return {
    title: translate('finding.title', {
      of: event.tool === null ? 'other' : 'tool',
      target,
      where,
      what: titleOf(event, setting),
      ground: groundOf(event),
    }),
    sentence: sentenceOf(
      event,
      formatEventTarget(event, 'inside'),
      formatWhere(event, setting, 'inside'),
      setting,
    ),
    began: beganOf(event),
    ended: endedOf(event, setting),
    caveats: caveatsOf(event, setting),
  };
}

/** What a finding rests on, where that is little: it is said in the title. */
function groundOf(event: DetectedEvent): 'one_network' | 'unknown' | 'enough' {
  if (event.robust === false) return 'one_network';
  return isWithoutNetworks(event) ? 'unknown' : 'enough';
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
  const { kind } = event;
  switch (kind) {
    case 'method_change':
      return translate('finding.what.method_change', { method: methodOf(event) });
    case 'surge':
    case 'drop':
      return translate(`finding.what.${kind}`, {
        level: isNewLevel(event, setting) ? 'new' : 'other',
      });
    default:
      return translate(`finding.what.${kind}`);
  }
}

function methodOf({ blocking_method: method }: DetectedEvent): string {
  return method === null ? translate('finding.another_method') : BLOCKING_METHODS[method].label;
}

function sentenceOf(
  event: DetectedEvent,
  target: string,
  where: string,
  setting: EventSetting,
): string {
  const first = formatEventDay(event.first_sign);
  const percent = formatNumber(100 * event.magnitude);
  switch (event.kind) {
    case 'interference_start':
      return joinSentences(
        translate('finding.started', {
          target,
          where,
          first,
          evidence: formatEvidence(event),
          ...lastDay(event.last_sign ?? setting.course?.measuredUntil ?? null),
        }),
        fadingOf(event, setting),
      );
    case 'interference_rise':
      return joinSentences(
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
      );
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

function joinSentences(sentence: string, further: string | null): string {
  return further === null ? sentence : `${sentence} ${further}`;
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

function lastDay(day: Day | null) {
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
  return joinSentences(
    translate('finding.use', said),
    isLevel ? translate('finding.use.level', { first }) : null,
  );
}

type Unit = 'test' | 'figure' | 'week' | 'month';

/** What is normal before and after: a test, a figure, or a week or month of tests. */
function unitOf(event: DetectedEvent): Unit {
  if (witnessOf(event) === 'interference') return 'test';
  if (witnessOf(event) !== 'throughput') return 'figure';
  return event.target.endsWith('month') ? 'month' : 'week';
}

function dayOfUnit(day: Day, unit: Unit): string {
  if (unit === 'week') return translate('finding.on.week', { day: formatEventDay(day) });
  if (unit === 'month')
    return translate('finding.on.month', {
      day: formatDate(day, { month: 'long', year: 'numeric' }),
    });
  return translate('finding.on.day', { day: formatEventDay(day) });
}

function beganOf(event: DetectedEvent): string {
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
  return daysBetween(course.measuredUntil, lastDay) > SILENT_DAYS ? course.measuredUntil : null;
}

function endedOf(event: DetectedEvent, setting: EventSetting): string {
  const unit = unitOf(event);
  if (event.kind === 'method_change') return translate('finding.end.none');
  if (event.first_normal !== null)
    return translate('finding.end.seen', {
      last: dayOfUnit(event.last_sign ?? event.first_sign, unit),
      unit,
      first: dayOfUnit(event.first_normal, unit),
    });
  const { course } = setting;
  const day = formatEventDay(course?.measuredUntil ?? setting.lastDay);
  if (silentSince(event, setting) !== null) return translate('finding.end.silent', { unit, day });
  if (isNewLevel(event, setting))
    return translate('finding.end.level', { day, known: course === null ? 'data' : 'measured' });
  return course === null ? translate('finding.end.unseen') : translate('finding.end.open', { day });
}

function caveatsOf(event: DetectedEvent, { place }: EventSetting): readonly string[] {
  const words: string[] = [];
  if (event.agreement === 'global_change')
    words.push(translate('finding.caveat.global', { place }));
  if (indicatorOf(event) !== null) words.push(translate('finding.caveat.indicator'));
  else if (event.kind === 'surge') words.push(translate('finding.caveat.surge'));
  else if (event.kind === 'drop') words.push(translate('finding.caveat.drop'));
  if (
    witnessOf(event) === 'interference' &&
    event.kind !== 'method_change' &&
    (event.confirmed_count ?? 0) === 0
  )
    words.push(translate('finding.caveat.unconfirmed'));
  return [...words, ...groundsOf(event)];
}

/** Tests of a day have changed by this factor: who tests has changed as well. */
const COVERAGE_JUMP = 1.5;

function groundsOf(event: DetectedEvent): readonly string[] {
  const words: string[] = [];
  if (event.robust === false) words.push(translate('finding.caveat.one_network'));
  if (isWithoutNetworks(event)) words.push(translate('finding.caveat.no_networks'));
  const ratio = event.coverage_ratio;
  if (ratio !== null && (ratio >= COVERAGE_JUMP || ratio <= 1 / COVERAGE_JUMP))
    words.push(translate('finding.caveat.coverage', { times: formatNumber(ratio, 1) }));
  return words;
}
