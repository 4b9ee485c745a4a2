/** All events of a build, in words, with the addresses of their pages. */
import { eventPath, pagedEvents } from '../../data-build/contract/feed-paths.ts';
import {
  testSpec,
  type CategoryCode,
  type TestGroup,
} from '../../data-build/contract/vocabulary.ts';
import type { BuildData } from '../engine/build-data.ts';
import { eventsQuery, type EventRow } from '../query/witnesses.ts';
import { events } from '../figures/events/figure.ts';
import type { EventView } from '../view/events.ts';
import { href } from './address.ts';
import { makeFigure } from './make-figure.ts';

export interface EventList {
  /** Newest first. */
  readonly rows: readonly EventRow[];
  readonly paged: ReadonlySet<string>;
}

/** Which theme an app or a tool stands under in the list: that of websites of its kind. */
const THEME_OF_GROUP: Partial<Record<TestGroup, CategoryCode>> = {
  apps: 'COMT',
  circumvention: 'ANON',
};

/** The theme of what an event is about; null: none is known. */
export function themeOf(
  { category_code, domain, test_name, tool }: EventRow,
  categories: ReadonlyMap<string, CategoryCode | null>,
): CategoryCode | null {
  if (category_code !== null) return category_code;
  if (domain !== null) return categories.get(domain) ?? null;
  if (tool !== null) return 'ANON';
  return test_name === null ? null : (THEME_OF_GROUP[testSpec(test_name).group] ?? null);
}

let list: Promise<EventList> | undefined;

export function loadEventList(data: BuildData): Promise<EventList> {
  list ??= askList(data);
  return list;
}

async function askList({ ask }: BuildData): Promise<EventList> {
  const rows = await ask(eventsQuery(null));
  return { rows, paged: pagedEvents(rows) };
}

/** Views of the given events, in their order. */
export async function toViews(
  data: BuildData,
  rows: readonly EventRow[],
): Promise<readonly EventView[]> {
  const views = new Map<string, EventView>();
  for (const probeCc of new Set(rows.map((row) => row.probe_cc))) {
    const made = await makeFigure(data, events, { subject: { kind: 'country', probeCc } });
    for (const view of made?.view.events ?? []) views.set(view.event.event_id, view);
  }
  return rows.flatMap((row) => views.get(row.event_id) ?? []);
}

export function eventHref(event: EventRow, { paged }: EventList): string {
  return href(eventPath(event, paged));
}
