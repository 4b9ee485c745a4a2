/** Items in a row as `Intl` writes them, or of our words where the runtime has no data of the language. */
import { needsOwnForms, pageLocale } from './language.ts';
import { translate } from './translate.ts';

/** `A, B and C`; `narrow`: `A, B, C`, where the language has that. */
export function writeList(items: readonly string[], style: 'long' | 'narrow'): string {
  if (items.length === 0) return '';
  if (!needsOwnForms())
    return new Intl.ListFormat(pageLocale(), { type: 'conjunction', style }).format(items);
  return items.reduce((before, next, at) =>
    translate(at === items.length - 1 ? 'intl.list.last' : 'intl.list.next', { before, next }),
  );
}
