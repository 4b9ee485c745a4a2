/** What stands in a picture of a chart, and on the share card of a page. */
import { pageLanguage, pageLocale } from '../../data-build/words/language.ts';
import { translate } from '../i18n/translate.ts';
import type { PictureWords } from '../render/picture.ts';
import { exportedId, type ExportedFigure } from './exported-figure.ts';

/** What stands above all else where the data are a sample. */
export function sampleWarning(synthetic: boolean): string | null {
  return synthetic ? translate('figure.synthetic_mark') : null;
}

/** `permalink` is the whole address of the page and release. */
export function toPictureWords(exported: ExportedFigure, permalink: string): PictureWords {
  const { title, subtitle, notes, sources, synthetic } = exported;
  return {
    language: pageLanguage(),
    eyebrow: translate('site.name'),
    title,
    subtitle,
    notes,
    warning: sampleWarning(synthetic),
    sources: sources.map(({ text }) => text),
    origin: [permalink, translate('embed.view', { id: exportedId(exported) })],
  };
}

/** What the card of a page says. */
export interface CardContent {
  /** The finding, or the name of the page. */
  readonly title: string;
  readonly detail: string;
  /** Host name of the site, or its name. */
  readonly host: string;
  /** Of each publisher, in short. */
  readonly credits: readonly string[];
  /** Of its words: cards are drawn after all pages, in no language of their own. */
  readonly language: string;
  /** That the data are invented, in that language; null: they are not. */
  readonly warning: string | null;
}

const PIECES = {
  sentence: /[^]+?(?:[.!?…](?=\s)\s*|[。！？؟۔။]\s*|$)/g,
  word: /\s+|\S+/g,
} as const;

/** Characters of the second line beside a chart. */
const MOST_DETAIL = 150;

/** A card is read in passing: a finding, a line of numbers, whose they are and where they stand. */
export function toCardWords(
  { title, detail, host, credits, language, warning }: CardContent,
  hasChart: boolean,
): PictureWords {
  return {
    language,
    eyebrow: '',
    title,
    subtitle: hasChart ? firstSentences(detail) : detail,
    notes: [],
    warning,
    sources: [[host, ...credits].join(' · ')],
    origin: [],
  };
}

/** As many whole sentences as fit; the first is shortened rather than lost. */
function firstSentences(text: string): string {
  const [first = '', ...others] = split(text, 'sentence');
  let kept = shorten(first);
  for (const sentence of others) {
    if (kept.length + sentence.trimEnd().length > MOST_DETAIL) break;
    kept += sentence;
  }
  return kept.trimEnd();
}

/** Whole words as far as they fit, and a mark that there was more. */
function shorten(sentence: string): string {
  if (sentence.trimEnd().length <= MOST_DETAIL) return sentence;
  let kept = '';
  for (const word of split(sentence, 'word')) {
    if (kept.length + word.length >= MOST_DETAIL) break;
    kept += word;
  }
  return `${kept.replace(/[\s\p{P}]+$/u, '')}…`;
}

/** Browsers before 2024 have no `Intl.Segmenter`. */
function split(text: string, granularity: 'sentence' | 'word'): readonly string[] {
  if (!('Segmenter' in Intl)) return text.match(PIECES[granularity]) ?? [];
  const segmenter = new Intl.Segmenter(pageLocale(), { granularity });
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}
