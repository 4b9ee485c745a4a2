/** `npm run fetch`: mirrors what a publisher publishes. */
import { toCountryCode } from '../contract/brands.ts';
import { PLACES } from '../contract/places.ts';
import { EXIT, UsageError } from '../outcome.ts';
import { MIRRORS } from '../publishers/mirrors.ts';
import { dayOf, listOf, numberOf, parse, textOf, type Values } from './arguments.ts';
import type { Command, Machine } from './command.ts';
import { fetchDumps, type FetchWish } from './fetch-dumps.ts';

const USAGE = `Use: npm run fetch -- ${[...MIRRORS.keys()].join('|')} --since YYYY-MM-DD --until YYYY-MM-DD [--country CC,…] [--test NAME,…] [--into DIR] [--endpoint URL] [--jobs N]`;

/** Arguments of `npm run fetch`. Throws UsageError. */
function parseFetchArguments(args: readonly string[]): FetchWish {
  const { values, positionals } = parse(USAGE, args, {
    options: {
      since: { type: 'string' },
      until: { type: 'string' },
      country: { type: 'string' },
      test: { type: 'string' },
      into: { type: 'string' },
      endpoint: { type: 'string' },
      jobs: { type: 'string' },
    },
    allowPositionals: true,
  });
  const [name = ''] = positionals;
  const mirror = MIRRORS.get(name);
  if (mirror === undefined || positionals.length > 1)
    throw new UsageError(
      `${name === '' ? 'No source was given.' : `${positionals.join(' ')} is not a source.`}\n${USAGE}`,
    );
  const since = dayOf(values, 'since');
  const until = dayOf(values, 'until');
  if (mirror.byDay && (since === null || until === null || until <= since))
    throw new UsageError(
      `The days to fetch from ${name} are missing or reversed.\nGive --since (first day) and --until (first day no longer fetched).`,
    );
  const idle = (mirror.byTest === true ? [] : ['test'])
    .concat(mirror.byDay ? [] : ['since', 'until'])
    .find((option) => textOf(values, option) !== null);
  if (idle !== undefined)
    throw new UsageError(
      `--${idle} was given, but ${name} has nothing to choose by it.\nLeave it out: all that ${name} has is fetched.`,
    );
  const endpoint = endpointOf(values);
  return {
    mirror,
    since,
    until,
    countries: listOf(values, 'country').map((text) => {
      const code = toCountryCode(text);
      if (code === null || !PLACES.has(code))
        throw new UsageError(
          `--country ${text} is not a country or territory.\nGive codes of ISO 3166-1, e.g. KE,GB (which is what UK means), or XK.`,
        );
      return code;
    }),
    tests: listOf(values, 'test'),
    into: textOf(values, 'into') ?? 'dumps',
    ...(endpoint === null ? {} : { endpoint }),
    jobs: numberOf(values, 'jobs', 4, 1, 32),
  };
}

function endpointOf(values: Values): string | null {
  const text = textOf(values, 'endpoint');
  if (text === null) return null;
  if (!URL.canParse(text) || !/^https?:/.test(text))
    throw new UsageError(
      `--endpoint ${text} is not an address.\nGive the root that holds the publisher's layout, e.g. http://localhost:9000/bucket/.`,
    );
  return text.endsWith('/') ? text : `${text}/`;
}

/** Exit 3 when the publisher lists nothing, 1 when something listed could not be fetched. */
async function run(args: readonly string[], { effects, network }: Machine): Promise<number> {
  const { log, progress } = effects;
  const summary = await fetchDumps(parseFetchArguments(args), { ...network, log, progress });
  if (summary.listed === 0) return EXIT.nothing;
  return summary.failed.length > 0 ? EXIT.failed : EXIT.done;
}

export const FETCH: Command = { usage: USAGE, run };
