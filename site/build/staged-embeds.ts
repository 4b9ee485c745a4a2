/**
 * Charts of pages that are being drawn, so that embeds and pictures need no second look at the data: the finished pages of
 * embeds, and for each picture what is to be in it. `serve/embed-integration` names the folder, takes all of it into the
 * built site, and serves it in development.
 */
import path from 'node:path';
import { hashOf } from '../../data-build/hash.ts';
import type { Manifest } from '../../data-build/contract/manifest.ts';
import type { PublisherId } from '../../data-build/contract/publishers.ts';
import { FRAME_HEIGHT } from '../charts/size.ts';
import type { FigureView } from '../figures/figure.ts';
import { formatEmbedSearch, PLAIN_EMBED, writeOembed, writeSnippet } from '../export/embed-code.ts';
import {
  cardPath,
  fixedPath,
  framePicturePath,
  livePath,
  pageOembedPath,
  permalinkPath,
} from '../export/embed-links.ts';
import { writeEmbedPage, writeLeadPage } from '../export/embed-page.ts';
import {
  exportedAlt,
  exportedNumbers,
  exportFigure,
  type ExportedFigure,
  type ExportedSource,
} from '../export/exported-figure.ts';
import { writePictureFile } from '../export/picture-file.ts';
import { toPictureWords } from '../export/picture-words.ts';
import { framedLanguages } from '../serve/languages.ts';
import { translate } from '../i18n/translate.ts';
import { fileHref } from './address.ts';
import { displayedFiles } from './displayed-files.ts';
import { pictureLook } from '../embed/look.ts';
import type { TableModel } from '../view/table.ts';
import {
  framedPath,
  hasFiles,
  hasPictures,
  isEmbeddable,
  isFramed,
  stagedPath,
} from './framed-pages.ts';
import {
  embedHref,
  FRAME_PATH,
  FRAME_WIDTH,
  LEAD_PATH,
  LOOK_PATH,
  put,
  putAssets,
  staging,
} from './staging.ts';

const PICTURE_LOOK = pictureLook('light');

export interface StagedFigure {
  readonly view: FigureView;
  /** Its id in the page. */
  readonly chart: string;
  /** Path of the page below the base: `country/KE/`. */
  readonly page: string;
  /** Name of its frame (`build/frame-id`). */
  readonly frame: string;
  readonly sources: readonly ExportedSource[];
  readonly publishers: readonly PublisherId[];
  /** Of its table as text. */
  readonly sha256: string;
  /** Whether what it displays lies beside it as CSV. */
  readonly displayed: boolean;
  /** It stands under the headline of its page, and on its share card. */
  readonly leads?: boolean;
  /** Where its page stood in earlier releases: live frames of it lead on from there, too. */
  readonly formerPages?: readonly string[];
  readonly manifest: Manifest;
  /** The site’s own origin, where it is known. */
  readonly site: URL | undefined;
}

export function hashNumbers(table: TableModel): string {
  return hashOf(exportedNumbers(table));
}

/** Puts the frame of a chart, the page that leads to it, its files, its picture and what its page answers by oEmbed into the staging folder. */
export function stageFigure(figure: StagedFigure): void {
  const folder = staging();
  const {
    view,
    chart,
    page,
    frame,
    sources,
    sha256,
    leads = false,
    formerPages = [],
    manifest,
    site,
  } = figure;
  if (folder === null || !isEmbeddable(page)) return;
  putAssets(folder);
  const exported = exportFigure(view, {
    page: framedPath(page),
    chart,
    sources,
    release: manifest.data_version,
    synthetic: manifest.synthetic,
    sha256,
  });
  const own = stagedPath(page);
  const permalink = embedHref(permalinkPath({ ...exported, page: own }), site);
  // Frames, files and pictures are made where someone asked for them; the card of a page shows its chart in each language.
  const framed = isFramed();
  if (framed) putEmbeds(folder, exported, { frame, permalink, site, leads, formerPages });
  // Numbers are the same in each language.
  if (own === page && figure.displayed)
    for (const { path: file, text } of displayedFiles(figure, permalink))
      put(folder, `site/${file}`, text);
  const oembed = framed && site !== undefined ? toOembed(exported, frame, site) : null;
  const staged = { page: own, chart, leads, name: exported.name, oembed };
  const picture = hasPictures() ? toPictureJob(exported, permalink, framed ? frame : null) : null;
  put(folder, `pictures/${own}${chart}.json`, JSON.stringify({ ...staged, picture }));
}

