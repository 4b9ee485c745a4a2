/** What an event rests on, term by term; each share with its counts and dates. */
import { addDays, type Day } from '../../../data-build/contract/brands.ts';
import {
  eventFigures,
  eventUntil,
  type DetectedEvent,
} from '../../../data-build/contract/detected-event.ts';
import { formatUnitDay, unitOf } from '../../../data-build/contract/event-brackets.ts';
import {
  formatEvidence,
  formatEventDay,
  formatFigure,
  formatMetric,
} from '../../../data-build/contract/event-terms.ts';
import { PUBLISHERS } from '../../../data-build/contract/publishers.ts';
import { BLOCKING_METHODS } from '../../../data-build/contract/vocabulary.ts';
import { isolate } from '../../../data-build/words/isolate.ts';
import { translate } from '../../i18n/translate.ts';
import type { CourseRow, EventRow } from '../../query/witnesses.ts';
import { endOfUnit, type EventView } from '../../view/events.ts';
import { formatCount, formatDayRange, formatPercent } from '../../view/format.ts';
import { formatShare } from '../../view/rate.ts';

/** Days before the first sign that count as the time before, as in the detector's baseline. */
const BEFORE_DAYS = 28;

export type EventFact = readonly [term: string, text: string];

/** `days`: all measured days of the event's target; empty for events that are not of tests. */
export function toEventFacts(
  view: EventView,
  days: readonly CourseRow[],
  measuredUntil: Day,
): readonly EventFact[] {
  const { event } = view;
  const agreement: EventFact = [
    translate('event.fact.agreement'),
    `${view.agreement}. ${view.agreementAbout}`,
  ];
  const kind: EventFact = [translate('event.fact.kind'), view.kind];
  if (view.witness !== 'interference')
    return [kind, ...toFigureFacts(event, measuredUntil), agreement];
  const until =
    event.kind === 'method_change'
      ? eventUntil(event)
      : addDays(event.last_sign ?? measuredUntil, 1);
  const range = formatDayRange(event.first_sign, until ?? addDays(measuredUntil, 1));
  const tests = event.measurement_count ?? 0;
  const signs = (event.anomaly_count ?? 0) + (event.confirmed_count ?? 0);
  const method = event.blocking_method === null ? null : BLOCKING_METHODS[event.blocking_method];
  return [
    kind,
    [
      translate('event.fact.evidence'),
      translate('event.fact.evidence_text', {
        evidence: formatEvidence(event).replace(/,$/, ''),
        percent: tests === 0 ? '–' : formatPercent(signs / tests),
        range,
      }),
    ],
    [translate('event.fact.before'), formatBefore(view, days)],
    [
      translate('event.fact.confirmed'),
      event.confirmed_count === null
        ? translate('table.unknown')
        : translate('event.fact.confirmed_text', {
            n: formatCount(event.confirmed_count),
            m: formatCount(tests),
            range,
          }),
    ],
    ...(method === null
      ? []
      : [
          [
            translate('event.fact.method'),
            translate('phrase.named', { name: method.label, text: method.about }),
          ] as const,
        ]),
    [
      translate('event.fact.robust'),
      view.robust ??
        translate(event.probe_asn === null ? 'event.robust.unknown' : 'event.robust.one_network'),
    ],
    agreement,
  ];
}

/** Of surges, drops, slowdowns and vanished tests: what was usual, what was farthest from it, when, of how many tests, by whom. */
function toFigureFacts(event: EventRow, measuredUntil: Day): readonly EventFact[] {
  const figures = eventFigures(event);
  if (figures === null) return [];
  const said = {
    by: basisOf(event),
    unit: unitOf(event),
    measured: event.metric === null ? 'no' : 'yes',
    metric: event.metric === null ? '' : formatMetric(event.metric),
  };
  const until =
    event.last_sign === null ? addDays(measuredUntil, 1) : endOfUnit(event.last_sign, event);
  return [
    [
      translate('event.fact.usual'),
      translate('event.fact.usual_text', { ...said, value: formatFigure(figures.usual) }),
    ],
    [
      translate('event.fact.extreme'),
      translate('event.fact.extreme_text', {
        by: said.by,
        value: formatFigure(figures.extreme),
        when: formatUnitDay(event, figures.day),
      }),
    ],
    ...(event.measurement_count === null
      ? []
      : [
          [
            translate('event.fact.tests'),
            translate('event.fact.tests_text', {
              tests: event.measurement_count,
              range: formatDayRange(event.first_sign, until),
            }),
          ] as const,
        ]),
    [translate('event.fact.source'), isolate(PUBLISHERS[event.source].name)],
  ];
}

/** What the usual of an event is. */
function basisOf({
  kind,
  detector_id,
}: DetectedEvent): 'slowdown' | 'vanished' | 'range' | 'median' {
  if (kind === 'slowdown' || kind === 'vanished') return kind;
  return detector_id === 'publisher-range-2' ? 'range' : 'median';
}

/** The four weeks up to the last normal day, counted; the rule's own baseline leaves single odd days out. */
function formatBefore({ event }: EventView, days: readonly CourseRow[]): string {
  if (event.baseline === null || event.last_normal === null)
    return translate('event.fact.before_unknown', { day: formatEventDay(event.first_sign) });
  const usual = addDays(event.first_sign, -BEFORE_DAYS);
  const [first] = days;
  const isShort = first !== undefined && first.day > usual;
  const since = isShort ? first.day : usual;
  const until = event.first_sign;
  const before = days.filter(({ day }) => day >= since && day < until);
  const tests = before.reduce((sum, day) => sum + day.tests, 0);
  const signs = before.reduce((sum, day) => sum + day.signs, 0);
  if (tests === 0) return translate('event.fact.before_silent');
  return translate('event.fact.before_text', {
    share: formatShare({ signs, tests }),
    percent: formatPercent(signs / tests),
    range: formatDayRange(since, until),
    begins: isShort ? 'yes' : 'no',
  });
}
