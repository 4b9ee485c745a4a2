/** Citations of a view of a named data release: in words, and in the forms that reference managers read. */
import { contributors } from '../../data-build/contract/publisher-words.ts';
import { translate } from '../i18n/translate.ts';

export interface CitedSource {
  readonly name: string;
  readonly publisher: string;
  readonly url: string;
  /** As the publisher asks, dates filled in. */
  readonly citation: string;
  readonly licence: string;
}

/** What is cited. */
export interface Citable {
  /** Title of the view or dataset, without full stop. */
  readonly title: string;
  /** `2024-11-29-1a2b3c4d`; the day in front is the newest day covered. */
  readonly dataVersion: string;
  /** Absolute address that leads to this view of this release. */
  readonly url: string;
  readonly sources: readonly CitedSource[];
  readonly synthetic: boolean;
}

export const ATLAS = 'Interference Atlas';

const dayOf = (version: string): string => version.slice(0, 10);
const yearOf = (version: string): string => version.slice(0, 4);

/** The title without the mark that ends a sentence. */
function bareTitle(title: string): string {
  return title
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.。।]+$/u, '');
}

/** `Interference Atlas (2024), release 2024-11-29-1a2b3c4d. URL` */
export function shortCitation({ dataVersion, url, synthetic }: Citable): string {
  return translate('cite.text.short', {
    year: yearOf(dataVersion),
    version: dataVersion,
    url,
    synthetic: synthetic ? 'yes' : 'no',
  });
}

/** Author, year, title, release, the data it is made from with their licences, and the address, which ends in no mark. */
export function fullCitation(cited: Citable): string {
  const { title, dataVersion, url, sources, synthetic } = cited;
  return translate('cite.text.full', {
    author: contributors(),
    year: yearOf(dataVersion),
    title: bareTitle(title),
    version: dataVersion,
    based: sources.length === 0 ? 'no' : 'yes',
    sources: formatSources(cited),
    synthetic: synthetic ? 'yes' : 'no',
    url,
  });
}

/** The citations themselves hold commas. */
function formatSources({ sources }: Citable): string {
  return sources
    .map(({ citation, licence }) => translate('cite.text.source', { citation, licence }))
    .reduce(
      (first, next) => (first === '' ? next : translate('cite.text.and', { first, next })),
      '',
    );
}

function noteOf(cited: Citable): string {
  const { sources, synthetic } = cited;
  if (sources.length === 0) return synthetic ? translate('cite.text.synthetic') : '';
  return translate('cite.text.note', {
    sources: formatSources(cited),
    synthetic: synthetic ? 'yes' : 'no',
  });
}

/** Characters with a meaning in TeX → commands. */
function escapeTex(text: string): string {
  return text.replace(/[\\{}$&#^_%~]/g, (mark) => TEX[mark] ?? mark);
}
const TEX: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  _: '\\_',
  '%': '\\%',
};

/** The same view always has the same key: release, and a number made from its address and title. */
function keyOf({ dataVersion, url, title }: Citable): string {
  let hash = 0x811c9dc5;
  for (const char of `${url}\n${title}`)
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return `interference-atlas-${dataVersion}-${hash.toString(36)}`;
}

/** BibTeX, type `misc`, which every style knows. */
export function writeBibtex(cited: Citable): string {
  const day = dayOf(cited.dataVersion);
  const fields: readonly (readonly [string, string])[] = [
    ['author', `{${escapeTex(contributors())}}`],
    ['title', `{${escapeTex(bareTitle(cited.title))}}`],
    ['howpublished', escapeTex(translate('cite.text.release', { version: cited.dataVersion }))],
    ['year', day.slice(0, 4)],
    ['month', String(Number(day.slice(5, 7)))],
    ['version', cited.dataVersion],
    ['url', cited.url.replace(/[{}\\ ]/g, encodeURIComponent)],
    ...(noteOf(cited) === '' ? [] : [['note', escapeTex(noteOf(cited))] as const]),
  ];
  const lines = fields.map(([name, value]) => `  ${name} = {${value}},`);
  return `@misc{${keyOf(cited)},\n${lines.join('\n')}\n}\n`;
}

/** RIS, type `DATA`; CRLF after each line, as the format asks. */
export function writeRis(cited: Citable): string {
  const line = (tag: string, value: string) => `${tag}  - ${value.replace(/[\r\n]+/g, ' ').trim()}`;
  return [
    line('TY', 'DATA'),
    line('AU', `${contributors()},`),
    line('TI', bareTitle(cited.title)),
    line('PB', ATLAS),
    line('PY', yearOf(cited.dataVersion)),
    line('DA', dayOf(cited.dataVersion).replaceAll('-', '/')),
    line('ET', cited.dataVersion),
    line('UR', cited.url),
    ...(noteOf(cited) === '' ? [] : [line('N1', noteOf(cited))]),
    line('ER', ''),
    '',
  ].join('\r\n');
}

/** CSL-JSON 1.0: a list of one item. */
export function writeCsl(cited: Citable): string {
  const [year = 0, month = 0, day = 0] = dayOf(cited.dataVersion).split('-').map(Number);
  const item = {
    id: keyOf(cited),
    type: 'dataset',
    title: bareTitle(cited.title),
    author: [{ literal: contributors() }],
    publisher: ATLAS,
    version: cited.dataVersion,
    issued: { 'date-parts': [[year, month, day]] },
    URL: cited.url,
    ...(noteOf(cited) === '' ? {} : { note: noteOf(cited) }),
  };
  return `${JSON.stringify([item], null, 1)}\n`;
}
