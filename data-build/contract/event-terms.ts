/** What the words of events are made of: what it is about, where, what happened, on how many tests. */
import { dayFormat } from '../words/days.ts';
import { formatDomain } from '../words/domain.ts';
import { pageDayLocale, pageLocale, pageMonthLocale } from '../words/language.ts';
import { translate } from '../words/translate.ts';
import { daysBetween, millisOfDay, type Asn, type Day } from './brands.ts';
import { indicatorOf, isGroup, type DetectedEvent } from './detected-event.ts';
import type { EventCourse } from './event-course.ts';
import { EVENT_KINDS } from './events.ts';
import type { KnownProblem } from './corrections.ts';
import { indicatorLabel } from './publisher-words.ts';
import { METRICS, TOOLS } from './tools.ts';
import { BLOCKING_METHODS, CATEGORY_CODES, testSpec } from './vocabulary.ts';

/** What an event is called by. */
export type TitledEvent = Pick<
  DetectedEvent,
  | 'source'
  | 'kind'
  | 'probe_cc'
  | 'probe_asn'
  | 'target'
  | 'test_name'
  | 'domain'
  | 'category_code'
  | 'tool'
  | 'blocking_method'
> &
  Partial<Pick<DetectedEvent, 'baseline'>>;

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
  /** Those of the release; left out: none. */
  readonly problems?: readonly KnownProblem[];
}

/** `7 November 2024`. */
export function formatEventDay(day: Day): string {
  return formatDate(pageDayLocale(), day, { day: 'numeric', month: 'long', year: 'numeric' });
}

/** `November 2024`. */
export function formatEventMonth(day: Day): string {
  return formatDate(pageMonthLocale(), day, { month: 'long', year: 'numeric' });
}

function formatDate(locale: string, day: Day, parts: Intl.DateTimeFormatOptions): string {
  return dayFormat(locale, parts).format(millisOfDay(day));
}

export function formatNumber(value: number, digits = 0): string {
  return new Intl.NumberFormat(pageLocale(), { maximumFractionDigits: digits }).format(value);
}

/** `Telegram`, `example.org`, `Tor bridges`, `Speed tests`: what the event is about, at the start of a line or inside one. */
export function formatEventTarget(event: TitledEvent, at: 'start' | 'inside' = 'start'): string {
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
export function formatEventKind(event: TitledEvent): string {
  return indicatorOf(event) === null ? EVENT_KINDS[event.kind].label : titleOf(event);
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

/** A figure as it is told: whole from 100 on, three digits of smaller ones. */
export function formatFigure(value: number): string {
  return value >= 100
    ? formatNumber(value)
    : new Intl.NumberFormat(pageLocale(), { maximumSignificantDigits: 3 }).format(value);
}

export function formatWhere(
  event: TitledEvent,
  { place, networkName }: Pick<EventSetting, 'place' | 'networkName'>,
  at: 'title' | 'inside',
): string {
  if (isGroup(event)) return translate('finding.where.together', { where: place, at });
  const { probe_asn: asn } = event;
  return asn === null ? place : formatOn(place, asn, networkName);
}

/** `Kenya on AS33771 (Safaricom)`. */
export function formatOn(place: string, asn: Asn, networkName: string | null): string {
  return translate('finding.where', {
    place,
    asn: `AS${asn}`,
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

/** A surge or drop that has lasted this long is a new level, as in `log-z-3`. */
export const NEW_LEVEL_DAYS = 56;

export function isNewLevel(event: DetectedEvent, setting: EventSetting): boolean {
  return (
    event.detector_id === 'log-z-3' &&
    event.first_normal === null &&
    daysBetween(event.first_sign, setting.course?.measuredUntil ?? setting.lastDay) >=
      NEW_LEVEL_DAYS
  );
}

/** Whether nobody looks for its end: the figures themselves changed, and the event has become a new level (`log-z-3`). */
export function isEndless(event: DetectedEvent, setting: EventSetting): boolean {
  return event.agreement === 'global_change' && isNewLevel(event, setting);
}

export function titleOf(event: TitledEvent, isLevel = false): string {
  const { kind } = event;
  switch (kind) {
    case 'method_change':
      return translate('finding.what.method_change', { method: methodOf(event) });
    case 'surge':
    case 'drop':
      return translate(`finding.what.${kind}`, {
        level: isLevel ? 'new' : 'other',
      });
    case 'interference_end':
      // Where the data begin inside it, nobody knows what is usual.
      return translate('finding.what.interference_end', {
        before: event.baseline === null ? 'unknown' : 'known',
      });
    default:
      return translate(`finding.what.${kind}`);
  }
}

export function methodOf({
  blocking_method: method,
}: Pick<DetectedEvent, 'blocking_method'>): string {
  return method === null ? translate('finding.another_method') : BLOCKING_METHODS[method].label;
}
