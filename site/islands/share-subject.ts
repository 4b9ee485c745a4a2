/** What the share dialog gives away: a chart that has embed pages of its own, read from its fixed one. */
import { formatEmbedSearch, type EmbedChoice } from '../export/embed-code.ts';
import { toEmbedFile } from '../export/embed-file.ts';
import {
  embedPath,
  embedPicturePath,
  permalinkPath,
  type EmbedKind,
} from '../export/embed-links.ts';
import { exhibitId } from '../export/exhibit.ts';
import { pageLanguage } from '../i18n/language.ts';
import { translate } from '../i18n/translate.ts';
import type { Drawing } from '../render/svg-string.ts';
import { embedCss } from '../embed/look.ts';
import type { PictureParts } from './share-picture.ts';

export interface ShareSubject {
  readonly title: string;
  /** Which frames there are; the first is offered. */
  readonly kinds: readonly EmbedKind[];
  /** Whole address of the page that shows the chart. */
  readonly permalink: string;
  /** Name of files, without ending. */
  readonly fileName: string;
  readonly alt: string;
  readonly sandbox?: string;
  frame(kind: EmbedKind, choice: EmbedChoice): string;
  /** Address of a picture that others can load; null where there is none. */
  picture(kind: EmbedKind): string | null;
  readonly parts: PictureParts;
  /** The file that stands alone. */
  file(choice: EmbedChoice): string;
}

/** Reads the fixed embed of the chart whose link was followed. */
export async function readSubject(link: HTMLAnchorElement): Promise<ShareSubject> {
  const { page = '', chartId = '', release = '' } = link.dataset;
  const named = { page, chart: chartId, release };
  const base = new URL(document.documentElement.dataset['base'] ?? '/', location.href);
  const whole = (path: string): string => new URL(encodeURI(path), base).href;
  const response = await fetch(link.href);
  if (!response.ok) throw new Error(`${link.href} answered ${response.status}.`);
  const text = await response.text();
  const embed = new DOMParser().parseFromString(text, 'text/html');
  const read = (selector: string): string =>
    embed.querySelector(selector)?.textContent.replace(/\s+/g, ' ').trim() ?? '';
  const title = read('[data-part="title"]');
  const permalink = whole(permalinkPath(named));
  const warning = embed.querySelector('figcaption strong');
  return {
    title,
    kinds: ['fixed', 'live'],
    permalink,
    fileName: `${page}${chartId}-${release}`.replace(/[^\w.-]+/g, '-'),
    alt: embed.querySelector<HTMLMetaElement>('meta[name="description"]')?.content ?? title,
    frame: (kind, choice) => whole(embedPath(named, kind)) + formatEmbedSearch(choice),
    picture: (kind) => whole(embedPicturePath(named, kind)),
    parts: {
      words: {
        language: pageLanguage(),
        eyebrow: translate('site.name'),
        title,
        subtitle: read('[data-part="subtitle"]'),
        notes: [...embed.querySelectorAll('[data-part="notes"] li')].map(
          (note) => note.textContent,
        ),
        warning: warning === null ? null : translate('figure.synthetic').replace(/\.$/, ''),
        sources: [...embed.querySelectorAll('figcaption [data-part="source"]')].map(
          (line) => line.textContent,
        ),
        origin: [permalink, translate('embed.view', { id: exhibitId(named) })],
      },
      drawings: [...embed.querySelectorAll('.drawing svg')].map(toDrawing),
    },
    file: ({ theme }) => toEmbedFile(text, { css: embedCss(), theme, origin: base.origin }),
  };
}

function toDrawing(svg: Element): Drawing {
  return {
    svg: new XMLSerializer().serializeToString(svg),
    width: Number(svg.getAttribute('width')),
    height: Number(svg.getAttribute('height')),
  };
}
