/** A view of the chart builder as something to take away: no page of the site covers it, so it is written here. */
import type { Manifest } from '../../data-build/contract/manifest.ts';
import { formatEmbedSearch } from '../export/embed-code.ts';
import { exportedNumbers, exportFigure, type ExportedFigure } from '../export/exported-figure.ts';
import { toSourceLines } from '../export/source-lines.ts';
import type { ExplorerState } from '../state/parameters.ts';
import { formatState } from '../state/state.ts';
import type { ExploreView } from '../figures/explore/view.ts';
import type { ExplorePlan } from '../figures/explore/question.ts';
import { pageAddress } from './address.ts';
import { hashText } from './hash-text.ts';
import { toShareWords, type ShareSubject } from './share-subject.ts';

/** The engine runs in a worker, which a frame may start only as the origin it is of. */
const FRAME_SANDBOX =
  'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads';

export async function exportExplored(
  view: ExploreView,
  plan: ExplorePlan,
  manifest: Manifest,
): Promise<ExportedFigure> {
  const { frame } = view.context;
  const days = plan.sources.map((source) => ({ source, since: frame.since, until: frame.until }));
  return exportFigure(view, {
    page: 'explore/',
    chart: view.chart,
    sources: toSourceLines(days, manifest),
    release: manifest.data_version,
    synthetic: manifest.synthetic,
    sha256: await hashText(exportedNumbers(view.table)),
  });
}

/** Address of the chart builder, or of its frame, with a state. */
export function exploreLink(state: ExplorerState, folder: 'explore/' | 'explore/frame/'): string {
  return pageAddress(`${folder}${formatState(state)}`);
}

export async function toExploreSubject(
  view: ExploreView,
  plan: ExplorePlan,
  manifest: Manifest,
  state: ExplorerState,
): Promise<ShareSubject> {
  const exported = await exportExplored(view, plan, manifest);
  const permalink = exploreLink({ ...state, release: exported.release }, 'explore/');
  const live = exploreLink({ ...state, release: null }, 'explore/frame/');
  return {
    ...toShareWords(exported, permalink),
    framed: null,
    kinds: ['live'],
    fileName: `explore-${exported.release}`,
    sandbox: FRAME_SANDBOX,
    frame: (_, choice) => {
      const extra = formatEmbedSearch(choice).slice(1);
      if (extra === '') return live;
      return `${live}${live.includes('?') ? '&' : '?'}${extra}`;
    },
    picture: () => null,
  };
}
