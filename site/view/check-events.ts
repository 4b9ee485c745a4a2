/** Detected events, computed anew from their rows: the list of a country or territory, or the page of one. */
import { translate } from '../i18n/translate.ts';
import type { Ask } from './ask.ts';
import type { EventsCheck } from './check.ts';
import { toCheckedSentence, type CheckedFigure, type CheckedText } from '../figures/checked.ts';
import { askEventFacts, type EventFact } from './event-facts.ts';
import { turnOf } from './event-groups.ts';
import { toEventView, type EventView } from './events.ts';
import { formatDay } from './format.ts';
import { askPlaceEvents } from './place-witnesses.ts';

/** Null: the release has no such event. */
export async function computeEvents(
  ask: Ask,
  { probeCc, eventId, lastDay }: EventsCheck,
): Promise<CheckedFigure | null> {
  const { events, courses } = await askPlaceEvents(ask, probeCc);
  if (eventId === null) {
    const views = events.map((event) => toEventView(event, courses, lastDay));
    return { texts: [toSize(views), ...views.flatMap(toItem)], tables: [] };
  }
  const event = events.find(({ event_id }) => event_id === eventId);
  if (event === undefined) return null;
  const view = toEventView(event, courses, lastDay);
  const facts = await askEventFacts(ask, view, courses.get(eventId)?.measuredUntil ?? lastDay);
  return { texts: [...toPage(view), ...facts.map(toFact)], tables: [] };
}

function toSize(views: readonly EventView[]): CheckedText {
  const where = translate('verify.where.events');
  return { where, selector: 'li.event', counted: true, text: String(views.length) };
}

/** As `EventItem.astro` prints it. */
function toItem(view: EventView): readonly CheckedText[] {
  const { title, sentence } = view.words;
  const item = `[id="event-${view.event.event_id}"]`;
  return [
    { where: title, selector: `${item} time`, text: formatDay(turnOf(view)) },
    { where: title, selector: `${item} > h3`, text: title },
    { where: title, selector: `${item} > h3 + p`, text: sentence },
  ];
}

/** As the page of an event prints it. */
function toPage({ words }: EventView): readonly CheckedText[] {
  const { title, sentence, began, ended, caveats } = words;
  return [
    { where: translate('verify.where.title'), selector: 'h1', text: title },
    toCheckedSentence('.lede', sentence),
    {
      where: translate('verify.where.brackets'),
      selector: '[data-part="brackets"]',
      text: `${began} ${ended}`,
    },
    {
      where: translate('verify.where.notes'),
      selector: '.caveats li',
      text: caveats.join(' '),
    },
  ];
}

function toFact([term, text]: EventFact, index: number): CheckedText {
  return { where: term, selector: `#evidence dd:nth-of-type(${String(index + 1)})`, text };
}
