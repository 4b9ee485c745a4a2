/**
 * Websites of one country or territory that fell together. One website often has too few tests for an event of its own;
 * those of one category, and all that are tested, are judged together, each against its own days before. Websites with an
 * event of their own are left out, and no event is told that a single website or a single network carries.
 */
import { type Asn, type Day, DAY_MS, dayOfMillis, daysBetween } from '../contract/brands.ts';
import { FLOORS } from '../contract/floors.ts';
import type { CategoryCode } from '../contract/vocabulary.ts';
import { countryIn, type Database, numbersIn, numbersOrNullsIn, textIn } from './database.ts';
import {
  detectInterference,
  INTERFERENCE_NEEDS,
  type InterferenceSpan,
} from './detectors/interference.ts';
import { sum, type StratumDay } from './detectors/series.ts';
import type { FoundEvent } from './found-event.ts';
import { toEvents, countsOf } from './span-events.ts';
import { CATEGORIES, DAY_COLUMNS, type TargetDay, toTargetDays } from './targets.ts';

export const GROUP = { leastWebsites: 5, leastSigns: 10, sameStartDays: 7 } as const;

interface Group {
  /** Number of its place and test in `targets`. */
  readonly place: number;
  /** Null: all websites tested. */
  readonly category_code: CategoryCode | null;
}

/** Days of websites of one place and test, in the order of days and websites. */
interface WebsiteDays {
  readonly place: number;
  readonly days: Day[];
  /** Numbers in `targets`. */
  readonly websites: number[];
  /** Numbers in `CATEGORIES`; 0: none. */
  readonly categories: number[];
  readonly tests: number[];
  readonly signs: number[];
}

/** A day of one website in one network; null: all networks together. */
interface NetworkDay extends StratumDay {
  readonly asn: Asn | null;
}

/** What the events of a group are about; null: all websites tested. */
export const groupName = (code: CategoryCode | null): string =>
  code === null ? 'websites' : `websites ${code}`;

const numberOf = (code: CategoryCode): number => CATEGORIES.indexOf(code) + 1;

/** `batches`: see `makeTargetDays`. `own`: targets with a beginning of their own. */
export async function findGroupEvents(
  db: Database,
  batches: readonly string[],
  own: ReadonlySet<number>,
): Promise<readonly FoundEvent[]> {
  const seen: { group: Group; spans: readonly InterferenceSpan[] }[] = [];
  for (const batch of batches)
    for await (const tested of readPlaces(db, batch)) {
      for (const { category_code, rows } of categoriesOf(tested)) {
        const spans = detectInterference(daysOf(tested, rows, own), INTERFERENCE_NEEDS.group);
        if (spans.length > 0) seen.push({ group: { place: tested.place, category_code }, spans });
      }
    }
  const found = new Map<number, FoundEvent[]>();
  for (const { group, spans } of seen) {
    // All websites come after the categories: what those tell is said once.
    const told = found.get(group.place) ?? [];
    found.set(group.place, told);
    const events = await toGroupEvents(db, group, spans, own);
    const isTold = ({ first_sign }: FoundEvent): boolean =>
      group.category_code === null && told.some((other) => isNear(other.first_sign, first_sign));
    told.push(...events.filter((event) => !isTold(event)));
  }
  return [...found.values()].flat();
}

const isNear = (one: Day, other: Day): boolean =>
  Math.abs(daysBetween(one, other)) <= GROUP.sameStartDays;

/** Places and tests with enough websites and signs for a group. */
const PLACES = `(
  SELECT place FROM targets WHERE domain IS NOT NULL GROUP BY place
  HAVING count(*) >= ${GROUP.leastWebsites} AND sum(signs) >= ${GROUP.leastSigns})`;

/** Websites by day, without regard to networks, of one place after the other. */
async function* readPlaces(db: Database, targetDays: string): AsyncGenerator<WebsiteDays> {
  let at: WebsiteDays | undefined;
  for await (const columns of db.columns(`
    SELECT place, any_value(category) AS category, target, day, sum(d.tests)::INTEGER AS tests,
      sum(anomaly_count + confirmed_count)::INTEGER AS signs
    FROM ${targetDays} d JOIN (FROM targets SEMI JOIN ${PLACES} USING (place) WHERE domain IS NOT NULL) t USING (target)
    GROUP BY place, target, day
    ORDER BY place, day, target`)) {
    const categories = numbersOrNullsIn(columns, 1);
    const [websites, days] = [numbersIn(columns, 2), numbersIn(columns, 3)];
    const [tests, signs] = [numbersIn(columns, 4), numbersIn(columns, 5)];
    for (const [row, place] of numbersIn(columns, 0).entries()) {
      if (at?.place !== place) {
        if (at !== undefined) yield at;
        at = { place, days: [], websites: [], categories: [], tests: [], signs: [] };
      }
      at.days.push(dayOfMillis((days[row] ?? 0) * DAY_MS));
      at.websites.push(websites[row] ?? 0);
      at.categories.push(categories[row] ?? 0);
      at.tests.push(tests[row] ?? 0);
      at.signs.push(signs[row] ?? 0);
    }
  }
  if (at !== undefined) yield at;
}

