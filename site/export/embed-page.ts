/**
 * A chart → a whole page of HTML as text, with nothing around it: what frames show and what a newsroom saves as a
 * file of its own. No inline script or style goes into the page that is served; the file that stands alone has its
 * stylesheet inside, no script, and asks nobody for anything.
 */
import { escapeXml } from '../../data-build/contract/xml.ts';
import { endSentence, joinSentences } from '../../data-build/words/sentences.ts';
import { pageDirection, pageLanguage } from '../../data-build/words/language.ts';
import { translate } from '../i18n/translate.ts';
import type { TableModel } from '../view/table.ts';
import type { EmbedTheme } from './embed-code.ts';
import {
  exportedAlt,
  exportedCredit,
  exportedExtent,
  exportedId,
  markOf,
  type ExportedFigure,
} from './exported-figure.ts';

/** Addresses that a served embed names; whole ones where the site knows its own address, else from its root. */
export interface EmbedHrefs {
  readonly kind: 'fixed';
  readonly stylesheet: string;
  readonly script: string;
  readonly picture: string;
  /** Its page, in the release it was drawn from. */
  readonly permalink: string;
  /** Tags of all languages that have it, the first first. */
  readonly languages: readonly string[];
}

/** For a file that stands alone: the text of the stylesheet, and the address of the page it was drawn for. */
export interface EmbedFile {
  readonly kind: 'file';
  readonly css: string;
  readonly theme: EmbedTheme;
  readonly permalink: string;
}

/** For a file that stands alone: nothing may be loaded at all. */
export const FILE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
/** What a served embed may load: its stylesheet, its script, and the page that leads to the newest of its kind. */
const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'";

const attribute = (name: string, value: string): string => `${name}="${escapeXml(value)}"`;

export function writeEmbedPage(exported: ExportedFigure, place: EmbedHrefs | EmbedFile): string {
  const { release, page, chart } = exported;
  const data = [
    attribute('lang', pageLanguage()),
    attribute('dir', pageDirection()),
    attribute('data-embed', `${page}${chart}`),
    attribute('data-release', release),
    ...(place.kind === 'file' && place.theme !== 'auto'
      ? [attribute('data-theme', place.theme)]
      : []),
    ...(place.kind !== 'file' && place.languages.length > 1
      ? [attribute('data-languages', place.languages.join(' '))]
      : []),
  ];
  return (
    `<!doctype html>\n<html ${data.join(' ')}>\n<head>\n${writeHead(exported, place)}\n</head>\n` +
    `<body>\n<main>\n${writeFigure(exported, place)}\n</main>\n</body>\n</html>\n`
  );
}

function writeHead(exported: ExportedFigure, place: EmbedHrefs | EmbedFile): string {
  if (place.kind === 'file')
    return [
      ...describePage(exported, FILE_POLICY),
      ...(place.css === '' ? [] : [`<style>${place.css}</style>`]),
    ].join('\n');
  return [
    ...describePage(exported, POLICY),
    ...describeShared(exported, place),
    `<link rel="stylesheet" ${attribute('href', place.stylesheet)}>`,
    `<script defer ${attribute('src', place.script)}></script>`,
  ].join('\n');
}

function meta(key: 'name' | 'property' | 'http-equiv', value: string, content: string): string {
  return `<meta ${attribute(key, value)} ${attribute('content', content)}>`;
}

function describePage(exported: ExportedFigure, policy: string): readonly string[] {
  return [
    '<meta charset="utf-8">',
    meta('http-equiv', 'Content-Security-Policy', policy),
    meta('name', 'viewport', 'width=device-width, initial-scale=1'),
    `<title>${escapeXml(translate('site.title', { page: exported.title }))}</title>`,
    meta('name', 'description', exportedAlt(exported)),
    meta('name', 'color-scheme', 'light dark'),
  ];
}

/** What other sites read of a link to it. */
function describeShared(
  { title }: ExportedFigure,
  { picture, permalink }: Pick<EmbedHrefs, 'picture' | 'permalink'>,
): readonly string[] {
  return [
    meta('property', 'og:title', title),
    meta('property', 'og:site_name', translate('site.name')),
    meta('property', 'og:image', picture),
    meta('name', 'twitter:card', 'summary_large_image'),
    `<link rel="canonical" ${attribute('href', permalink)}>`,
  ];
}

