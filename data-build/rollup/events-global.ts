/** Starts with one target in many places at once: a fault of the target or the test, not of the places. */
import { addDays, type Day } from '../contract/brands.ts';
import { FLOORS } from '../contract/floors.ts';
import { quoteText } from '../contract/sql.ts';
import { type Database, numberIn, textIn } from './database.ts';
import { GROUP, groupName } from './events-groups.ts';
import type { FoundEvent } from './found-event.ts';
import { CATEGORIES } from './targets.ts';

/**
 * Starts in so many countries and territories at once are a fault of the target or the test: in five and a fifth of
 * those that test it in these weeks, or in three and more than half of them. `days`: how far apart the brackets of two may lie;
 * `around`: days before and after in which a place must have tests enough for an event of its own.
 */
const GLOBAL = {
  share: 0.2,
  countries: 5,
  mostShare: 0.5,
  mostCountries: 3,
  days: 2,
  around: 28,
} as const;

const isBeginning = ({ kind }: FoundEvent): boolean =>
  kind === 'interference_start' || kind === 'interference_rise';

/** The most places whose starts may lie on one day that the event's may lie on, too, and that day. */
interface Together {
  readonly day: Day;
  readonly places: number;
}

/** First and last day on which a start may lie, half the days that two may be apart added. */
function bracketOf({ last_normal, first_sign }: FoundEvent): {
  readonly from: Day;
  readonly to: Day;
} {
  const begin = last_normal === null ? first_sign : addDays(last_normal, 1);
  return { from: addDays(begin, -GLOBAL.days / 2), to: addDays(first_sign, GLOBAL.days / 2) };
}

function togetherWith(event: FoundEvent, starts: readonly FoundEvent[]): Together {
  const own = bracketOf(event);
  const brackets = starts
    .map((start) => ({ place: start.probe_cc, ...bracketOf(start) }))
    .filter(({ from, to }) => from <= own.to && to >= own.from);
  // The most lie together on a day on which one of them begins.
  const days = new Set([own.from, ...brackets.map(({ from }) => from)]);
  let most: Together = { day: event.first_sign, places: 0 };
  for (const day of days) {
    if (day < own.from || day > own.to) continue;
    const inside = brackets.filter(({ from, to }) => from <= day && day <= to);
    const places = new Set(inside.map(({ place }) => place)).size;
    if (places > most.places) most = { day, places };
  }
  return most;
}

/** Starts with one target at the same time in most places that test it say something of the target. Reads `targets` and `target_days`. */
export async function markGlobal(
  db: Database,
  events: readonly FoundEvent[],
): Promise<readonly FoundEvent[]> {
  const starts = events.filter((event) => isBeginning(event) && event.probe_asn === null);
  const startsByTarget = Map.groupBy(starts, (event) => event.target);
  const judged = events.map((event) => ({
    event,
    together: togetherWith(event, startsByTarget.get(event.target) ?? []),
  }));
  const many = judged.filter(({ together }) => together.places >= GLOBAL.mostCountries);
  const tested = await countTesting(
    db,
    many.map(({ event, together }) => ({ target: event.target, day: together.day })),
  );
  return judged.map(({ event, together: { day, places } }) => {
    const share = places / Math.max(places, tested.get(`${day} ${event.target}`) ?? 0);
    const global =
      (places >= GLOBAL.countries && share >= GLOBAL.share) ||
      (places >= GLOBAL.mostCountries && share > GLOBAL.mostShare);
    return { ...event, global };
  });
}

/** How many places tested each target around each day with enough tests for an event of their own, by `day target`. */
async function countTesting(
  db: Database,
  wanted: readonly { readonly target: string; readonly day: Day }[],
): Promise<ReadonlyMap<string, number>> {
  const keys = new Set(wanted.map(({ target, day }) => `${day} ${target}`));
  if (keys.size === 0) return new Map();
  const values = [...keys].map(
    (key) => `(DATE '${key.slice(0, 10)}', ${quoteText(key.slice(11))})`,
  );
  const groups = CATEGORIES.map((code) => quoteText(groupName(code))).join(', ');
  const rows = await db.all(`
    WITH wanted AS (FROM (VALUES ${values.join(', ')}) v(day, name)),
      named AS (
        SELECT target, probe_cc, coalesce(domain, test_name) AS name, false AS is_group FROM targets
        UNION ALL SELECT target, probe_cc, ${quoteText(groupName(null))}, true FROM targets WHERE domain IS NOT NULL
        UNION ALL SELECT target, probe_cc, [${groups}][category], true FROM targets WHERE domain IS NOT NULL AND category IS NOT NULL),
      asked AS (SELECT target, probe_cc, name, is_group, day, (day - DATE '1970-01-01')::INTEGER AS at FROM named JOIN wanted USING (name))
    SELECT strftime(day, '%Y-%m-%d') || ' ' || name AS key, count(*)::INTEGER AS places FROM (
      SELECT a.day, name, a.probe_cc
      FROM target_days d JOIN asked a ON d.target = a.target AND d.day BETWEEN a.at - ${GLOBAL.around} AND a.at + ${GLOBAL.around}
      GROUP BY a.day, name, is_group, a.probe_cc
      HAVING sum(d.tests) >= ${FLOORS.network.tests} AND (NOT is_group OR count(DISTINCT d.target) >= ${GROUP.leastWebsites}))
    GROUP BY day, name`);
  return new Map(rows.map((row) => [textIn(row, 'key'), numberIn(row, 'places')]));
}
