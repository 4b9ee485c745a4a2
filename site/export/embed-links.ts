/** Where the embeds of a chart lie, below the base path: one place that spells these addresses. */
import type { ExportedFigure } from './exported-figure.ts';

/** The address that leads to the newest frame, or that of one frame for good. */
export type EmbedKind = 'live' | 'fixed';

type Chart = Pick<ExportedFigure, 'page' | 'chart'>;

/** A chart as one document, named after what it was made from (`build/frame-id`). */
export interface FramedChart extends Chart {
  readonly frame: string;
}

/** `embed/country/KE/outcomes/`: leads to the newest frame. */
export function livePath({ page, chart }: Chart): string {
  return `embed/${page}${chart}/`;
}

/** `embed/country/KE/outcomes/0123456789/`: what lies there never changes. */
export function fixedPath(framed: FramedChart): string {
  return `${livePath(framed)}${framed.frame}/`;
}

export function embedPath(framed: FramedChart, kind: EmbedKind): string {
  return kind === 'live' ? livePath(framed) : fixedPath(framed);
}

/** The wide picture of a frame. */
export function framePicturePath(framed: FramedChart, format: 'png' | 'svg'): string {
  return `${livePath(framed)}${framed.frame}.${format}`;
}

/** Frames and pictures that never change, among the files below the base path. */
export function isFixed(file: string): boolean {
  return /^embed\/.*\/[0-9a-f]{10}(?:\/index\.html|\.png|\.svg)$/.test(file);
}

/** The live address of the chart that a fixed address shows, both below the base path; null: it is none. */
export function liveAbove(address: string): string | null {
  return /^(embed\/.+\/)[0-9a-f]{10}(?:\/|\.png|\.svg)?$/.exec(address)?.[1] ?? null;
}

/** In the search of an address: the fixed frame that somebody asked for is no longer kept, and this one stands for it. */
export const NOT_KEPT = 'kept=no';

/** What it displays as CSV, of the newest release; `licence` where its columns stand under several. */
export function embedDataPath({ page, chart }: Chart, licence: string | null): string {
  return `embed/${page}${chart}${licence === null ? '' : `-${licence}`}.csv`;
}

/** The one oEmbed answer of a page, and of its leading chart: `country/KE/` → `oembed/country/KE.json`; the front page is `oembed/index.json`. */
export function pageOembedPath(page: string): string {
  return `oembed/${page === '' ? 'index' : page.replace(/\/$/, '')}.json`;
}

/** The share card of a page. */
export function cardPath(page: string): string {
  return `embed/${page}card.png`;
}

/** Page and release that a chart is cited by, as a link below the base path. */
export function permalinkPath({
  page,
  chart,
  release,
}: Pick<ExportedFigure, 'page' | 'chart' | 'release'>): string {
  return `${page}?release=${release}#${chart}`;
}