/** What stands at a live address. */
export interface LeadHrefs extends Pick<
  EmbedHrefs,
  'stylesheet' | 'script' | 'picture' | 'permalink'
> {
  /** From its address to the newest frame, without the slash at its end: the name of it, which lies below. */
  readonly to: string;
  /** Null where the site does not know its own address. */
  readonly oembed: string | null;
  /** Whether its picture lies beside the frame. */
  readonly drawn: boolean;
}

/**
 * Leads to the newest frame: by script, with what the address asks for; without scripts by itself; and where a sandbox
 * forbids both, it shows the picture, as a link. A frame inside would be refused: no policy lets a sealed page frame another.
 */
export function writeLeadPage(exported: ExportedFigure, place: LeadHrefs): string {
  const { title } = exported;
  const to = `${place.to}/`;
  const head = [
    ...describePage(exported, POLICY),
    ...describeShared(exported, place),
    ...(place.oembed === null
      ? []
      : [
          `<link rel="alternate" type="application/json+oembed" ${attribute('href', place.oembed)} ${attribute('title', title)}>`,
        ]),
    `<noscript>${meta('http-equiv', 'refresh', `0;url=${to}`)}</noscript>`,
    `<script ${attribute('src', place.script)}></script>`,
    `<link rel="stylesheet" ${attribute('href', place.stylesheet)}>`,
  ];
  const data = [
    attribute('lang', pageLanguage()),
    attribute('dir', pageDirection()),
    attribute('data-to', to),
  ];
  const sample = markOf(exported);
  const mark = sample === null ? '' : `<strong>${escapeXml(sample)}</strong> `;
  const picture = `<noscript><img ${attribute('src', `${place.to}.svg`)} alt=""></noscript>`;
  return (
    `<!doctype html>\n<html ${data.join(' ')}>\n<head>\n${head.join('\n')}\n</head>\n<body class="lead">\n` +
    `<p>${mark}<a ${attribute('href', to)}>${escapeXml(title)}${place.drawn ? picture : ''}</a></p>\n</body>\n</html>\n`
  );
}

/** Name of the frame that the page at a live address leads to; null: it is no such page. */
export function frameOf(html: string): string | null {
  return / data-to="([0-9a-f]{10})\/"/.exec(html)?.[1] ?? null;
}

function writeFigure(exported: ExportedFigure, place: EmbedHrefs | EmbedFile): string {
  const { title, subtitle, notes, name, rows, rooms, drawings } = exported;
  const steps = Object.entries(rooms).map(([shape, room]) => `data-${shape}="${room}"`);
  const paragraph = (part: string, text: string): string =>
    `<p data-part="${part}">${escapeXml(text)}</p>`;
  return [
    `<figure${drawings.full === null ? '' : ' class="full"'} ${attribute('data-chart', name)} data-rows="${rows}" aria-labelledby="title">`,
    `<h1 class="finding" id="title" data-part="title">${escapeXml(title)}</h1>`,
    `<p class="measure" data-part="subtitle">${escapeXml(subtitle)}</p>`,
    `<div class="drawing" ${steps.join(' ')}>${drawings.wide.svg}${drawings.narrow.svg}${drawings.full?.svg ?? ''}</div>`,
    '<figcaption>',
    writeCredit(exported, place),
    ...(place.kind === 'fixed'
      ? [
          `<p class="newer" data-part="newer" hidden>${escapeXml(translate('embed.newer'))} ` +
            `<a href="../">${escapeXml(translate('embed.newer.link'))}</a></p>`,
          `<p class="newer" data-part="not-kept" hidden>${escapeXml(translate('embed.not_kept'))}</p>`,
        ]
      : []),
    ...(place.kind === 'file' ? [] : ['<p class="language" data-part="language" hidden></p>']),
    '<details data-part="about"><summary>' +
      `<span class="controls-on">${escapeXml(translate('embed.about'))}</span>` +
      `<span class="controls-off">${escapeXml(translate('embed.about.plain'))}</span></summary>`,
    `<p class="extent" data-part="extent">${escapeXml(exportedExtent(exported))}</p>`,
    `<ul class="notes" data-part="notes">${notes.map((note) => `<li>${escapeXml(note)}</li>`).join('')}</ul>`,
    ...exported.sources.map(
      ({ text, attribution, licence, licenceUrl }) =>
        `<p><span data-part="source">${escapeXml(text)}</span> ${escapeXml(attribution)} <a ${attribute('href', licenceUrl)} rel="license noopener" target="_blank" translate="no">${escapeXml(licence)}</a></p>`,
    ),
    writeOrigin(exported, place),
    ...(place.kind === 'file' ? [paragraph('file', translate('embed.file'))] : []),
    '<div class="controls">',
    writeTable(exported.table),
    writeMethod(exported),
    '</div>',
    '</details>',
    '</figcaption>',
    '</figure>',
  ].join('\n');
}

