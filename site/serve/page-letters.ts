/** The Chinese letters that pages of this build are written with; letters of data are left to the device. */
import { hanLetters } from '../styles/han-slices.ts';
import { builtLanguages } from './languages.ts';
import { wordFilesIn } from './word-files.ts';

/** Beside words: days, short forms of large numbers, and what stands between the items of a list. */
const OF_INTL = '年月日周季万亿和或至、';

/** None where no language of the build is written in them. */
export function builtHanLetters(): ReadonlySet<string> {
  return new Set(
    builtLanguages()
      .filter(({ tag }) => tag === 'zh')
      .flatMap(({ tag, locale }) => [
        ...hanLetters(JSON.stringify(wordFilesIn(tag)) + OF_INTL + placeNames(locale)),
      ]),
  );
}

function placeNames(locale: string): string {
  const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' });
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
  return letters
    .flatMap((first) => letters.map((second) => names.of(`${first}${second}`) ?? ''))
    .join('');
}
