/** What stands in a picture of a chart, and on the share card of a page. */
import { translate } from '../i18n/translate.ts';
import type { PictureWords } from '../render/picture.ts';
import { exhibitId, type Exhibit } from './exhibit.ts';

/** `permalink` is the whole address of the page and release. */
export function toPictureWords(exhibit: Exhibit, permalink: string): PictureWords {
  const { language, title, subtitle, notes, sources, synthetic } = exhibit;
  return {
    language,
    eyebrow: translate('site.name', {}, language),
    title,
    subtitle,
    notes,
    warning: synthetic ? translate('figure.synthetic', {}, language).replace(/\.$/, '') : null,
    sources: sources.map(({ text }) => text),
    origin: [permalink, translate('embed.view', { id: exhibitId(exhibit) }, language)],
  };
}

/** The card of a page that shows a chart: its own title, the chart’s finding. */
export function toCardWords(card: PictureWords, chart: PictureWords): PictureWords {
  return { ...chart, title: card.title, subtitle: chart.title, origin: card.origin };
}
