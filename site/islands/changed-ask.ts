/** Asks one release for the values that a link shows: of the chart that it names, else the totals of its page. */
import type { Day } from '../../data-build/contract/brands.ts';
import type { FormerId } from '../../data-build/contract/event-id.ts';
import type { Manifest } from '../../data-build/contract/manifest.ts';
import type { TableName } from '../../data-build/contract/tables.ts';
import { assertNever } from '../../data-build/contract/problem.ts';
import type { Ask } from '../catalog/ask.ts';
import { catalogFiles } from '../catalog/files.ts';
import type { Engine } from '../engine/engine.ts';
import { domainTotalQuery, eventQuery, networkCountriesQuery } from '../query/changed.ts';
import type { InterferenceFilter } from '../query/condition.ts';
import { testsQuery, totalsQuery } from '../query/interference.ts';
import type { Query } from '../query/query.ts';
import type { Permalink } from '../state/permalink.ts';
import {
  toDomainValues,
  toEventValues,
  toTableValues,
  toTotalValues,
  type Value,
} from '../view/changed/changed.ts';
import { askFigure } from '../figures/ask-figure.ts';
import { askCited, type Cited } from '../figures/cited.ts';
import { explore } from '../figures/explore/figure.ts';
import { planExplore } from '../figures/explore/plan.ts';
import type { FigureRequest } from '../figures/request.ts';

/** A release to be asked: its files and an engine over them. */
export interface AskedRelease {
  readonly manifest: Manifest;
  readonly engine: Engine;
}

/** The days compared: those of the link, else those of the older release. */
export interface ComparedDays {
  readonly since: Day | null;
  readonly until: Day | null;
}

export async function askValues(
  release: AskedRelease,
  { page, state }: Permalink,
  { since, until }: ComparedDays,
  former: readonly FormerId[],
): Promise<readonly Value[]> {
  const { manifest, engine } = release;
  const filter: InterferenceFilter = {
    probe_cc: state.probe_cc,
    probe_asn: state.probe_asn,
    test_name: state.test_name,
    since,
    until,
  };
  switch (page.kind) {
    case 'country':
      return askTotals(release, { ...filter, probe_cc: [page.probeCc] }, [page.probeCc]);
    case 'network': {
      const [row] = await ask(release, networkCountriesQuery(page.asn), null);
      const places = row === undefined ? [] : row.country_list.split(',');
      return askTotals(release, { ...filter, probe_asn: [page.asn] }, places);
    }
    case 'test':
      return askTotals(release, { ...filter, test_name: [page.testName] }, null);
    case 'domain': {
      const bucket = await bucketOf(page.domain);
      const files = catalogFiles(manifest, { table: 'domain_country_weekly' }).filter(
        ({ partition }) => bucket === null || partition['domain_bucket'] === bucket,
      );
      await engine.open('domain_country_weekly', files);
      const [row] = await engine.run(domainTotalQuery(page.domain, since, until));
      return row === undefined ? [] : toDomainValues(row);
    }
    case 'event': {
      const [row] = await ask(release, eventQuery(namesOf(page.eventId, former)), null);
      return toEventValues(row ?? null);
    }
    case 'explore': {
      const asked = { ...state, since, until, view: null, release: null };
      const plan = planExplore(manifest, asked);
      for (const [table, files] of plan.files) await engine.open(table, files);
      const made = await askFigure(async (query) => engine.run(query), explore, plan.request);
      return made === null ? [] : toTableValues(made.view.table);
    }
    // They have no totals: without a chart there is nothing to ask.
    case 'home':
    case 'theme':
      return [];
    default:
      return assertNever(page);
  }
}

/** The chart that a page asked of the present release, asked of one that it is compared with. */
export async function askChart(
  { manifest, engine }: AskedRelease,
  request: FigureRequest,
  former: readonly FormerId[],
): Promise<Cited> {
  const { subject } = request;
  const bucket = subject.kind === 'domain' ? await bucketOf(subject.domain) : null;
  // A table stands for the files of one question at a time.
  let turn: Promise<unknown> = Promise.resolve();
  const ask: Ask = async (query, scope) => {
    const done = turn.then(async () => {
      for (const table of query.tables)
        await engine.open(
          table,
          catalogFiles(manifest, { ...scope, table }).filter(
            ({ partition: { domain_bucket: own } }) =>
              bucket === null || own === undefined || own === bucket,
          ),
        );
      return engine.run(query);
    });
    turn = done.catch(() => undefined);
    return done;
  };
  if (subject.kind !== 'event') return askCited(ask, request, manifest);
  for (const eventId of namesOf(subject.eventId, former)) {
    const cited = await askCited(ask, { ...request, subject: { ...subject, eventId } }, manifest);
    if (cited.values.length > 0) return cited;
  }
  return { values: [], frame: null };
}

/** An event keeps its numbers under whichever name a release has it. */
function namesOf(cited: string, former: readonly FormerId[]): readonly string[] {
  const now = former.find(({ former_id }) => former_id === cited)?.event_id ?? cited;
  const others = former.filter(({ event_id }) => event_id === now);
  return [...new Set([cited, now, ...others.map(({ former_id }) => former_id)])];
}

async function askTotals(
  release: AskedRelease,
  filter: InterferenceFilter,
  places: readonly string[] | null,
): Promise<readonly Value[]> {
  const [total] = await ask(release, totalsQuery(filter), places);
  const tests = await ask(release, testsQuery(filter), places);
  return total === undefined ? [] : toTotalValues(total, tests);
}

/** Opens the tables of the query, of these countries and territories alone when they are named. */
async function ask<Row>(
  { manifest, engine }: AskedRelease,
  query: Query<Row>,
  places: readonly string[] | null,
): Promise<readonly Row[]> {
  for (const table of query.tables) await engine.open(table, filesOf(manifest, table, places));
  return engine.run(query);
}

function filesOf(manifest: Manifest, table: TableName, places: readonly string[] | null) {
  if (places === null) return catalogFiles(manifest, { table });
  const found = places.flatMap((probeCc) => catalogFiles(manifest, { table, probeCc }));
  return [...new Set(found)];
}

/** The folder of a website: the first two digits of its SHA-256; null where the browser cannot compute it. */
async function bucketOf(domain: string): Promise<string | null> {
  // Absent outside of secure contexts, whatever the types say.
  if (!('subtle' in crypto)) return null;
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(domain));
  return (new Uint8Array(digest)[0] ?? 0).toString(16).padStart(2, '0');
}
