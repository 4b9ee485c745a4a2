/** A finding that a person wrote: a head of lines `name: value` between two lines of `---`, and a text below. */
import {
  parseAsn,
  toCountryCode,
  toDay,
  type Asn,
  type CountryCode,
  type Day,
} from '../../../data-build/contract/brands.ts';
import { touchesDays, type DetectedEvent } from '../../../data-build/contract/detected-event.ts';
import { LICENCES, type LicenceSlug } from '../../../data-build/contract/publishers.ts';
import { TESTS } from '../../../data-build/contract/vocabulary.ts';

export interface WrittenFinding {
  /** Its name in addresses, and of its file. */
  readonly slug: string;
  readonly title: string;
  readonly places: readonly CountryCode[];
  /** By their `test_name`. */
  readonly tests: readonly string[];
  readonly websites: readonly string[];
  readonly networks: readonly Asn[];
  readonly since: Day;
  /** Last day, inclusive; null: not over, or not known. */
  readonly until: Day | null;
  readonly published: Day;
  readonly author: string;
  readonly licence: LicenceSlug;
  /** In which it is written, as a tag: `en`. */
  readonly language: string;
  readonly sources: readonly { readonly url: string; readonly title: string }[];
  /** Markdown, as far as `text.ts` knows it. */
  readonly text: string;
}

/** What is wrong, and what to do about it. */
export interface FindingFault {
  readonly wrong: string;
  readonly remedy: string;
}

const NAMES = [
  ...['title', 'places', 'tests', 'websites', 'networks', 'since', 'until'],
  ...['published', 'author', 'licence', 'language', 'source'],
];

/** Reads a file; a fault names the line of the head that cannot be understood. */
export function parseFinding(slug: string, file: string): WrittenFinding | FindingFault {
  const [, head, text] = /^---\n([^]*?)\n---\n([^]*)$/.exec(file.replaceAll('\r\n', '\n')) ?? [];
  if (head === undefined || text === undefined)
    return {
      wrong: 'It does not begin with a head between two lines of ---.',
      remedy: 'Begin the file with ---, lines like “title: …”, and --- again.',
    };
  const faults: FindingFault[] = [];
  const fail = (wrong: string, remedy: string): void => void faults.push({ wrong, remedy });
  const values = new Map<string, readonly string[]>();
  for (const line of head.split('\n').filter((each) => each.trim() !== '')) {
    const [, name = '', value = ''] = /^([a-z]+):(.*)$/.exec(line) ?? [];
    if (NAMES.includes(name)) values.set(name, [...(values.get(name) ?? []), value.trim()]);
    else fail(`“${line}” is no line of a head.`, `Begin it with one of: ${NAMES.join(', ')}.`);
  }
  const one = (name: string): string => values.get(name)?.[0] ?? '';
  const need = (name: string): string => {
    if (one(name) === '') fail(`It has no ${name}.`, `Add a line “${name}: …” to its head.`);
    return one(name);
  };
  const list = <Value>(name: string, read: (text: string) => Value | null, example: string) =>
    one(name)
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== '')
      .flatMap((each): readonly Value[] => {
        const value = read(each);
        if (value === null)
          fail(`“${each}” cannot stand in ${name}.`, `Write them like “${name}: ${example}”.`);
        return value === null ? [] : [value];
      });
  const dayOf = (name: string, given: string): Day | null => {
    const day = toDay(given);
    if (given !== '' && day === null)
      fail(`“${given}” is no day for ${name}.`, 'Write it as year, month and day: 2026-03-01.');
    return day;
  };
  const licence = Object.values(LICENCES).find(({ spdx }) => spdx === one('licence'));
  if (licence === undefined)
    fail(
      `“${one('licence')}” is no licence that is known here.`,
      `Write one of: ${Object.values(LICENCES)
        .map(({ spdx }) => spdx)
        .join(', ')}.`,
    );
  const sources = (values.get('source') ?? []).flatMap((given) => {
    const [, url, title] = /^(https?:\/\/[^\s/?#]+\S*)\s+(.+)$/.exec(given) ?? [];
    if (url !== undefined && title !== undefined) return [{ url, title }];
    fail(`“${given}” is no source.`, 'Write an address and a title: https://example.org/a A title');
    return [];
  });
  if ((values.get('source') ?? []).length === 0)
    fail('It names no source.', 'Add a line “source: https://… Title” for each.');
  const since = dayOf('since', need('since'));
  const until = dayOf('until', one('until'));
  const published = dayOf('published', need('published'));
  if (since !== null && until !== null && until < since)
    fail(`It ends on ${until}, before it begins on ${since}.`, 'Change since or until.');
  if (text.trim() === '') fail('It has no text.', 'Write the text below the head.');
  const places = list('places', toCountryCode, 'KE, TZ');
  if (places.length === 0) fail('It names no place.', 'Add a line “places: KE”, with codes.');
  const found = {
    slug,
    title: need('title'),
    places,
    tests: list('tests', (name) => (Object.hasOwn(TESTS, name) ? name : null), 'telegram, tor'),
    websites: list(
      'websites',
      (name) => (/^[^\s/:]+\.[^\s/:]+$/.test(name) ? name : null),
      'example.org',
    ),
    networks: list('networks', parseAsn, 'AS33771'),
    author: need('author'),
    language: one('language') === '' ? 'en' : one('language'),
    sources,
    text: text.trim(),
  };
  const [fault] = faults;
  if (fault !== undefined) return fault;
  if (since === null || published === null || licence === undefined)
    throw new Error('A finding without a fault lacks a day or a licence.');
  return { ...found, since, until, published, licence: licence.slug };
}

/** Whether it speaks of what an event is about, in its days. */
export function speaksOf(finding: WrittenFinding, event: DetectedEvent): boolean {
  const { places, tests, websites, networks, since, until } = finding;
  const names = (list: readonly (string | number)[], value: string | number | null): boolean =>
    list.length === 0 || (value !== null && list.includes(value));
  const targets = [...tests, ...websites];
  return (
    places.includes(event.probe_cc) &&
    (targets.length === 0 || targets.includes(event.domain ?? event.test_name ?? '')) &&
    (event.probe_asn === null || names(networks, event.probe_asn)) &&
    touchesDays(event, since, until ?? since)
  );
}
