/**
 * `llms.txt`: what is here, for programs that read texts. Source of its form: https://llmstxt.org (a title, a quoted
 * summary, sections with lists of links).
 */
import { FLOORS } from '../../data-build/contract/floors.ts';
import type { Manifest } from '../../data-build/contract/manifest.ts';
import { LICENCES, licenceOf } from '../../data-build/contract/publishers.ts';
import { attributionOf, syntheticNotice } from '../../data-build/contract/publisher-words.ts';
import { TABLE_NAMES } from '../../data-build/contract/table-names.ts';
import { describeTable } from '../../data-build/contract/table-words.ts';
import { OUTCOMES } from '../../data-build/contract/vocabulary.ts';
import { translate, type MessageKey } from '../i18n/translate.ts';
import { formatDayRange, formatItems } from '../view/format.ts';
import { formatFloor } from '../view/rate.ts';
import { fullCitation, type Citable } from './citation.ts';
import { MACHINE_FILES, SLICE_ADDRESSES } from './data-files.ts';

/** Lists of pages, and the form of the addresses of the pages in them. */
const LISTS = [
  ['countries/', 'nav.countries', 'country/KE/'],
  ['networks/', 'nav.networks', 'network/AS33771/'],
  ['domains/', 'nav.domains', 'domain/example.org/'],
  ['tests/', 'nav.tests', 'test/telegram/'],
] as const satisfies readonly (readonly [string, MessageKey, string])[];

const PAGES = [
  ['events/', 'nav.events'],
  ['query/', 'nav.query'],
  ['methods/', 'nav.methods'],
  ['privacy/', 'nav.privacy'],
] as const satisfies readonly (readonly [string, MessageKey])[];

export interface LlmsInput {
  readonly manifest: Manifest;
  /** Whether the release has tests of interference, and so lists of networks, websites and tests. */
  readonly tested: boolean;
  readonly cited: Citable;
  /** Path below the base → address. */
  readonly toUrl: (path: string) => string;
}

export function writeLlmsText({ manifest, tested, cited, toUrl }: LlmsInput): string {
  const { data_version: version, since, until, sources, synthetic } = manifest;
  const link = (path: string, name: string, about: string): string =>
    `- [${name}](${toUrl(path)})${about === '' ? '' : `: ${about}`}`;
  const section = (head: string, lines: readonly string[]): readonly string[] => [
    '',
    `## ${head}`,
    '',
    ...lines,
  ];
  const lists = LISTS.filter(([path]) => tested || path === 'countries/');
  return [
    `# ${translate('site.name')}`,
    '',
    `> ${translate('about.what')}`,
    '',
    ...(synthetic ? [syntheticNotice(), ''] : []),
    since === null || until === null
      ? translate('foot.release_empty', { version })
      : translate('foot.release', { version, range: formatDayRange(since, until) }),
    ...section(translate('llms.pages'), [
      ...lists.map(([path, name, each]) =>
        link(path, translate(name), translate('llms.each', { address: toUrl(each) })),
      ),
      ...PAGES.map(([path, name]) => link(path, translate(name), '')),
    ]),
    ...section(translate('nav.data'), [
      link('data/', translate('data.title'), translate('llms.data')),
      ...MACHINE_FILES.map(([file, about]) => link(`data/${file}`, file, translate(about))),
      ...SLICE_ADDRESSES.map(([path, about]) => `- \`${toUrl(path)}\`: ${translate(about)}`),
    ]),
    ...section(translate('llms.tables'), listTables(manifest)),
    ...section(
      translate('llms.reading'),
      readingNotes(tested).map((note) => `- ${note}`),
    ),
    ...section(
      translate('download.licences'),
      sources.map(({ id }) => {
        const { name, url, use } = licenceOf(id);
        return `- ${translate('llms.licence', { attribution: attributionOf(id), name, url, use })}`;
      }),
    ),
    ...section(translate('cite.heading'), [translate('cite.lede'), '', fullCitation(cited)]),
    '',
  ].join('\n');
}

/** What must be known to read the numbers, a sentence each: it travels with them. `tested` as in {@link LlmsInput}. */
export function readingNotes(tested: boolean): readonly string[] {
  return [
    ...(tested
      ? Object.values(OUTCOMES).map(({ label, about }) =>
          translate('phrase.named', { name: label, text: about }),
        )
      : []),
    translate('llms.subject'),
    translate('llms.denominator'),
    translate('llms.floor', { floor: formatFloor(FLOORS.country) }),
    ...(tested ? [translate('llms.confirmed')] : []),
    translate('llms.untested'),
  ];
}

function listTables({ files }: Manifest): readonly string[] {
  return TABLE_NAMES.flatMap((name) => {
    const own = files.filter(({ table }) => table === name);
    if (own.length === 0) return [];
    const licences = [...new Set(own.map(({ licence }) => LICENCES[licence].name))];
    const licence = formatItems(licences);
    const caption = translate('data.files.caption', { about: describeTable(name), licence });
    return [`- \`${name}\`: ${caption}`];
  });
}
