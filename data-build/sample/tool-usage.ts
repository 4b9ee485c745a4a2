/** Tor’s relay users and the circumvention-usage CSV, with surges and drops that go with some episodes. */
import { addDays, type CountryCode, type Day } from '../contract/brands.ts';
import { type Episode, phaseOn, worldEpisodes } from './episodes.ts';
import { createRng, hashText } from './rng.ts';
import { type SamplePlace, type SampleWorld, worldDays } from './world.ts';

type Tool = 'tor' | 'psiphon';

/** Below this many users a day the psiphon value is withheld: an empty field, which is not zero. */
const WITHHELD_BELOW = 60;

/** A block of the tool itself lowers its own use alone; other episodes drive people to both tools. */
function episodeFactor(
  episodes: readonly Episode[],
  cc: CountryCode,
  tool: Tool,
  day: Day,
): number {
  return episodes.reduce((factor, one) => {
    if (one.cc !== cc || one.toolUse === null || phaseOn(one, day) === null) return factor;
    const itself = one.target.kind === 'test' && one.target.test_name === tool;
    return one.toolUse > 1 || itself ? Math.max(factor, 1) * one.toolUse : factor;
  }, 1);
}

/** Users of one tool in one place on one day: a steady base, a weekly rhythm, some noise, and the script. */
function countUsers(
  place: SamplePlace,
  day: Day,
  tool: Tool,
  episodes: readonly Episode[],
  seed: number,
): number {
  const base = 30 * 1000 ** ((hashText(`${place.cc} ${tool}`) % 1000) / 1000);
  const scripted = episodes.some(({ cc, toolUse }) => cc === place.cc && toolUse !== null);
  const rng = createRng(seed, tool, place.cc, day);
  const weekend = new Date(day).getUTCDay() % 6 === 0 ? 1.08 : 1;
  const factor = Math.min(10, episodeFactor(episodes, place.cc, tool, day));
  // Episodes need numbers that are large enough to be published.
  return Math.round(Math.max(base, scripted ? 2000 : 0) * weekend * factor * rng.factor(0.04));
}

/**
 * `userstats-relay-country.csv` as Tor Metrics writes it: comment lines, lower-case countries, an empty one for
 * the total, `??` for unknown. Ends two days before the other sources. `lower` and `upper` need the day a week before.
 */
export function formatTorUsage(world: SampleWorld, seed: number): string {
  const episodes = worldEpisodes(world);
  const until = addDays(world.lastDay, -2);
  const lines = [
    '# Synthetic sample in the form of the Tor Metrics relay users file.',
    '# No row describes a real country or day.',
    'date,country,users,lower,upper,frac',
  ];
  for (const day of worldDays(world).filter((one) => one <= until)) {
    const before = addDays(day, -7);
    const frac = 72 + (hashText(day) % 18);
    let total = 0;
    const rows = world.places.map((place) => {
      const users = countUsers(place, day, 'tor', episodes, seed);
      total += users;
      if (before < world.firstDay) return `${day},${place.cc.toLowerCase()},${users},,,${frac}`;
      const usual = countUsers(place, before, 'tor', episodes, seed);
      const [lower, upper] = [Math.trunc(usual * 0.78), Math.trunc(usual * 1.28)];
      return `${day},${place.cc.toLowerCase()},${users},${lower},${upper},${frac}`;
    });
    lines.push(`${day},,${total + 900},,,${frac}`, `${day},??,900,,,${frac}`, ...rows);
  }
  return `${lines.join('\n')}\n`;
}

/** The circumvention-usage layout of docs/sources.md; one tool, one metric. */
export function formatPsiphonUsage(world: SampleWorld, seed: number): string {
  const episodes = worldEpisodes(world);
  const rows = worldDays(world).flatMap((day) =>
    world.places.map((place) => {
      const users = countUsers(place, day, 'psiphon', episodes, seed);
      const value = users < WITHHELD_BELOW ? '' : String(users);
      return `${day},${place.cc},psiphon,users,${value},,,,psiphon,LicenseRef-psiphon-permission`;
    }),
  );
  const header = 'date,country,tool,metric,value,lower,upper,coverage,source,licence';
  return `${['# Synthetic sample.', header, ...rows].join('\n')}\n`;
}
