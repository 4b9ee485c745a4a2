/** Which pages have frames, files and pictures of their own, in which languages, and what they are called there. */
import { pageLanguage } from '../../data-build/words/language.ts';
import { framedLanguages, languageFolder } from '../serve/languages.ts';
import { href } from './address.ts';

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
