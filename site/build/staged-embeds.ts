/**
 * Where pages put their charts while they are drawn, so that embeds and pictures need no second look at the data: the
 * finished pages of embeds, and for each picture what is to be in it. `serve/embed-integration` names the folder, takes
 * all of it into the built site, and serves it in development.
 */
import { hashOf } from '../../data-build/hash.ts';
import { mkdirSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import path from 'node:path';
import type { Manifest } from '../../data-build/contract/manifest.ts';
import frameScript from '../embed/frame.ts?raw';
import leadScript from '../embed/lead.ts?raw';
import hostScript from '../embed/host.ts?raw';
import { PUBLISHERS, type PublisherId } from '../../data-build/contract/publishers.ts';
import { escapeXml } from '../../data-build/contract/xml.ts';
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
import { toPictureWords, type CardContent } from '../export/picture-words.ts';
import { pageLanguage } from '../../data-build/words/language.ts';
import { framedLanguages, languageFolder } from '../serve/languages.ts';
import { translate } from '../i18n/translate.ts';
import { fileHref, href } from './address.ts';
import { displayedFiles } from './displayed-files.ts';
import { embedCss, pictureLook } from '../embed/look.ts';
import type { TableModel } from '../view/table.ts';

const FRAME_WIDTH = 720;
const QUOTE_HEIGHT = 200;

/** The folder, or null where nothing collects, as in tests of single components. */
function staging(): string | null {
  return process.env['STAGING_DIR'] ?? null;
}

export function shortHash(text: string): string {
  return hashOf(text).slice(0, 8);
}

const LOOK = embedCss();
const PICTURE_LOOK = pictureLook('light');
const FRAME = stripTypes(frameScript);
const LOOK_PATH = `embed/look-${shortHash(LOOK)}.css`;
const FRAME_PATH = `embed/frame-${shortHash(FRAME)}.js`;
const LEAD = stripTypes(leadScript);
const LEAD_PATH = `embed/lead-${shortHash(LEAD)}.js`;
let assetsWritten: string | null = null;

/** Types go, and with them comments and indents. */
function stripTypes(source: string): string {
  return stripTypeScriptTypes(source.replace(/^\s*(?:\/\*\*?[^]*?\*\/|\/\/.*)$/gm, ''))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
    .concat('\n');
}

function put(folder: string, file: string, text: string): void {
  const target = path.join(folder, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
}

/** Puts a file of the built site into the staging folder; false: nothing collects. */
export function stageFile(file: string, text: string): boolean {
  const folder = staging();
  if (folder !== null) put(folder, `site/${file}`, text);
  return folder !== null;
}

/** As `stageFile`, of a script as it is written, types and all. */
export function stageScript(file: string, source: string): boolean {
  return stageFile(file, stripTypes(source));
}

/** Where the language of the page being made has its own of what is staged for a page: `country/KE/`, `fa/country/KE/`. */
export function stagedPath(page: string): string {
  return `${languageFolder(pageLanguage())}${page}`;
}

/** A page as its frames and their pictures name it: those of a language without its own are in the first. */
export function framedPath(page: string): string {
  return isFramed() ? stagedPath(page) : page;
}

/** Whether this build makes frames in the language of the page being made. */
export function isFramed(): boolean {
  return framedLanguages().some(({ tag }) => tag === pageLanguage());
}

function putAssets(folder: string): void {
  if (assetsWritten === folder) return;
  assetsWritten = folder;
  put(folder, `site/${LOOK_PATH}`, LOOK);
  put(folder, `site/${FRAME_PATH}`, FRAME);
  put(folder, `site/${LEAD_PATH}`, LEAD);
  put(folder, 'site/embed.js', stripTypes(hostScript));
}

/** The script that all embeds share; stages it, for pages that have no chart of their own. */
export function frameScriptHref(): string {
  const folder = staging();
  if (folder !== null) putAssets(folder);
  return fileHref(FRAME_PATH);
}

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

const ENTITY = /^(?:country|network|domain|test|theme|finding|event)\/[^/]+\/$/;

/** A page of one thing. */
export function isEntity(page: string): boolean {
  return ENTITY.test(page);
}

/** Whether charts of a page are worth a frame of their own: of things, and the map of the front page. */
export function isEmbeddable(page: string): boolean {
  return page === '' || isEntity(page);
}

/**
 * Whether picture and table of a chart are files of their own. Of networks and websites a release of the world has
 * thousands; the reader’s device makes those that are asked for.
 */
export function hasFiles(page: string): boolean {
  return !/^(?:network|domain)\//.test(page);
}

/** Whether this build draws the PNGs beside embeds; the development server never does. */
export function hasPictures(): boolean {
  return process.env['PICTURES'] !== 'off' && !import.meta.env.DEV;
}

/** `/base/country/KE/` → `country/KE/`. */
export function pagePath(pathname: string): string {
  const base = href();
  return decodeURI(pathname.startsWith(base) ? pathname.slice(base.length) : pathname);
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

/** A path below the base as an address: with the origin where the site knows it, else from the root. */
export function embedHref(file: string, site: URL | undefined): string {
  const rooted = fileHref(encodeURI(file));
  return site === undefined ? rooted : new URL(rooted, site).href;
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

/** What the share card of a page says; its chart, if it has one, is staged already or will be. */
export interface StagedPage {
  readonly page: string;
  readonly title: string;
  readonly description: string;
  /** Its finding, where that is not what its title and description say. */
  readonly finding: { readonly title: string; readonly detail: string } | null;
  readonly manifest: Manifest;
  readonly site: URL | undefined;
}

export function stagePage(card: StagedPage): void {
  const folder = staging();
  if (folder === null) return;
  putAssets(folder);
  const { page, title, description, finding, manifest, site } = card;
  const own = stagedPath(page);
  const content: CardContent = {
    ...(finding ?? { title, detail: description }),
    host: site?.host ?? translate('site.name'),
    // What others recorded is on no card.
    credits: manifest.sources
      .filter(({ id }) => PUBLISHERS[id].tables.some((table) => table !== 'recorded_elsewhere'))
      .map(({ name, licence }) => `${name} · ${licence}`),
    synthetic: manifest.synthetic,
  };
  put(
    folder,
    `cards/${own}card.json`,
    JSON.stringify({ page: own, content, target: cardPath(own) }),
  );
  if (site !== undefined && isFramed())
    put(folder, `site/${pageOembedPath(own)}`, toPageOembed(card, site));
}

/** A page without a frame of its own is quoted: its sentence, its caveat, a link. */
function toPageOembed({ page, title, description }: StagedPage, site: URL): string {
  const address = embedHref(page, site);
  return writeOembed({
    title,
    html: `<blockquote><p>${escapeXml(description)}</p><p><a href="${escapeXml(address)}">${escapeXml(title)}, ${escapeXml(translate('site.name'))}</a></p></blockquote>`,
    width: FRAME_WIDTH,
    height: QUOTE_HEIGHT,
    thumbnail: embedHref(cardPath(page), site),
    provider: { name: translate('site.name'), url: embedHref('', site) },
  });
}
