/**
 * What the figures of a page were made from, as a file beside it: scripts fetch it when a reader first wants to hide,
 * tick, download, cite or embed something, and make the same view again. So nothing is read back from the page. It has no words,
 * so the pages of all languages share it.
 */
import { toDay } from '../../data-build/contract/brands.ts';
import { isFields } from '../../data-build/contract/fields.ts';
import type { Manifest } from '../../data-build/contract/manifest.ts';
import { isPublisherId } from '../../data-build/contract/publishers.ts';
import type { FigureSource } from './figure.ts';
import { unpackRows } from './packed-rows.ts';
import { parseRequest, type FigureRequest } from './request.ts';

export interface PageFigures {
  /** Path of the page below the base: `country/KE/`. */
  readonly page: string;
  /** By what names this release calls its publishers. */
  readonly publishers: readonly Publisher[];
  readonly stay: FrameStay;
  /** By their ids in the page. */
  readonly figures: Readonly<Record<string, PublishedFigure>>;
}

/** How long a fixed frame of this release shows it. */
export interface FrameStay {
  /** Until so many newer ones are out. */
  readonly releases: number;
  /** So many months, as the first of its month; 0: it is not, or none is kept for that. */
  readonly months: number;
}

export type Publisher = Pick<Manifest['sources'][number], 'id' | 'name'>;

export interface PublishedFigure {
  readonly request: FigureRequest;
  /** Plain JSON, as its figure gave it. */
  readonly answer: unknown;
  readonly sources: readonly FigureSource[];
  /** By key, pages of rows of its table that the page does not hold, in its language: `network/AS1/`. */
  readonly links: Readonly<Record<string, string>>;
  /** Name of its frame (`build/frame-id`). */
  readonly frame: string;
}

/** Null: it is no such file. */
export function parsePageFigures(json: unknown): PageFigures | null {
  if (!isFields(json) || !isFields(json['figures'])) return null;
  const { page, publishers, figures } = json;
  if (typeof page !== 'string' || !Array.isArray(publishers)) return null;
  const read = Object.entries(figures).flatMap(([id, figure]) => {
    const published = parseFigure(figure);
    return published === null ? [] : [[id, published] as const];
  });
  return {
    page,
    publishers: publishers.flatMap(parsePublisher),
    stay: parseStay(json['stay']),
    figures: Object.fromEntries(read),
  };
}

function parseStay(json: unknown): FrameStay {
  const { releases, months } = isFields(json) ? json : {};
  return typeof releases === 'number' && typeof months === 'number'
    ? { releases, months }
    : { releases: 1, months: 0 };
}

function parseFigure(json: unknown): PublishedFigure | null {
  if (!isFields(json)) return null;
  const request = parseRequest(json['request']);
  const { answer, sources } = json;
  if (request === null || !Array.isArray(sources)) return null;
  const links = Object.entries(isFields(json['links']) ? json['links'] : {}).flatMap(([key, to]) =>
    typeof to === 'string' ? [[key, to] as const] : [],
  );
  return {
    request,
    answer: unpackRows(answer),
    sources: sources.flatMap(parseSource),
    links: Object.fromEntries(links),
    frame: String(json['frame']),
  };
}

function parseSource(json: unknown): readonly FigureSource[] {
  if (!isFields(json)) return [];
  const { source } = json;
  const [since, until] = [toDay(String(json['since'])), toDay(String(json['until']))];
  const known =
    typeof source === 'string' && isPublisherId(source) && since !== null && until !== null;
  return known ? [{ source, since, until }] : [];
}

function parsePublisher(json: unknown): readonly Publisher[] {
  if (!isFields(json)) return [];
  const { id, name } = json;
  const known = typeof id === 'string' && isPublisherId(id);
  return known && typeof name === 'string' ? [{ id, name }] : [];
}
