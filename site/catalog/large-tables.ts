import type { TableName } from '../../data-build/contract/tables.ts';

/** Tables that grow with every measurement or website, and that no page needs before a reader asks: they may lie elsewhere. */
export const LARGE_TABLES = [
  'measurements',
  'domain_country_weekly',
] as const satisfies TableName[];

/** `path` as the manifest names it. */
export function isLarge(path: string): boolean {
  return LARGE_TABLES.some((table) => path.startsWith(`${table}/`));
}
