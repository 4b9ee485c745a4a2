/** What stands in a picture of a chart, and on the share card of a page. */
import { pageLanguage } from '../../data-build/words/language.ts';
import { translate } from '../i18n/translate.ts';
import type { PictureWords } from '../render/picture.ts';
import { exportedId, type ExportedFigure } from './exported-figure.ts';

/** `permalink` is the whole address of the page and release. */
export function toPictureWords(exported: ExportedFigure, permalink: string): PictureWords {
  const { title, subtitle, notes, sources, synthetic } = exported;
  return {
    language: pageLanguage(),
    eyebrow: translate('site.name'),
    title,
    subtitle,
    notes,
    warning: synthetic ? translate('figure.synthetic_mark') : null,
    sources: sources.map(({ text }) => text),
    origin: [permalink, translate('embed.view', { id: exportedId(exported) })],
  };
}

/** The card of a page that shows a chart: its own title, the chart’s finding. */
export function toCardWords(card: PictureWords, chart: PictureWords): PictureWords {
  return { ...chart, title: card.title, subtitle: chart.title, origin: card.origin };
}
