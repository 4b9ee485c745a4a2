/** Writes what the figures of a page were made from, and where the data of a place lie, into files beside it, in the staging folder (`build/staging`). */
import type { CountryCode } from '../../data-build/contract/brands.ts';
import type { TableName } from '../../data-build/contract/tables.ts';
import type { Manifest } from '../../data-build/contract/manifest.ts';
import { toPlaceFiles } from '../catalog/place-files.ts';
import type { FrameStay, PageFigures, PublishedFigure } from '../figures/page-figures.ts';
import type { BuildData } from '../engine/build-data.ts';
import { packRows } from '../figures/packed-rows.ts';
import { loadSlices } from './downloads.ts';
import { stageFile, shortHash } from './staging.ts';

/** What is said of a publisher in a file that holds its numbers. */
type Credit = Pick<Manifest['sources'][number], 'id' | 'name' | 'licence' | 'attribution'>;

/** By page, while it is drawn. */
const drawn = new Map<string, Map<string, PublishedFigure>>();

/** `id` is that of the figure in its page. */
export function addFigure(page: string, id: string, figure: PublishedFigure): void {
  const figures = drawn.get(page) ?? new Map<string, PublishedFigure>();
  figures.set(id, figure);
  drawn.set(page, figures);
}

/** Path of the file beside the page, once all of its figures are drawn; undefined: it has none. */
export function stageSidecar(
  page: string,
  publishers: readonly Credit[],
  stay: FrameStay,
): string | undefined {
  const figures = drawn.get(page);
  if (figures === undefined) return undefined;
  drawn.delete(page);
  const text = writePageFigures(page, figures, publishers, stay);
  const name = `${page}${shortHash(text)}.figures.json`;
  return stageFile(name, text) ? name : undefined;
}

/** Tables that the chart rests on which says what a filter draws. */
const ASKED_FIRST: readonly TableName[] = [
  'interference_country_daily',
  'interference_network_daily',
];

/**
 * Path of the file beside the page of a place that says where its data lie, and of those files among them that a filter asks
 * for first; undefined: it has none.
 */
export async function stagePlaceFiles(
  page: string,
  { folder, manifest }: Pick<BuildData, 'folder' | 'manifest'>,
  probeCc: CountryCode,
): Promise<{ readonly list: string; readonly first: readonly string[] } | undefined> {
  const slices = (await loadSlices(folder)).get(`country/${probeCc}`) ?? [];
  const own = toPlaceFiles(manifest, probeCc, slices);
  const text = `${JSON.stringify(own)}\n`;
  const list = `${page}${shortHash(text)}.files.json`;
  const first = own.files.filter(({ table }) => ASKED_FIRST.includes(table));
  return stageFile(list, text) ? { list, first: first.map(({ path }) => path) } : undefined;
}

/** The file as text. */
export function writePageFigures(
  page: string,
  figures: ReadonlyMap<string, PublishedFigure>,
  publishers: readonly Credit[],
  stay: FrameStay,
): string {
  const all = [...figures.values()];
  const named = new Set(all.flatMap(({ sources }) => sources.map(({ source }) => source)));
  const packed = [...figures].map(
    ([id, figure]) => [id, { ...figure, answer: packRows(figure.answer) }] as const,
  );
  const file: PageFigures & { readonly publishers: readonly Credit[] } = {
    page,
    publishers: publishers
      .filter(({ id }) => named.has(id))
      .map(({ id, name, licence, attribution }) => ({ id, name, licence, attribution })),
    stay,
    figures: Object.fromEntries(packed),
  };
  return `${JSON.stringify(file)}\n`;
}
