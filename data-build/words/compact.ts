/** Large numbers in short, as `Intl` writes them, or of our words where the runtime has no data of the language. */
import { needsOwnForms, pageLanguage, pageLocale } from './language.ts';
import { translate } from './translate.ts';

const FIGURES = 4;
/** A format costs far more to make than to use. */
const made = new Map<string, Intl.NumberFormat>();

/** `12.5K`, four figures at most. */
export function writeCompact(value: number): string {
  const own = needsOwnForms();
  const format =
    made.get(pageLanguage()) ??
    new Intl.NumberFormat(pageLocale(), {
      maximumSignificantDigits: FIGURES,
      ...(own ? {} : { notation: 'compact' }),
    });
  made.set(pageLanguage(), format);
  return own ? ownCompact(value, format) : format.format(value);
}

/** Of the powers of ten that the language has a word for, the largest that fits. */
function ownCompact(value: number, format: Intl.NumberFormat): string {
  const rounded = Number(value.toPrecision(FIGURES));
  const words = translate('intl.compact').split(' ');
  const at = words.findLastIndex(
    (power, index) => index % 2 === 0 && Math.abs(rounded) >= 10 ** Number(power),
  );
  return `${format.format(rounded / 10 ** Number(words[at]))} ${words[at + 1] ?? ''}`;
}
