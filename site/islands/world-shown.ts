/** Periods and layers of the world map: fetched, viewed as at build, filled into the page, and named in its address. */
import type { Day } from '../../data-build/contract/brands.ts';
import { joinSentences } from '../../data-build/words/sentences.ts';
import { levelLook, placeId } from '../charts/map/look.ts';
import type { DrawnFigure } from '../figures/figure.ts';
import { world } from '../figures/world/figure.ts';
import { toSourceLines } from '../export/source-lines.ts';
import { findLayer, frameOfLayer } from '../figures/world/layers.ts';
import type { WorldView } from '../figures/world/view.ts';
import type { PageFigures, PublishedFigure } from '../figures/page-figures.ts';
import { translate } from '../i18n/translate.ts';
import { formatNotice, toNotice, type Notice } from '../state/notice.ts';
import { formatWorldLink } from '../state/world-link.ts';
import { formatCount } from '../view/format.ts';
import { nextPeriod } from '../view/time-frame.ts';
import { fileAddress } from './address.ts';
import { element } from './element.ts';
import { loadFigureFile } from './figure-file.ts';
import { drawTable } from './figure-table.ts';
import { loadShapes } from './map-shapes.ts';
import { forgetShown, setShown } from './shown.ts';

export { parseWorldLink } from '../state/world-link.ts';

const SHEETS = ['world-map', 'world-wide', 'world-narrow'];
/** The answer comes from a file. */
const map: DrawnFigure<unknown, WorldView> = world;

/** A layer as it was published, and what it shows first. */
export interface LoadedLayer {
  readonly published: PublishedFigure;
  /** By what names the release calls them. */
  readonly publishers: PageFigures['publishers'];
  readonly first: WorldView;
}

const layers = new Map<string, Promise<LoadedLayer | null>>();

/** Null: it did not arrive, and may be tried again. */
export async function loadLayer(name: string): Promise<LoadedLayer | null> {
  const loading = layers.get(name) ?? fetchLayer(name);
  layers.set(name, loading);
  const layer = await loading;
  if (layer === null) layers.delete(name);
  return layer;
}

async function fetchLayer(name: string): Promise<LoadedLayer | null> {
  const version = document.querySelector<HTMLMetaElement>('meta[name="version"]')?.content ?? '';
  // The version keeps a cached file of another release away.
  const address = fileAddress(`world/${name}.json?v=${encodeURIComponent(version)}`);
  const [file] = await Promise.all([loadFigureFile(address).catch(() => null), loadShapes()]);
  const published = file?.figures[world.name];
  const first = published === undefined ? null : map.view(published.answer, published.request);
  return file === null || published === undefined || first === null
    ? null
    : { published, publishers: file.publishers, first };
}

/** The period with this place in the record; null: the one that the layer begins with. */
export function viewPeriod(
  { first, published: { request, answer } }: LoadedLayer,
  index: number | null,
): WorldView | null {
  const start = index === null ? first.start : first.periods[index];
  const { frame } = request;
  if (start === first.start || start === undefined || frame === null) return first;
  const period = { ...frame, since: start, until: nextPeriod(start, first.grain) };
  return map.view(answer, { ...request, frame: period });
}

/** Which of the periods a day lies in; null: in none that has data. */
export function findPeriod({ first: { periods, grain } }: LoadedLayer, day: Day): number | null {
  const found = periods.findLastIndex((start) => start <= day);
  const start = periods[found];
  return start === undefined || day >= nextPeriod(start, grain) ? null : found;
}

/** The link of what is shown; what a reader would see without it is left out. */
export function linkOf(view: WorldView, { first }: LoadedLayer, isFirstLayer: boolean): string {
  const state = {
    layer: isFirstLayer ? null : view.layer,
    since: view === first ? null : view.start,
  };
  return formatWorldLink(state, location.search);
}

export function noSuchPeriod(day: Day): Notice {
  return toNotice('no_such_period', 'since', day);
}

/** What in the link was left aside. */
export function tellNotices(figure: HTMLElement, notices: readonly Notice[]): void {
  part(figure, 'left-aside')?.remove();
  if (notices.length === 0) return;
  const place = element('div', '');
  place.className = 'status';
  place.dataset['part'] = 'left-aside';
  place.setAttribute('role', 'status');
  part(figure, 'controls')?.before(place);
  place.append(...notices.map((notice) => element('p', formatNotice(notice))));
}

/** Words, levels and table of a view; the drawings stay, and their places get other levels. */
export function fillFigure(
  figure: HTMLElement,
  view: WorldView,
  { published: { request, frame: id }, publishers, first }: LoadedLayer,
  isPublished: boolean,
): void {
  const sources = map.sources(view);
  const { version: release, synthetic } = request.release;
  const layer = findLayer(request.series);
  const frame =
    layer === undefined ? {} : { frame: { ...frameOfLayer(layer), frame: id, title: first.title } };
  if (isPublished) forgetShown(figure);
  else setShown(figure, { view, sources, release, synthetic, ...frame });
  figure.dataset['rows'] = String(view.rows);
  setText(part(figure, 'title'), view.title);
  setText(part(figure, 'subtitle'), view.subtitle);
  setText(figure.querySelector('output'), view.period);
  setText(figure.querySelector('svg[role="img"] > title'), view.title);
  const mark = synthetic ? translate('figure.synthetic') : null;
  setText(figure.querySelector('svg[role="img"] > desc'), joinSentences([mark, view.desc]));
  const levels = new Map(view.places.map((place) => [place.code, place]));
  for (const prefix of SHEETS) {
    for (const place of figure.querySelectorAll(`[id^="${prefix}-${placeId('')}"]`)) {
      const code = place.id.slice(`${prefix}-${placeId('')}`.length);
      const look = levelLook(levels.get(code)?.level ?? 'not_tested', levels.get(code)?.alone);
      place.setAttribute('class', look.class);
      if (look.pattern === undefined) place.removeAttribute('fill');
      else place.setAttribute('fill', `url(#${prefix}-${look.pattern})`);
    }
  }
  for (const link of figure.querySelectorAll('.links a')) {
    const place = levels.get(link.getAttribute('data-code') ?? '');
    if (place !== undefined) link.setAttribute('aria-label', place.label);
  }
  for (const legend of figure.querySelectorAll<HTMLElement>('[data-legend]')) {
    legend.hidden = legend.dataset['legend'] !== view.witness;
    if (legend.hidden) continue;
    for (const { level, count } of view.levels)
      tellCount(legend.querySelector(`[data-level="${level}"]`), count);
    tellCount(legend.querySelector('[data-alone]'), view.alone);
  }
  const credits = toSourceLines(sources, { sources: publishers, data_version: release });
  for (const line of figure.querySelectorAll<HTMLElement>('figcaption [data-publisher]')) {
    line.hidden = line.dataset['publisher'] !== view.source;
    if (!line.hidden) setText(line, credits.map(({ credit }) => credit).join(' '));
  }
  part(figure, 'notes')?.replaceChildren(...view.notes.map((note) => element('li', note)));
  drawTable(figure, view.table);
}

function part(figure: HTMLElement, name: string): HTMLElement | null {
  return figure.querySelector<HTMLElement>(`[data-part="${name}"]`);
}

/** In the legend; what no place has is left out. */
function tellCount(place: Element | null, count: number): void {
  setText(place, formatCount(count));
  const item = place?.closest('li');
  if (item) item.hidden = count === 0;
}

function setText(node: Element | null | undefined, text: string): void {
  if (node !== null && node !== undefined && node.textContent !== text) node.textContent = text;
}
