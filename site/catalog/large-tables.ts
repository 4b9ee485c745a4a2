import type { SliceKind } from '../../data-build/contract/slices.ts';
import type { TableName } from '../../data-build/contract/tables.ts';

/**
 * Folders that grow with every measurement, website or network, and that no page needs before a reader asks: they may lie
 * elsewhere. Two tables, and slices.
 */
export const LARGE_FOLDERS = [
  'measurements',
  'domain_country_weekly',
  'domain',
  'network',
] as const satisfies (TableName | SliceKind)[];

/** `path` as the manifest or the list of slices names it. */
export function isLarge(path: string): boolean {
  return LARGE_FOLDERS.some((folder) => path.startsWith(`${folder}/`));
}
