/** What a link asks of the chart builder, before anything is loaded: the request, and the files that can answer it. */
import { addDays } from '../../../data-build/contract/brands.ts';
import type { Manifest, ManifestFile } from '../../../data-build/contract/manifest.ts';
import { publishersOf } from '../../../data-build/contract/publishers.ts';
import type { TableName } from '../../../data-build/contract/tables.ts';
import { catalogFiles } from '../../catalog/files.ts';
import { exploreQuery } from '../../query/explore.ts';
import {
  BASELINE_DAYS,
  toQuestion,
  toTotal,
  type ExploreQuestion,
} from '../../query/explore-question.ts';
import type { Query } from '../../query/query.ts';
import type { Notice } from '../../state/notice.ts';
import { witnessOf } from '../../state/measures.ts';
import type { ExplorerState } from '../../state/parameters.ts';
import { formatState } from '../../state/state.ts';
import { releaseOf, toRequest, type FigureRequest } from '../request.ts';
import { firstGrain } from './frame.ts';
import { showsEvents } from './question.ts';

export interface ExplorePlan {
  readonly question: ExploreQuestion;
  readonly notices: readonly Notice[];
  /** What is asked first; what else is asked follows from its answers. */
  readonly asked: readonly Query<unknown>[];
  /** Files to open, by table; a table without files is empty. */
  readonly files: ReadonlyMap<TableName, readonly ManifestFile[]>;
  readonly request: FigureRequest;
}

export function planExplore(manifest: Manifest, state: ExplorerState): ExplorePlan {
  const { question, notices } = toQuestion(state);
  const grain = firstGrain(state, question);
  const names = question.x === 'probe_asn' || question.series === 'probe_asn';
  const asked = [exploreQuery(question, grain), exploreQuery(toTotal(question), grain)];
  const tables = new Set<TableName>([
    ...asked.flatMap((query) => query.tables),
    ...(names ? (['networks'] as const) : []),
    ...(showsEvents(question) ? (['events', 'networks'] as const) : []),
  ]);
  const ids = publishersOf(witnessOf(question.measure));
  const sources = manifest.sources.filter(({ id }) => ids.includes(id));
  const [since] = sources.flatMap((source) => source.since ?? []).sort();
  const [until] = sources
    .flatMap((source) => source.until ?? [])
    .sort()
    .reverse();
  const covered =
    since === undefined || until === undefined ? null : { since, until, grain, dataUntil: until };
  return {
    question,
    notices,
    asked,
    files: new Map(
      [...tables].map((table) => [table, filesOf(manifest, table, question)] as const),
    ),
    request: toRequest(
      { name: 'explore' },
      {
        subject: {
          kind: 'state',
          search: formatState(state),
          publishers: sources.map(({ id }) => id),
        },
        frame: covered,
        release: releaseOf(manifest),
      },
    ),
  };
}

function filesOf(
  manifest: Manifest,
  table: TableName,
  { filter, compare }: ExploreQuestion,
): readonly ManifestFile[] {
  const { probe_cc, until } = filter;
  const since =
    compare === 'baseline' && filter.since !== null
      ? addDays(filter.since, -BASELINE_DAYS)
      : filter.since;
  const places = probe_cc.length === 0 ? [null] : probe_cc;
  const found = places.flatMap((probeCc) =>
    catalogFiles(manifest, { table, probeCc, since, until }),
  );
  return [...new Set(found)];
}
