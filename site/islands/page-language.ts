/** The first thing that every script of a page brings in: words follow the language that the document says it has. */
import { readLanguageFrom } from '../../data-build/words/language.ts';
import { FIRST_LANGUAGE } from '../../data-build/words/languages.ts';

readLanguageFrom(() => {
  const { lang } = document.documentElement;
  return lang === '' ? FIRST_LANGUAGE : lang;
});
