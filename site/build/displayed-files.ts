/** What a chart of a page displays, as CSV files at addresses that stay: one for each licence of its columns. */
import type { PublisherId } from '../../data-build/contract/publishers.ts';
import type { Manifest } from '../../data-build/contract/manifest.ts';
import { writeCsv } from '../export/csv.ts';
import { embedDataPath } from '../export/embed-links.ts';
import type { ExportedSource } from '../export/exported-figure.ts';
import { splitByLicence, type LicencedRecords } from '../export/licenced-records.ts';
import { toRecords } from '../export/records.ts';
import type { FigureView } from '../figures/figure.ts';
import { findChart } from '../figures/registry.ts';
import { translate } from '../i18n/translate.ts';

interface Displayed {
  readonly view: FigureView;
  /** Its id in the page. */
  readonly chart: string;
  /** Path of the page below the base: `country/KE/`. */
  readonly page: string;
  readonly publishers: readonly PublisherId[];
}

/** With what stands above the columns of each file. */
interface Described extends Displayed {
  /** In the order of `publishers`. */
  readonly sources: readonly ExportedSource[];
  readonly manifest: Manifest;
}

/** Paths below the site's base, each with what is to lie there. */
export function displayedFiles(
  figure: Described,
  permalink: string,
): readonly { readonly path: string; readonly text: string }[] {
  const { view, sources, publishers, manifest } = figure;
  return splitFigure(figure).map(({ path, records, sources: own }) => ({
    path,
    text: writeCsv(records, [
      view.title,
      view.subtitle,
      ...(manifest.synthetic ? [translate('site.synthetic')] : []),
      ...view.notes,
      ...sources
        .filter((_, index) => own.some((id) => id === publishers[index]))
        .flatMap(({ text, attribution, licenceUrl }) => [text, `${attribution} ${licenceUrl}`]),
      permalink,
    ]),
  }));
}

export function displayedPaths(figure: Displayed): readonly string[] {
  return splitFigure(figure).map(({ path }) => path);
}

function splitFigure({
  view,
  page,
  chart,
  publishers,
}: Displayed): readonly (LicencedRecords & { readonly path: string })[] {
  const figure = findChart(view);
  const parts = splitByLicence(toRecords(view.table), figure.publishersOf?.bind(figure), [
    ...new Set(publishers),
  ]);
  return parts.map((part) => ({
    ...part,
    path: embedDataPath({ page, chart }, parts.length > 1 ? part.licence : null),
  }));
}
