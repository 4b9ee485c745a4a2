/** A view of the chart builder as something to take away: no page of the site covers it, so it is written here. */
import { pageLanguage } from '../../data-build/words/language.ts';
import type { Manifest } from '../../data-build/contract/manifest.ts';
import { formatEmbedSearch } from '../export/embed-code.ts';
import { exportedNumbers, exportFigure, type ExportedFigure } from '../export/exported-figure.ts';
import { toSourceLines } from '../export/source-lines.ts';
import type { ExplorerState } from '../state/parameters.ts';
import { formatState } from '../state/state.ts';
import type { ExploreView } from '../figures/explore/view.ts';
import { explore } from '../figures/explore/figure.ts';
import { pageAddress } from './address.ts';
import { hashText } from './hash-text.ts';
import { toShareWords, type ShareSubject } from './share-subject.ts';

/** The engine runs in a worker, which a frame may start only as the origin it is of. */
const FRAME_SANDBOX =
  'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads';

export async function exportExplored(
  view: ExploreView,
  manifest: Manifest,
): Promise<ExportedFigure> {
  return exportFigure(view, {
    page: 'explore/',
    chart: view.chart,
    sources: toSourceLines(explore.sources(view), manifest),
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
  manifest: Manifest,
  state: ExplorerState,
): Promise<ShareSubject> {
  const exported = await exportExplored(view, manifest);
  const permalink = exploreLink({ ...state, release: exported.release }, 'explore/');
  const live = exploreLink({ ...state, release: null }, 'explore/frame/');
  return {
    ...toShareWords(exported, permalink),
    framed: null,
    languages: [pageLanguage()],
    kinds: ['live'],
    stay: null,
    fileName: `explore-${exported.release}`,
    sandbox: FRAME_SANDBOX,
    frame: (_, choice) => {
      const extra = formatEmbedSearch(choice).slice(1);
      if (extra === '') return live;
      return `${live}${live.includes('?') ? '&' : '?'}${extra}`;
    },
    picture: null,
  };
}
