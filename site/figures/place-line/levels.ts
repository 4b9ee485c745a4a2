/** What tests showed of every app, tool and kind of website in a place: one level each. */
import { THEMES } from '../../../data-build/contract/themes.ts';
import {
  CATEGORY_CODES,
  RETIRED_TESTS,
  TESTS,
  type CategoryCode,
} from '../../../data-build/contract/vocabulary.ts';
import { translate } from '../../i18n/translate.ts';
import type { EventRow } from '../../query/witnesses.ts';
import { toStanding } from '../../view/evidence.ts';
import { isOwnRise } from '../../view/events.ts';
import { partFloor, toRate, type Rate, type RateCounts } from '../../view/rate.ts';

/** From the strongest evidence to none at all. */
export const LINE_LEVELS = [
  'confirmed',
  'signs',
  'some',
  'none',
  'few',
  'not_tested',
  'unnamed',
] as const;
export type LineLevel = (typeof LINE_LEVELS)[number];

export interface LineCell {
  /** `test telegram`, `theme NEWS`. */
  readonly key: string;
  readonly label: string;
  readonly level: LineLevel;
  readonly rate: Rate;
  readonly confirmed: number;
}

export interface LineGroup {
  readonly key: 'apps' | 'circumvention' | 'websites';
  readonly label: string;
  readonly cells: readonly LineCell[];
}

export interface LineCounts extends RateCounts {
  readonly network_count: number | null;
}

/** Keys of the cells that an event of the place is of: its test, or the category of its websites. */
export function risenCells(
  events: readonly EventRow[],
  categoryOf: (domain: string) => CategoryCode | null,
): ReadonlySet<string> {
  return new Set(
    events.filter(isOwnRise).flatMap(({ test_name, domain, category_code }) => {
      const category = category_code ?? (domain === null ? null : categoryOf(domain));
      if (category !== null) return [`theme ${category}`];
      return test_name === null || domain !== null ? [] : [`test ${test_name}`];
    }),
  );
}

/**
 * Cells of a place. `websites` is empty where the data name no website; then nothing is said of them. `risen` are the
 * keys of those with an event, `unnamed` the tests of websites that counts do not name: categories without a test may be among them.
 */
export function toLineGroups(
  tests: ReadonlyMap<string, LineCounts>,
  websites: ReadonlyMap<CategoryCode, LineCounts>,
  networks: number | null,
  risen: ReadonlySet<string>,
  unnamed: number,
): readonly LineGroup[] {
  const cell = (key: string, label: string, counts: LineCounts | undefined): LineCell => {
    const rate = toRate(counts ?? null, partFloor(counts ?? { network_count: null }, networks));
    const confirmed = counts?.confirmed_count ?? 0;
    return { key, label, level: toLevel(rate, confirmed, risen.has(key)), rate, confirmed };
  };
  const ofTests = (key: 'apps' | 'circumvention'): LineGroup => ({
    key,
    label: translate('place_line.kind', { of: key }),
    cells: Object.entries(TESTS).flatMap(([name, { group, scored, label }]) =>
      group === key && scored && !RETIRED_TESTS.has(name)
        ? [cell(`test ${name}`, label, tests.get(name))]
        : [],
    ),
  });
  const ofWebsites: LineGroup = {
    key: 'websites',
    label: translate('place_line.kind', { of: 'websites' }),
    cells: THEMES.map(({ code }) => {
      const found = cell(`theme ${code}`, CATEGORY_CODES[code], websites.get(code));
      return found.level === 'not_tested' && unnamed > 0 ? { ...found, level: 'unnamed' } : found;
    }),
  };
  return [ofTests('apps'), ofTests('circumvention'), ...(websites.size === 0 ? [] : [ofWebsites])];
}

function toLevel(rate: Rate, confirmed_count: number, hasEvent: boolean): LineLevel {
  const standing = toStanding(rate, { confirmed_count }, hasEvent);
  if (standing !== null) return standing;
  if (rate.kind === 'rate') return 'none';
  return rate.kind === 'too_few' ? 'few' : 'not_tested';
}

export function formatLineLevel(level: LineLevel): string {
  switch (level) {
    case 'confirmed':
    case 'signs':
    case 'some':
    case 'not_tested':
      return translate(`safe.level.${level}`);
    case 'unnamed':
      return translate('place_line.unnamed');
    case 'none':
    case 'few':
      return translate(`world.level.${level}`);
  }
}

/** Whether a cell says more than that there is nothing: where only totals are published, none does. */
export function hasEvidence(groups: readonly LineGroup[]): boolean {
  return groups.some(({ cells }) =>
    cells.some(({ level }) => level !== 'not_tested' && level !== 'unnamed'),
  );
}

/** How many cells have each level. */
export function countLevels(groups: readonly LineGroup[]): Readonly<Record<LineLevel, number>> {
  const counts = { confirmed: 0, signs: 0, some: 0, none: 0, few: 0, not_tested: 0, unnamed: 0 };
  for (const { cells } of groups) for (const { level } of cells) counts[level] += 1;
  return counts;
}
