/** The first thing that every script of a page brings in: words follow the language of the document, relative days its release. */
import { addDays, toDay } from '../../data-build/contract/brands.ts';
import { giveReleaseEnd } from '../state/relative-day.ts';
import { readLanguageFrom } from '../../data-build/words/language.ts';
import { FIRST_LANGUAGE } from '../../data-build/words/languages.ts';

// A release is named by its last day.
const version =
  document.documentElement.dataset['release'] ??
  document.querySelector<HTMLMetaElement>('meta[name="version"]')?.content ??
  '';
const last = toDay(version.slice(0, 10));
giveReleaseEnd(last === null ? null : addDays(last, 1));

readLanguageFrom(() => {
  const { lang } = document.documentElement;
  return lang === '' ? FIRST_LANGUAGE : lang;
});
