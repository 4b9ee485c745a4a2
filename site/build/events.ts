/** All events of a build, in words, with the addresses of their pages. */
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
import { events } from '../figures/events/figure.ts';
import type { EventView } from '../view/events.ts';
import { dataHref, href } from './address.ts';
import { makeFigure } from './make-figure.ts';

export interface EventList {
  /** Newest first. */
  readonly rows: readonly EventRow[];
  readonly paged: ReadonlySet<string>;
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
