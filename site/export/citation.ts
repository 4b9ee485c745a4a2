/** Citations of a view of a named data release: in words, and in the forms that reference managers read. */

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

export const AUTHOR = 'Interference Atlas contributors';
export const ATLAS = 'Interference Atlas';
const SYNTHETIC = 'Synthetic sample, not real data.';

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
  return `${ATLAS} (${yearOf(dataVersion)}), data release ${dataVersion}. ${url}${synthetic ? ` ${SYNTHETIC}` : ''}`;
}

/** Author, year, title, release, the data it is made from with their licences, and the address, which ends in no mark. */
export function fullCitation(cited: Citable): string {
  const { title, dataVersion, url, sources, synthetic } = cited;
  const from = sources.map(({ citation, licence }) => `${citation} (${licence})`).join('; ');
  return [
    `${AUTHOR} (${yearOf(dataVersion)}). ${bareTitle(title)}. ${ATLAS}, data release ${dataVersion}.`,
    ...(from === '' ? [] : [`Based on: ${from}.`]),
    ...(synthetic ? [SYNTHETIC] : []),
    url,
  ].join(' ');
}

function noteOf({ sources, synthetic }: Citable): string {
  const from = sources.map(({ citation, licence }) => `${citation} (${licence})`).join('; ');
  return [...(from === '' ? [] : [`Based on: ${from}`]), ...(synthetic ? [SYNTHETIC] : [])].join(
    '. ',
  );
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
    ['author', `{${escapeTex(AUTHOR)}}`],
    ['title', `{${escapeTex(bareTitle(cited.title))}}`],
    ['howpublished', escapeTex(`${ATLAS}, data release ${cited.dataVersion}`)],
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
    line('AU', `${AUTHOR},`),
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
    author: [{ literal: AUTHOR }],
    publisher: ATLAS,
    version: cited.dataVersion,
    issued: { 'date-parts': [[year, month, day]] },
    URL: cited.url,
    ...(noteOf(cited) === '' ? {} : { note: noteOf(cited) }),
  };
  return `${JSON.stringify([item], null, 1)}\n`;
}