/** What stands under the chart: whose data, of which days, and whose chart. */
function writeCredit(exported: ExportedFigure, place: EmbedHrefs | EmbedFile): string {
  const sample = markOf(exported);
  const mark = sample === null ? '' : `<strong>${escapeXml(sample)}</strong> `;
  // Apart, so that on a phone the way home stands beside what unfolds.
  return `<p class="credit">${mark}${escapeXml(exportedCredit(exported))}</p><p class="credit">${writeHome(place)}</p>`;
}

function writeHome({ permalink }: EmbedHrefs | EmbedFile): string {
  return `<a ${attribute('href', permalink)} target="_blank" rel="noopener">${escapeXml(translate('site.name'))}</a>`;
}

/** Which release, and how it leads back. */
function writeOrigin(exported: ExportedFigure, place: EmbedHrefs | EmbedFile): string {
  const { release } = exported;
  const words = joinSentences([
    translate('embed.release', { version: release }),
    translate('embed.view', { id: exportedId(exported) }),
  ]);
  return `<p data-part="origin">${writeHome(place)} · ${escapeXml(words)}</p>`;
}

/** How the numbers came about, and their fingerprint. */
function writeMethod({ sources, sha256 }: ExportedFigure): string {
  const methods = [...new Set(sources.map(({ method }) => method))].filter((text) => text !== '');
  const hash = sha256 === null ? [] : [translate('embed.hash', { sha256 })];
  if (methods.length + hash.length === 0) return '';
  return (
    `<details data-part="method"><summary>${escapeXml(translate('figure.how_to_read'))}</summary>` +
    methods.map((text) => `<p>${escapeXml(endSentence(text))}</p>`).join('') +
    `${hash.map((text) => `<p class="hash">${escapeXml(text)}</p>`).join('')}</details>`
  );
}

function writeTable({ caption, columns, rows }: TableModel): string {
  const n = translate('count.rows', { n: rows.length });
  const numberClass = (index: number): string =>
    columns[index]?.numeric === true ? ' class="number"' : '';
  const verbatim = (index: number): string =>
    columns[index]?.verbatim === true ? ' translate="no"' : '';
  const head = columns
    .map(({ label }, index) => `<th scope="col"${numberClass(index)}>${escapeXml(label)}</th>`)
    .join('');
  const body = rows
    .map(({ cells }) => {
      const line = cells.map(({ text }, index) =>
        index === 0
          ? `<th scope="row"${verbatim(index)}>${escapeXml(text)}</th>`
          : `<td${numberClass(index)}${verbatim(index)}>${escapeXml(text)}</td>`,
      );
      return `<tr>${line.join('')}</tr>`;
    })
    .join('\n');
  return (
    `<details data-part="table"><summary>${escapeXml(translate('figure.table', { n }))}</summary>` +
    `<div class="table tall" tabindex="0" role="region" ${attribute('aria-label', caption)}><table>` +
    `<caption class="visually-hidden">${escapeXml(caption)}</caption><thead><tr>${head}</tr></thead>\n<tbody>${body}</tbody></table></div></details>`
  );
}