/** Categories of websites that are enough for a group, in the order of their codes, with their rows; last all websites. */
function categoriesOf({
  websites,
  categories,
  signs,
}: WebsiteDays): readonly (Pick<Group, 'category_code'> & { readonly rows: readonly number[] })[] {
  const seen = CATEGORIES.map((category_code) => ({
    category_code,
    rows: new Array<number>(),
    websites: new Set<number>(),
    signs: 0,
  }));
  for (const [at, website] of websites.entries()) {
    const own = seen[(categories[at] ?? 0) - 1];
    if (own === undefined) continue;
    own.rows.push(at);
    own.websites.add(website);
    own.signs += signs[at] ?? 0;
  }
  const enough = seen.filter(
    (own) => own.websites.size >= GROUP.leastWebsites && own.signs >= GROUP.leastSigns,
  );
  return [
    ...enough.toSorted((a, b) => (a.category_code < b.category_code ? -1 : 1)),
    { category_code: null, rows: [...websites.keys()] },
  ];
}

/** Gives each website a stratum, in the order in which they come. */
function openStrata(): (website: number) => number {
  const strata = new Map<number, number>();
  return (website) => {
    const known = strata.get(website);
    if (known !== undefined) return known;
    strata.set(website, strata.size);
    return strata.size - 1;
  };
}

/** Days of the group's websites that have no event of their own, a stratum for each website. */
function daysOf(
  tested: WebsiteDays,
  rows: readonly number[],
  own: ReadonlySet<number>,
): readonly StratumDay[] {
  const stratumOf = openStrata();
  const days: StratumDay[] = [];
  for (const at of rows) {
    const [day, website] = [tested.days[at], tested.websites[at]];
    if (day === undefined || website === undefined || own.has(website)) continue;
    const [tests, signs] = [tested.tests[at] ?? 0, tested.signs[at] ?? 0];
    days.push({ day, stratum: stratumOf(website), tests, signs });
  }
  return days;
}

async function toGroupEvents(
  db: Database,
  { place, category_code }: Group,
  spans: readonly InterferenceSpan[],
  own: ReadonlySet<number>,
): Promise<readonly FoundEvent[]> {
  const isOfGroup = `place = ${place} AND domain IS NOT NULL${category_code === null ? '' : ` AND category = ${numberOf(category_code)}`}`;
  const stratumOf = openStrata();
  const all: TargetDay[] = [];
  const days: NetworkDay[] = [];
  for await (const columns of db.columns(`
    SELECT target, ${DAY_COLUMNS} FROM target_days SEMI JOIN (FROM targets WHERE ${isOfGroup}) USING (target)
    ORDER BY day, target, probe_asn`)) {
    const read = toTargetDays(columns, 1);
    for (const [at, website] of numbersIn(columns, 0).entries()) {
      const row = read[at];
      if (row === undefined || own.has(website)) continue;
      all.push(row);
      const { day, asn, tests, anomalies, confirmed } = row;
      days.push({ day, asn, stratum: stratumOf(website), tests, signs: anomalies + confirmed });
    }
  }
  const robust = spans.filter((span) => isOfManyNetworks(days, span));
  if (robust.length === 0) return [];
  const [name] = await db.all(
    `SELECT probe_cc, test_name FROM targets WHERE place = ${place} LIMIT 1`,
  );
  const target = { probe_cc: countryIn(name), test_name: textIn(name, 'test_name'), domain: null };
  return toEvents(robust, (span) => {
    const inside = all.filter(
      ({ day }) => day >= span.firstSign && (span.firstNormal === null || day < span.firstNormal),
    );
    const networks = new Set(inside.map(({ asn }) => asn)).size;
    if (networks < FLOORS.country.networks) return null;
    return {
      ...countsOf(target, null, inside),
      target: groupName(category_code),
      category_code,
      network_count: networks,
      robust: true,
    };
  });
}

/** Rows of one website and day joined; rows must ascend by day and website. */
function joinNetworks(days: readonly NetworkDay[]): readonly StratumDay[] {
  const joined: { day: StratumDay['day']; stratum: number; tests: number; signs: number }[] = [];
  for (const { day, stratum, tests, signs } of days) {
    const last = joined[joined.length - 1];
    if (last?.day === day && last.stratum === stratum) {
      last.tests += tests;
      last.signs += signs;
    } else joined.push({ day, stratum, tests, signs });
  }
  return joined;
}

/** Whether it is found without any one of the networks that met it. */
function isOfManyNetworks(days: readonly NetworkDay[], span: InterferenceSpan): boolean {
  const inside = days.filter(
    ({ day, signs }) =>
      signs > 0 && day >= span.firstSign && (span.firstNormal === null || day < span.firstNormal),
  );
  const all = sum(inside, ({ signs }) => signs);
  const networks = [...Map.groupBy(inside, ({ asn }) => asn)]
    .map(([asn, rows]) => ({ asn, signs: sum(rows, ({ signs }) => signs) }))
    .filter(({ signs }) => signs * 10 >= all);
  return networks.every(({ asn }) =>
    detectInterference(
      joinNetworks(days.filter((day) => day.asn !== asn)),
      INTERFERENCE_NEEDS.group,
    ).some((other) => isNear(other.firstSign, span.firstSign)),
  );
}
