/** Detected events of a place as its page lists them, or one with what it rests on. */
import { joinSentences } from '../../../data-build/words/sentences.ts';
import { witnessOf } from '../../../data-build/contract/detected-event.ts';
import { addDays, type Day } from '../../../data-build/contract/brands.ts';
import { translate } from '../../i18n/translate.ts';
import { courseQuery, type CourseRow } from '../../query/witnesses.ts';
import { toEventFacts, type EventFact } from './facts.ts';
import { turnOf } from './groups.ts';
import { toEventView, type EventView } from '../../view/events.ts';
import { formatDay } from '../../view/format.ts';
import { toCheckedSentence, type CheckedText } from '../checked.ts';
import type { Figure } from '../figure.ts';
import { askPlaceEvents, type PlaceEvents } from '../place-events.ts';
import type { ReleaseFacts } from '../request.ts';

interface EventsAnswer extends PlaceEvents {
  /** All measured days of the target of the one event; empty where it is not of tests. */
  readonly days: readonly CourseRow[];
}

export interface EventsView {
  /** Newest first. */
  readonly events: readonly EventView[];
  /** The one event of its page; null: all are listed. */
  readonly one: {
    readonly view: EventView;
    readonly facts: readonly EventFact[];
    /** The last day that tells anything of it. */
    readonly measuredUntil: Day;
  } | null;
}

export const events: Figure<EventsAnswer, EventsView> = {
  name: 'events',
  async ask(ask, { subject }) {
    if (subject.kind !== 'country' && subject.kind !== 'event') return null;
    const { probeCc } = subject;
    const found = await askPlaceEvents(ask, probeCc);
    if (subject.kind === 'country') return { ...found, days: [] };
    const event = found.events.find(({ event_id }) => event_id === subject.eventId);
    if (event === undefined) return null;
    const days =
      witnessOf(event) === 'interference' ? await ask(courseQuery(event), { probeCc }) : [];
    return { ...found, days };
  },
  view({ events: rows, courses: pairs, days }, { subject, release }) {
    const lastDay = toLastDay(release);
    if (lastDay === null) return null;
    const courses = new Map(pairs);
    const views = rows.map((event) => toEventView(event, courses, lastDay, release.problems));
    if (subject.kind !== 'event') return { events: views, one: null };
    const view = views.find(({ event }) => event.event_id === subject.eventId);
    if (view === undefined) return null;
    const measuredUntil = courses.get(subject.eventId)?.measuredUntil ?? lastDay;
    const facts = toEventFacts(view, days, measuredUntil);
    return { events: views, one: { view, facts, measuredUntil } };
  },
  checked: ({ events: views, one }) => ({
    texts:
      one === null
        ? [toSize(views), ...views.flatMap(toItem)]
        : [...toPage(one.view), ...one.facts.map(toFact)],
    tables: [],
  }),
};

function toLastDay({ until }: ReleaseFacts): Day | null {
  return until === null ? null : addDays(until, -1);
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
      text: joinSentences([began, ended]),
    },
    {
      where: translate('verify.where.notes'),
      selector: '.caveats li',
      text: joinSentences(caveats),
    },
  ];
}

function toFact([term, text]: EventFact, index: number): CheckedText {
  return { where: term, selector: `#evidence dd:nth-of-type(${String(index + 1)})`, text };
}
