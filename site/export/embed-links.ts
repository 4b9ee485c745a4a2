/** Where the embeds of a chart lie, below the base path: one place that spells these addresses. */
import type { ExportedFigure } from './exported-figure.ts';

/** Of the newest release, or of one named release for good. */
export type EmbedKind = 'live' | 'fixed';
export const EMBED_KINDS: readonly EmbedKind[] = ['fixed', 'live'];

type Named = Pick<ExportedFigure, 'page' | 'chart' | 'release'>;

/** `embed/country/KE/outcomes/`, or `embed/at/<release>/country/KE/outcomes/`. */
export function embedPath({ page, chart, release }: Named, kind: EmbedKind): string {
  return kind === 'live' ? `embed/${page}${chart}/` : `embed/at/${release}/${page}${chart}/`;
}

/** The wide picture beside it. */
export function embedPicturePath(exported: Named, kind: EmbedKind): string {
  return `${embedPath(exported, kind).replace(/\/$/, '')}.png`;
}

/** The same as a file that stands alone; there is one of the fixed embed alone. */
export function embedFilePath(exported: Named): string {
  return embedPicturePath(exported, 'fixed').replace(/png$/, 'svg');
}

/** What it displays as CSV, of the newest release; `licence` where its columns stand under several. */
export function embedDataPath(
  { page, chart }: Pick<Named, 'page' | 'chart'>,
  licence: string | null,
): string {
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
export function permalinkPath({ page, chart, release }: Named): string {
  return `${page}?release=${release}#${chart}`;
}
