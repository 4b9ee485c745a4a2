/** English names of countries and territories, as publishers write them, to codes. */
import countries from 'i18n-iso-countries';
import type { CountryCode } from '../contract/brands.ts';
import { OTHER_PLACE_NAMES } from '../contract/place-names.ts';
import { PLACES } from '../contract/places.ts';
import type { Problem } from '../contract/problem.ts';
import { normalizePlaceCode } from './place-code.ts';

let codes: ReadonlyMap<string, string> | undefined;

/** `KE` or `Kenya`. A table of names means by `UK` what people mean by it, not what ISO 3166-1 reserves. */
export function normalizeNamedPlace(text: string): CountryCode | Problem {
  codes ??= listNames();
  return normalizePlaceCode(codes.get(foldName(text)) ?? text.slice(0, 80));
}

/** Codes by folded name: those of the runtime, of ISO 3166-1 and others. A name that two places share names neither. */
function listNames(): ReadonlyMap<string, string> {
  const runtime = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const standard = countries.getNames('en', { select: 'all' });
  const names = new Map<string, string | null>();
  for (const code of PLACES)
    for (const name of [runtime.of(code) ?? '', ...(standard[code] ?? [])])
      for (const form of [foldName(name), foldName(name.replace(/\(.*\)/, ''))]) {
        const before = names.get(form);
        names.set(form, before === undefined || before === code ? code : null);
      }
  const others = Object.entries(OTHER_PLACE_NAMES).flatMap(([code, given]) =>
    given.map((name) => [foldName(name), code] as const),
  );
  return new Map(
    [...names, ...others].flatMap(([name, code]) =>
      name === '' || code === null ? [] : [[name, code]],
    ),
  );
}

/** Words in the order of the alphabet: `Congo, Democratic Republic of the` is `Democratic Republic of the Congo`. */
function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .split(/[^a-z]+/)
    .map((word) => (word === 'st' ? 'saint' : word))
    .filter((word) => word !== '' && word !== 'the')
    .sort()
    .join(' ');
}
