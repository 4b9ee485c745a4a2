/** Lists of places by the part of the world that they lie in, each with a table of its own. */
import type { CountryCode } from '../../../data-build/contract/brands.ts';
import { comparePlaces, formatPlaceName, formatRegion } from '../../../data-build/words/place.ts';
import { regionOf } from '../../../data-build/words/regions.ts';
import { pageLocale } from '../../../data-build/words/language.ts';
import { groupBy } from '../../view/day-rows.ts';
import { formatItems } from '../../view/format.ts';
import type { TableModel } from '../../view/table.ts';
import type { ListGroup } from './view.ts';

interface Place {
  readonly probe_cc: CountryCode;
}

/** Regions and their places by name; places of no region come last. */
export function toRegionGroups<Row extends Place>(
  rows: readonly Row[],
  toTable: (rows: readonly Row[]) => TableModel,
): readonly ListGroup[] {
  const { compare } = new Intl.Collator(pageLocale());
  const regions = groupBy(rows, ({ probe_cc }) => regionOf(probe_cc) ?? '');
  return [...regions]
    .map(([region, own]) => ({ region, group: toPlaceGroup(`region-${region}`, own, toTable) }))
    .map(({ region, group }) => ({
      ...group,
      title: region === '' ? formatPlaceName('ZZ') : formatRegion(region),
    }))
    .sort((a, b) => compare(a.title, b.title));
}

/** All places in one group. */
export function toPlaceGroup<Row extends Place>(
  id: string,
  rows: readonly Row[],
  toTable: (rows: readonly Row[]) => TableModel,
): Omit<ListGroup, 'title'> {
  const compare = comparePlaces();
  const sorted = rows.toSorted((a, b) => compare(a.probe_cc, b.probe_cc));
  return {
    id,
    holds: formatItems(sorted.map(({ probe_cc }) => formatPlaceName(probe_cc))),
    table: toTable(sorted),
  };
}
