/** The figures of a page under a reader's filters: asked again, and filled in. */
import type { Manifest } from '../../data-build/contract/manifest.ts';
import type { Ask } from '../catalog/ask.ts';
import { askFigure } from '../figures/ask-figure.ts';
import type { Chosen, DrawnFigure, Figure, FigureView } from '../figures/figure.ts';
import { DRAWN_FIGURES, PRINTED_FIGURES } from '../figures/registry.ts';
import {
  releaseOf,
  toRequest,
  type FigureRequest,
  type FigureSubject,
} from '../figures/request.ts';
import { translate } from '../i18n/translate.ts';
import { formatDayRange } from '../view/format.ts';
import { drawFigure } from './figure.ts';
import { drawShown } from './figure-drawings.ts';
import { writeSources } from './figure-sources.ts';

/** A figure that follows the filters. */
export interface Follower {
  /** After those that the filters are about. */
  readonly later: boolean;
  /** Whether a reader sees it now. */
  isSeen(): boolean;
  /** Says that it does not show yet what was chosen, until it is filled. */
  wait(): void;
  ask(ask: Ask, about: Following): Promise<Filling>;
}

/** An answer that is not in the page yet. */
export interface Filling {
  /** The finding, where there is one. */
  readonly title: string | null;
  /** Puts it in, but for drawings that the stylesheet hides: see `drawHidden`. */
  fill(): void;
}

export interface Following {
  readonly subject: FigureSubject;
  readonly chosen: Chosen;
  readonly manifest: Manifest;
}

/** Those that speak of what was chosen come first; their title says what is drawn. */
export function listFollowers(root: ParentNode): readonly Follower[] {
  return [
    ...DRAWN_FIGURES.filter(({ follow }) => follow !== undefined).flatMap((figure) =>
      [...root.querySelectorAll<HTMLElement>(`figure[data-chart="${figure.name}"]`)].map((place) =>
        toFollower(figure, place),
      ),
    ),
    ...PRINTED_FIGURES.filter(({ follow }) => follow !== undefined).map((figure) =>
      toPrintedFollower(figure, root),
    ),
  ];
}

function toFollower(figure: DrawnFigure, place: HTMLElement): Follower {
  return {
    later: figure.followsLater === true,
    isSeen() {
      const { top, bottom, height } = place.getBoundingClientRect();
      return height > 0 && bottom > 0 && top < innerHeight;
    },
    wait() {
      place.setAttribute('aria-busy', 'true');
    },
    async ask(ask, about) {
      const request = follow(figure, about, place.dataset['of'] ?? null);
      const made = await askFigure(ask, figure, request);
      return {
        title: made?.view.title ?? null,
        fill() {
          fill(place, figure, made?.view ?? null, about);
          place.removeAttribute('aria-busy');
        },
      };
    },
  };
}

/** Sentences stand where their check finds them. */
function toPrintedFollower(figure: Figure, root: ParentNode): Follower {
  return {
    later: figure.followsLater === true,
    isSeen: () => true,
    wait: () => undefined,
    async ask(ask, about) {
      const made = await askFigure(ask, figure, follow(figure, about, null));
      return {
        title: null,
        fill() {
          for (const { selector, text } of made === null ? [] : figure.checked(made.view).texts) {
            const place = root.querySelector(selector);
            if (place !== null) place.textContent = text;
          }
        },
      };
    },
  };
}

function follow(
  figure: Figure,
  { subject, chosen, manifest }: Following,
  series: string | null,
): FigureRequest {
  const request = toRequest(figure, { subject, series, release: releaseOf(manifest) });
  return figure.follow?.(request, chosen) ?? request;
}

function fill(
  place: HTMLElement,
  figure: DrawnFigure,
  view: FigureView | null,
  { chosen: { frame }, manifest }: Following,
): void {
  const title = place.querySelector('[data-part="title"]');
  const published = (place.dataset['published'] ??= title?.textContent.trim() ?? '');
  emptyFigure(place, view === null);
  if (view !== null) {
    const sources = figure.sources(view);
    const line = writeSources(place, sources, manifest);
    const { data_version: release, synthetic } = manifest;
    drawFigure(place, { view, sources, release, synthetic }, line, drawShown);
    return;
  }
  place.dataset['rows'] = '0';
  if (title !== null)
    title.textContent = translate('filter.nothing', {
      chart: published,
      range: formatDayRange(frame.since, frame.until),
    });
}

/** A chart with nothing in the chosen days says so instead of showing others. */
function emptyFigure(figure: HTMLElement, empty: boolean): void {
  for (const name of ['subtitle', 'drawing', 'notes', 'table']) {
    const place = figure.querySelector<HTMLElement>(`[data-part="${name}"]`);
    if (place !== null) place.hidden = empty;
  }
}
