import countries from 'i18n-iso-countries';
import { describe, expect, it } from 'vitest';
import { PLACES as CODES } from '../../data-build/contract/places.ts';
import { isProblem } from '../../data-build/contract/problem.ts';
import { normalizeNamedPlace } from '../../data-build/normalize/place-name.ts';

const PLACES = [...CODES];

const read = (text: string): string => {
  const code = normalizeNamedPlace(text);
  return isProblem(code) ? code.reason : code;
};

describe('names of places', () => {
  it.each([
    ['Benin', 'BJ'],
    ['Burkina Faso', 'BF'],
    ['France', 'FR'],
    ['Serbia', 'RS'],
    ['Timor-Leste', 'TL'],
    ['Congo - Kinshasa', 'CD'],
    ['Congo (Kinshasa)', 'CD'],
    ['Congo (Democratic Republic of the)', 'CD'],
    ['Democratic Republic of the Congo', 'CD'],
    ['Congo', 'CG'],
    ['Congo (DRC)', 'unknown_country'],
    ['Russia', 'RU'],
    ['United Kingdom', 'GB'],
    ['Germany', 'DE'],
    ['Vietnam', 'VN'],
    ['Yemen', 'YE'],
    ['Turkey', 'TR'],
    ['Türkiye', 'TR'],
    ['Palestine', 'PS'],
    ['Hong Kong', 'HK'],
    ['Ivory Coast', 'CI'],
    ['Côte d’Ivoire', 'CI'],
    ["Cote d'Ivoire", 'CI'],
    ['Swaziland', 'SZ'],
    ['Burma', 'MM'],
    ['Myanmar (Burma)', 'MM'],
    ['Czech Republic', 'CZ'],
    ['Iran (Islamic Republic of)', 'IR'],
    ['The Gambia', 'GM'],
    ['Saint Lucia', 'LC'],
    ['Kosovo', 'XK'],
    [' ke ', 'KE'],
    ['UK', 'GB'],
    ['Atlantis', 'unknown_country'],
    ['Virgin Islands', 'unknown_country'],
  ])('%s is %s', (name, code) => {
    expect(read(name)).toBe(code);
  });

  it('lead to the place that pages give this name', () => {
    const names = new Intl.DisplayNames('en', { type: 'region' });
    expect(PLACES.map((code) => read(names.of(code) ?? ''))).toEqual(PLACES);
  });

  it('of the standard lead to their place, where they are of one alone', () => {
    const standard = countries.getNames('en');
    expect(PLACES.map((code) => read(standard[code] ?? ''))).toEqual(PLACES);
  });
});
