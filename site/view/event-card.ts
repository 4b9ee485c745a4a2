/** What a share card says of an event: its counts or figures, its days, and how sure it is. */
import { addDays } from '../../data-build/contract/brands.ts';
import { eventFigures, eventUntil } from '../../data-build/contract/detected-event.ts';
import { formatUnitDay } from '../../data-build/contract/event-brackets.ts';
import {
  formatEventDay,
  formatFigure,
  formatMetric,
} from '../../data-build/contract/event-terms.ts';
import { translate } from '../i18n/translate.ts';
import { networkParts } from './context.ts';
import { endOfUnit, type EventView } from './events.ts';
import { formatDayRange } from './format.ts';
import { formatShare } from './rate.ts';

/** A finding as a share card says it. */
export interface CardText {
  readonly title: string;
  readonly detail: string;
}

export function toEventCard(view: EventView): CardText {
  const detail = view.witness === 'interference' ? formatTests(view) : formatFigures(view);
  return { title: view.words.title, detail };
}

function formatTests(view: EventView): string {
  const { event } = view;
  const confirmed = event.confirmed_count ?? 0;
  return translate('safe.card.detail', {
    range: formatDays(view),
    share: formatShare({
      signs: (event.anomaly_count ?? 0) + confirmed,
      tests: event.measurement_count ?? 0,
    }),
    ...networkParts(event.probe_asn === null ? event.network_count : null),
    confirmed,
  });
}

function formatFigures(view: EventView): string {
  const { event } = view;
  const figures = eventFigures(event);
  if (figures === null) return formatDays(view);
  return translate('event.card.figures', {
    range: formatDays(view),
    kind: event.kind,
    usual: formatFigure(figures.usual),
    value: formatFigure(figures.extreme),
    when: formatUnitDay(event, figures.day),
    measured: event.metric === null ? 'no' : 'yes',
    metric: event.metric === null ? '' : formatMetric(event.metric),
  });
}

/** Of an event that is not over the days to the last one measured. */
function formatDays({ event, measuredUntil }: EventView): string {
  const until =
    event.last_sign === null
      ? (eventUntil(event) ?? (measuredUntil === null ? null : addDays(measuredUntil, 1)))
      : endOfUnit(event.last_sign, event);
  return until === null
    ? translate('event.card.open', { day: formatEventDay(event.first_sign) })
    : formatDayRange(event.first_sign, until);
}
