/** What figures of a theme have in common: its websites, or the tests of its apps or tools. */
import { themeOf } from '../../data-build/contract/themes.ts';
import { CATEGORY_CODES } from '../../data-build/contract/vocabulary.ts';
import type { Ask } from '../catalog/ask.ts';
import { translate } from '../i18n/translate.ts';
import { daysFilter } from '../query/condition.ts';
import { totalsQuery } from '../query/interference.ts';
import {
  categoryNetworksQuery,
  categoryPlacesQuery,
  categoryWeeksQuery,
  testsPlacesQuery,
  testsWeeksQuery,
  type ThemePlaceRow,
  type ThemeWeekRow,
} from '../query/themes.ts';
import type { FigureSubject } from './request.ts';

type ThemeSubject = Extract<FigureSubject, { kind: 'theme' }>;

/** Tests by country or territory. */
export async function askThemePlaces(
  ask: Ask,
  { code, of }: ThemeSubject,
): Promise<readonly ThemePlaceRow[]> {
  if (of === 'tests') return ask(testsPlacesQuery(themeOf(code).tests));
  return (await ask(categoryPlacesQuery())).filter((row) => row.category_code === code);
}

/** Tests by country or territory and week. */
export async function askThemeWeeks(
  ask: Ask,
  { code, of }: ThemeSubject,
): Promise<readonly ThemeWeekRow[]> {
  if (of === 'tests') return ask(testsWeeksQuery(themeOf(code).tests));
  return (await ask(categoryWeeksQuery())).filter((row) => row.category_code === code);
}

/** Networks in all places together; null: not known. */
export async function askThemeNetworks(
  ask: Ask,
  { code, of }: ThemeSubject,
): Promise<number | null> {
  if (of === 'tests') {
    const filter = { ...daysFilter(null, null), test_name: themeOf(code).tests };
    const [totals] = await ask(totalsQuery(filter));
    return totals?.network_count ?? null;
  }
  const rows = await ask(categoryNetworksQuery());
  return rows.find((row) => row.category_code === code)?.network_count ?? 0;
}

/** `websites listed as “News media”`, `apps and tools of “Communication tools”`. */
export function formatTheme({ code, of }: ThemeSubject): string {
  return translate('theme.of', { of, category: CATEGORY_CODES[code] });
}
