/** Makes the newsroom kit of an event: words, chart in every shape, a map of where, tables and citations in one archive. */
import './page-language.ts';
import { strToU8, zipSync } from 'fflate';
import { givenShapes } from '../charts/map/shapes.ts';
import { layoutShapes } from '../charts/map/map.ts';
import { levelLook } from '../charts/map/look.ts';
import { SERIES_BAR } from '../charts/marks/look.ts';
import { writeBibtex, writeCsl, writeRis } from '../export/citation.ts';
import { writeCsv } from '../export/csv.ts';
import { splitByLicence } from '../export/licenced-records.ts';
import { aboutLines } from '../export/read-me.ts';
import { toRecords } from '../export/records.ts';
import { findChart } from '../figures/registry.ts';
import { formatBytes } from '../i18n/bytes.ts';
import { translate } from '../i18n/translate.ts';
import { PICTURE_SHAPES, type PictureShape } from '../render/picture.ts';
import { writeSvg, type Drawing } from '../render/svg-string.ts';
import { aboutFigure } from './figure-about.ts';
import { loadShapes } from './map-shapes.ts';
import { toPng, writeOwnPicture } from './share-picture.ts';
import { readSubject } from './share-subject.ts';
import { publishedIn } from './shown-figure.ts';

const SHAPES: readonly PictureShape[] = ['wide', 'square', 'story', 'print'];

/** Makes the archive and hands it over; says how large it is, or that it failed. */
export async function giveKit(place: HTMLElement, status: HTMLElement): Promise<void> {
  status.textContent = translate('download.making');
  try {
    const { archive, name } = await makeKit(place);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(archive);
    link.download = `${name}.zip`;
    link.textContent = `${name}.zip`;
    status.replaceChildren(link, ` ${formatBytes(archive.size)}`);
    link.click();
  } catch (error) {
    status.textContent = translate('download.failed', {
      reason: error instanceof Error ? error.message : String(error),
    });
  }
}

/** A site that does not know its name names pages from its root; away from it they need the whole address. */
function toWholeAddresses(text: string): string {
  return text.replace(
    /(^|\s)(\/\S+\?release=\S+)/g,
    (_, before: string, path: string) => before + new URL(path, location.href).href,
  );
}

async function makeKit(
  place: HTMLElement,
): Promise<{ readonly archive: Blob; readonly name: string }> {
  const { kit: name = 'event', place: code = '', of = '' } = place.dataset;
  const figure = document.getElementById(of);
  const text = place.querySelector('pre')?.textContent ?? '';
  if (figure === null) throw new Error(translate('figure.failed'));
  const shown = await publishedIn(figure);
  const subject = await readSubject(figure);
  const files: Record<string, Uint8Array> = {};
  const alt: string[] = [];
  const put = async (stem: string, shape: PictureShape, parts: typeof subject.parts) => {
    const svg = writeOwnPicture(parts, shape, 'light');
    files[`${stem}.svg`] = strToU8(svg);
    files[`${stem}.png`] = new Uint8Array(await (await toPng(svg, shape)).arrayBuffer());
  };
  for (const shape of SHAPES) {
    const { width, height } = PICTURE_SHAPES[shape];
    await put(`chart-${shape}`, shape, subject.parts);
    alt.push(`chart-${shape} (${width} × ${height}): ${subject.alt}`);
  }
  const where = await drawWhere(code);
  if (where !== null) {
    const title = translate('kit.map', { title: subject.parts.words.title });
    await put('map', 'wide', {
      words: { ...subject.parts.words, title, subtitle: '', notes: [] },
      drawings: [where],
    });
    alt.push(`map: ${title}`);
  }
  const chart = findChart(shown.view);
  const sources = [...new Set(shown.sources.map(({ source }) => source))];
  const records = toRecords(shown.view.table);
  for (const part of splitByLicence(records, chart.publishersOf?.bind(chart), sources)) {
    const about = aboutFigure(figure.id, shown, part.sources);
    const csv = writeCsv(part.records, aboutLines(about));
    files[`table-${part.licence}.csv`] = strToU8(`\uFEFF${csv}`);
  }
  const { cited } = aboutFigure(figure.id, shown);
  files['citation.bib'] = strToU8(writeBibtex(cited));
  files['citation.ris'] = strToU8(writeRis(cited));
  files['citation.csl.json'] = strToU8(writeCsl(cited));
  files['README.txt'] = strToU8(
    [toWholeAddresses(text), translate('kit.alt'), ...alt, '']
      .join('\n')
      .replace(/[\u2066-\u2069]/g, ''),
  );
  // The day of the release instead of the clock.
  const mtime = `${cited.dataVersion.slice(0, 10)}T00:00:00`;
  const packed = zipSync(
    Object.fromEntries(Object.entries(files).map(([file, bytes]) => [`${name}/${file}`, bytes])),
    { mtime },
  );
  return { archive: new Blob([Uint8Array.from(packed)], { type: 'application/zip' }), name };
}

/** The world with one place in it; null where the shapes cannot be fetched, or have none of it. */
async function drawWhere(code: string): Promise<Drawing | null> {
  await loadShapes();
  const geometry = givenShapes();
  if (geometry?.places.some((place) => place.code === code) !== true) return null;
  const { width, height } = geometry;
  const title = translate('kit.map.title');
  const children = layoutShapes(geometry, (each) =>
    each === code ? SERIES_BAR : levelLook('not_tested'),
  );
  const scene = { width, height, title, desc: title, rows: 1, children };
  return {
    svg: writeSvg(scene, { role: 'hidden', idPrefix: 'kit-map', class: 'wide' }),
    width,
    height,
  };
}
