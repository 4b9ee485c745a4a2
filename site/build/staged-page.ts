/** Share cards of pages, and what a page without a frame of its own answers by oEmbed. */
import type { Manifest } from '../../data-build/contract/manifest.ts';
import { PUBLISHERS } from '../../data-build/contract/publishers.ts';
import { escapeXml } from '../../data-build/contract/xml.ts';
import { pageLanguage } from '../../data-build/words/language.ts';
import { writeOembed } from '../export/embed-code.ts';
import { cardPath, pageOembedPath } from '../export/embed-links.ts';
import { sampleWarning, type CardContent } from '../export/picture-words.ts';
import { translate } from '../i18n/translate.ts';
import { FRAME_WIDTH, embedHref, put, putAssets, staging } from './staging.ts';
import { isFramed, stagedPath } from './framed-pages.ts';

const QUOTE_HEIGHT = 200;

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
    language: pageLanguage(),
    warning: sampleWarning(manifest.synthetic),
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
