/** Sizes as readers write them: powers of 1000, three figures. */
import { pageLocale } from '../../data-build/words/language.ts';
import { translate, type MessageKey } from './translate.ts';

const UNITS: readonly MessageKey[] = ['bytes.b', 'bytes.kb', 'bytes.mb', 'bytes.gb'];

/** `812 B`, `18.1 MB`. */
export function formatBytes(bytes: number): string {
  const step = Math.min(
    UNITS.length - 1,
    bytes < 1000 ? 0 : Math.floor(Math.log10(Math.max(1, bytes)) / 3),
  );
  const n = new Intl.NumberFormat(pageLocale(), { maximumSignificantDigits: 3 }).format(
    bytes / 1000 ** step,
  );
  return translate(UNITS[step] ?? 'bytes.b', { n });
}
