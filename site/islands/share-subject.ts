/** What the share dialog gives away: a chart in the frames of what was published, or as picture or file of what is shown. */
import { formatEmbedSearch, type EmbedChoice } from '../export/embed-code.ts';
import {
  embedPath,
  framePicturePath,
  permalinkPath,
  type EmbedKind,
} from '../export/embed-links.ts';
import { writeEmbedPage } from '../export/embed-page.ts';
import {
  exportedAlt,
  exportedExtent,
  exportedNumbers,
  exportFigure,
  type ExportedFigure,
} from '../export/exported-figure.ts';
import { sampleWarning, toCardWords, toPictureWords } from '../export/picture-words.ts';
import { toSourceLines } from '../export/source-lines.ts';
import { FIRST_LANGUAGE, pageLanguage } from '../../data-build/words/language.ts';
import { embedCss } from '../embed/look.ts';
import type { FrameStay } from '../figures/page-figures.ts';
import { formatState, parseState } from '../state/state.ts';
import type { PictureParts } from './share-picture.ts';
import { redrawnIn } from './shown.ts';
import { publishedIn } from './shown-figure.ts';
import { hashText } from './hash-text.ts';
import { fileAddress, pageAddress } from './address.ts';

export interface ShareSubject {
  /** Id of the figure. */
  readonly chart: string;
  readonly title: string;
  readonly language: string;
  /** Title of the published chart, which frames show, where a filter has drawn another; null: they show the same. */
  readonly framed: string | null;
  /** Tags of the languages that its frames are made in; the first is offered. */
  readonly languages: readonly string[];
  /** Which frames there are; the first is offered. */
  readonly kinds: readonly EmbedKind[];
  /** How long a fixed frame shows this release; null: there is none. */
  readonly stay: FrameStay | null;
  /** Whole address of the page that shows the chart. */
  readonly permalink: string;
  /** Name of files, without ending. */
  readonly fileName: string;
  readonly alt: string;
  readonly sandbox?: string;
  frame(kind: EmbedKind, choice: EmbedChoice): string;
  /** Address of a picture that others can load; null where there is none. */
  readonly picture: string | null;
  readonly parts: PictureParts;
  /** Of its share card, in the state that is shown. */
  readonly card: PictureParts;
  /** The file that stands alone. */
  file(choice: EmbedChoice): string;
}

/** What every subject has by itself and the address that it is cited by. */
export function toShareWords(
  exported: ExportedFigure,
  permalink: string,
): Pick<
  ShareSubject,
  'chart' | 'title' | 'language' | 'permalink' | 'alt' | 'parts' | 'card' | 'file'
> {
  const { chart, title, drawings } = exported;
  return {
    chart,
    title,
    language: pageLanguage(),
    permalink,
    alt: exportedAlt(exported),
    parts: {
      words: toPictureWords(exported, permalink),
      drawings: [drawings.wide, drawings.narrow],
    },
    card: {
      words: toCardWords(
        {
          title,
          detail: exportedExtent(exported),
          host: location.host,
          credits: exported.sources.map(({ credit }) => credit),
          language: pageLanguage(),
          warning: sampleWarning(exported.synthetic),
        },
        true,
      ),
      drawings: [drawings.card],
    },
    file: ({ theme }) =>
      writeEmbedPage(exported, { kind: 'file', css: embedCss(), theme, permalink }),
  };
}

/** That of the page first, where it is among those that frames are made in. */
function frameLanguages(): readonly string[] {
  const all = (document.documentElement.dataset['frames'] ?? FIRST_LANGUAGE).split(' ');
  return all
    .filter((tag) => tag === pageLanguage())
    .concat(all.filter((tag) => tag !== pageLanguage()));
}

/** A page as its frames in a language name it; null: in the language that is offered. */
function framedPage(page: string, language: string | null): string {
  const [first] = (document.documentElement.dataset['frames'] ?? FIRST_LANGUAGE).split(' ');
  const tag = language ?? frameLanguages()[0] ?? FIRST_LANGUAGE;
  return tag === first ? page : `${tag}/${page}`;
}

/** Whether the site was built with pictures: then the downloads of its charts name them. */
function hasPictures(): boolean {
  return document.querySelector('[data-part="published"] a[href$=".png"]') !== null;
}

/** The figure has embed pages of its own, of what was published. */
export async function readSubject(figure: HTMLElement): Promise<ShareSubject> {
  const published = await publishedIn(figure);
  const { page, publishers } = published.file;
  const filtered = redrawnIn(figure);
  const { view, sources, release, synthetic } = filtered ?? published;
  const { state } = parseState(location.search);
  const exported = exportFigure(view, {
    page,
    chart: figure.id,
    ...(filtered === null ? {} : { search: formatState({ ...state, release: null }) }),
    sources: toSourceLines(sources, { sources: publishers, data_version: release }),
    release,
    synthetic,
    sha256: await hashText(exportedNumbers(view.table)),
  });
  const frame = filtered?.frame ?? {
    page,
    chart: figure.id,
    frame: published.file.figures[figure.id]?.frame ?? '',
    title: published.view.title,
  };
  const whole = (path: string): string => fileAddress(encodeURI(path));
  return {
    ...toShareWords(
      exported,
      filtered === null
        ? pageAddress(encodeURI(permalinkPath(exported)))
        : new URL(`${formatState({ ...state, release })}#${figure.id}`, location.href).href,
    ),
    framed: filtered === null || frame.title === view.title ? null : frame.title,
    kinds: ['fixed', 'live'],
    stay: published.file.stay,
    fileName: `${page}${figure.id}${exported.search ?? ''}-${release}`.replace(/[^\w.-]+/g, '-'),
    languages: frameLanguages(),
    // The language lies in the path of a frame, so its search does not say it.
    frame: (kind, choice) =>
      whole(embedPath({ ...frame, page: framedPage(frame.page, choice.language) }, kind)) +
      formatEmbedSearch({ ...choice, language: null }),
    picture: hasPictures()
      ? whole(framePicturePath({ ...frame, page: framedPage(frame.page, null) }, 'png'))
      : null,
  };
}
