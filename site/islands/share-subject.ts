/** What the share dialog gives away: a chart as it was published, in its frames, as a picture or as a file. */
import { formatEmbedSearch, type EmbedChoice } from '../export/embed-code.ts';
import {
  embedPath,
  embedPicturePath,
  permalinkPath,
  type EmbedKind,
} from '../export/embed-links.ts';
import { writeEmbedPage } from '../export/embed-page.ts';
import { exhibitAlt, exhibitNumbers, toExhibit, type Exhibit } from '../export/exhibit.ts';
import { toPictureWords } from '../export/picture-words.ts';
import { toSourceLines } from '../export/source-lines.ts';
import { pageLanguage } from '../../data-build/words/language.ts';
import { embedCss } from '../embed/look.ts';
import type { PictureParts } from './share-picture.ts';
import { publishedIn } from './shown-figure.ts';
import { hashText } from './hash-text.ts';
import { fileAddress, pageAddress } from './address.ts';

export interface ShareSubject {
  readonly title: string;
  readonly language: string;
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

/** What every subject has by its exhibit and the address that it is cited by. */
export function toShareWords(
  exhibit: Exhibit,
  permalink: string,
): Pick<ShareSubject, 'title' | 'language' | 'permalink' | 'alt' | 'parts' | 'file'> {
  const { title, drawings } = exhibit;
  return {
    title,
    language: pageLanguage(),
    permalink,
    alt: exhibitAlt(exhibit),
    parts: {
      words: toPictureWords(exhibit, permalink),
      drawings: [drawings.wide, drawings.narrow],
    },
    file: ({ theme }) =>
      writeEmbedPage(exhibit, { kind: 'file', css: embedCss(), theme, permalink }),
  };
}

/** The figure has embed pages of its own. */
export async function readSubject(figure: HTMLElement): Promise<ShareSubject> {
  const { view, sources, release, synthetic, file } = await publishedIn(figure);
  const { page, publishers } = file;
  const exhibit = toExhibit(view, {
    page,
    chart: figure.id,
    sources: toSourceLines(sources, { sources: publishers, data_version: release }),
    release,
    synthetic,
    sha256: await hashText(exhibitNumbers(view.table)),
  });
  const whole = (path: string): string => fileAddress(encodeURI(path));
  return {
    ...toShareWords(exhibit, pageAddress(encodeURI(permalinkPath(exhibit)))),
    kinds: ['fixed', 'live'],
    fileName: `${page}${figure.id}-${release}`.replace(/[^\w.-]+/g, '-'),
    frame: (kind, choice) => whole(embedPath(exhibit, kind)) + formatEmbedSearch(choice),
    picture: (kind) => whole(embedPicturePath(exhibit, kind)),
  };
}