/** What `serve/embed-integration` draws on the card of its page, and beside frames where there are some. */
function toPictureJob(exported: ExportedFigure, permalink: string, frame: string | null): object {
  const { wide, narrow, card } = exported.drawings;
  return {
    shape: 'wide',
    words: toPictureWords(exported, permalink),
    drawings: [wide, narrow],
    targets:
      frame !== null && hasFiles(exported.page)
        ? [framePicturePath({ ...exported, frame }, 'png')]
        : [],
    card: { drawings: [card], credits: exported.sources.map(({ credit }) => credit) },
  };
}

/** The picture that a link to a frame shows elsewhere: its own, else the card of its page. */
function sharedPicture(exported: ExportedFigure, frame: string): string {
  const { page } = exported;
  return hasFiles(page) ? framePicturePath({ ...exported, frame }, 'png') : cardPath(page);
}

function putEmbeds(
  folder: string,
  exported: ExportedFigure,
  {
    frame,
    permalink,
    site,
    leads,
    formerPages,
  }: Required<Pick<StagedFigure, 'frame' | 'site' | 'leads' | 'formerPages'>> & {
    readonly permalink: string;
  },
): void {
  const framed = { ...exported, frame };
  const toHref = (file: string): string => embedHref(file, site);
  const shared = {
    stylesheet: fileHref(LOOK_PATH),
    picture: toHref(sharedPicture(exported, frame)),
    permalink,
  };
  const fixed = writeEmbedPage(exported, {
    ...shared,
    kind: 'fixed',
    script: fileHref(FRAME_PATH),
    languages: framedLanguages().map(({ tag }) => tag),
  });
  put(folder, `site/${fixedPath(framed)}index.html`, fixed);
  for (const page of [exported.page, ...formerPages.map(framedPath)]) {
    const live = livePath({ ...exported, page });
    const lead = writeLeadPage(exported, {
      ...shared,
      script: fileHref(LEAD_PATH),
      to: path.posix.relative(live, fixedPath(framed)),
      drawn: hasFiles(exported.page),
      oembed: site !== undefined && leads ? toHref(pageOembedPath(exported.page)) : null,
    });
    put(folder, `site/${live}index.html`, lead);
  }
  if (hasFiles(exported.page)) {
    const svg = writePictureFile(exported, permalink, PICTURE_LOOK);
    put(folder, `site/${framePicturePath(framed, 'svg')}`, svg);
  }
}

/** The answer of a page that this chart leads: its live frame. */
function toOembed(exported: ExportedFigure, frame: string, site: URL): string {
  const { title } = exported;
  const toHref = (file: string): string => embedHref(file, site);
  // Before a frame has said its own: as high as it is on a phone, where it is highest.
  const height = FRAME_HEIGHT.narrow;
  const picture = toHref(sharedPicture(exported, frame));
  const snippet = writeSnippet({
    frame: `${toHref(livePath(exported))}${formatEmbedSearch(PLAIN_EMBED)}`,
    title,
    page: toHref(permalinkPath(exported)),
    picture: { url: picture, alt: exportedAlt(exported) },
    script: toHref('embed.js'),
    width: null,
    height,
  });
  return writeOembed({
    title,
    html: snippet,
    width: FRAME_WIDTH,
    height,
    thumbnail: picture,
    provider: { name: translate('site.name'), url: toHref('') },
  });
}
