/** Addresses of the site's own pages. Every link goes through here, so that the site works below any path. */
import { pageLanguage } from '../../data-build/words/language.ts';
import { isLarge } from '../catalog/large-tables.ts';
import { dataAddress } from '../serve/base.ts';
import { languageFolder } from '../serve/languages.ts';

/** Address of a file that all languages share; `path` is below the base path and never begins with `/`. */
export function fileHref(path = ''): string {
  return `${import.meta.env.BASE_URL.replace(/\/?$/, '/')}${path}`;
}

/** `countries/` → the page in the language of the page being made, or in another; `` is the front page. */
export function href(path = '', language = pageLanguage()): string {
  return fileHref(`${languageFolder(language)}${path}`);
}

export function countryHref(probeCc: string): string {
  return href(`country/${probeCc}/`);
}

/** Address of a file in the data folder. */
export function dataHref(path: string): string {
  const encoded = path.split('/').map(encodeURIComponent).join('/').replaceAll('%3D', '=');
  return `${(isLarge(path) ? dataAddress() : null) ?? fileHref('data/')}${encoded}`;
}

export function networkHref(asn: string | number): string {
  return href(`network/AS${asn}/`);
}

export function domainHref(domain: string): string {
  return href(`domain/${encodeURIComponent(domain)}/`);
}

export function testHref(testName: string): string {
  return href(`test/${encodeURIComponent(testName)}/`);
}

export function themeHref(slug: string): string {
  return href(`theme/${slug}/`);
}

export function findingHref(slug: string): string {
  return href(`finding/${slug}/`);
}

/** With the origin where the site knows its own. */
export function wholeHref(rooted: string): string {
  const { SITE } = import.meta.env;
  return typeof SITE === 'string' && SITE !== '' ? new URL(rooted, SITE).href : rooted;
}
