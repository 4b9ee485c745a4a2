/** A chart as one SVG file that needs nothing else: picture, words, and a record that programs can read. */
import { escapeXml } from '../../data-build/contract/xml.ts';
import { pageLanguage } from '../../data-build/words/language.ts';
import { translate } from '../i18n/translate.ts';
import { inlineStyles } from '../render/inline-styles.ts';
import { writePicture, type PictureLook } from '../render/picture.ts';
import { exportedAlt, exportedId, type ExportedFigure } from './exported-figure.ts';
import { toPictureWords } from './picture-words.ts';

/** `permalink` is the whole address of the page and release. */
export function writePictureFile(
  exported: ExportedFigure,
  permalink: string,
  look: PictureLook,
): string {
  const { drawings, sha256 } = exported;
  const words = toPictureWords(exported, permalink);
  const hash = sha256 === null ? [] : [translate('embed.hash', { sha256 })];
  const picture = writePicture(
    { ...words, origin: [...words.origin, ...hash] },
    [drawings.wide, drawings.narrow],
    'wide',
    look,
    writeRecord(exported, permalink),
  );
  return `${inlineStyles(picture)}\n`;
}

/** Dublin Core and Creative Commons terms, where drawing programs look for them. */
function writeRecord(exported: ExportedFigure, permalink: string): string {
  const { title, sources, release, sha256 } = exported;
  const licences = [...new Set(sources.map(({ licenceUrl }) => licenceUrl))];
  const fields: readonly (readonly [string, string])[] = [
    ['format', 'image/svg+xml'],
    ['title', title],
    ['description', exportedAlt(exported)],
    ['language', pageLanguage()],
    ['source', permalink],
    ['identifier', exportedId(exported)],
    ...(sha256 === null ? [] : [['identifier', `sha256:${sha256}`] as const]),
    ['date', release.slice(0, 10)],
    ...[...new Set(sources.map(({ attribution }) => attribution))].map(
      (attribution) => ['rights', attribution] as const,
    ),
  ];
  return (
    '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"' +
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cc="http://creativecommons.org/ns#"><cc:Work rdf:about="">' +
    fields.map(([name, value]) => `<dc:${name}>${escapeXml(value)}</dc:${name}>`).join('') +
    licences.map((url) => `<cc:license rdf:resource="${escapeXml(url)}"/>`).join('') +
    '</cc:Work></rdf:RDF></metadata>'
  );
}
