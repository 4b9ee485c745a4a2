/** All events of a build, in words, with the addresses of their pages; made once and shared by the pages. */
import { addDays, type Day } from '../../data-build/contract/brands.ts';
import {
  eventPath,
  FEED_FILES,
  feedFolder,
  leadingLicence,
  pagedEvents,
  type FeedScope,
} from '../../data-build/contract/feed-paths.ts';
import type { BuildData } from '../engine/build-data.ts';
import { eventsQuery, type EventRow } from '../query/witnesses.ts';
import type { EventView } from '../view/events.ts';
import { dataHref, href } from './address.ts';
import { loadWitnesses, toEventViews } from './witnesses.ts';

export interface EventBook {
  /** Newest first. */
  readonly rows: readonly EventRow[];
  readonly paged: ReadonlySet<string>;
}

let book: Promise<EventBook> | undefined;

export function loadEventBook(data: BuildData): Promise<EventBook> {
  book ??= askBook(data);
  return book;
}

async function askBook({ ask }: BuildData): Promise<EventBook> {
  const rows = await ask(eventsQuery(null));
  return { rows, paged: pagedEvents(rows) };
}

/** Last day of the release. */
export function lastDay({ manifest }: BuildData): Day {
  if (manifest.until === null)
    throw new Error('The manifest names no last day, yet there are events.');
  return addDays(manifest.until, -1);
}

/** Views of the given events, in their order. */
export async function toViews(
  data: BuildData,
  rows: readonly EventRow[],
): Promise<readonly EventView[]> {
  const views = new Map<string, EventView>();
  for (const probeCc of new Set(rows.map((row) => row.probe_cc))) {
    for (const view of toEventViews(await loadWitnesses(data, probeCc), lastDay(data)))
      views.set(view.event.event_id, view);
  }
  return rows.flatMap((row) => views.get(row.event_id) ?? []);
}

export function eventHref(event: EventRow, { paged }: EventBook): string {
  return href(eventPath(event, paged));
}

export interface FeedLink {
  readonly href: string;
  readonly type: string;
  readonly licence: string;
  readonly format: keyof typeof FEED_FILES;
}

/** Feeds of a scope under every licence its events have; the global ones always exist. */
export function feedLinks(
  { manifest }: BuildData,
  rows: readonly EventRow[],
  scope: FeedScope | null = null,
): readonly FeedLink[] {
  const leading = leadingLicence(manifest.edition);
  const licences = new Set(rows.map(({ licence }) => licence));
  if (scope === null) licences.add(leading);
  return [...licences]
    .sort((a, b) => (a === leading ? -1 : b === leading ? 1 : a < b ? -1 : 1))
    .flatMap((licence) =>
      (['atom', 'json', 'calendar'] as const).map((format) => ({
        href: dataHref(
          `${feedFolder(licence, manifest.edition, scope)}/${FEED_FILES[format].name}`,
        ),
        type: FEED_FILES[format].type,
        licence,
        format,
      })),
    );
}
