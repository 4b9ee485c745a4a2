/** A chart that a link names, asked of a release as its page asks it: over days that two releases share, so that they can be compared. */
import { translate } from '../i18n/translate.ts';
import type { Day } from '../../data-build/contract/brands.ts';
import type { Manifest } from '../../data-build/contract/manifest.ts';
import type { Ask } from '../catalog/ask.ts';
import type { ExplorerState } from '../state/parameters.ts';
import { toTableValues, type Value } from '../view/changed/changed.ts';
import { chooseGrain, type TimeFrame } from '../view/time-frame.ts';
import { askFigure } from './ask-figure.ts';
import { drawnFigure } from './registry.ts';
import { releaseOf, type FigureRequest } from './request.ts';

/** What a page says that all its charts follow: the filters of a reader. */
type Filters = Pick<ExplorerState, 'probe_asn' | 'test_name' | 'since' | 'until' | 'time_grain'>;

/**
 * `published` is what the page of the present release asks; `end` is where the other release ends, after which there
 * is nothing to compare. `filters` null: the page has none.
 */
export function toCitedRequest(
  published: FigureRequest,
  filters: Filters | null,
  covered: { readonly since: Day | null; readonly end: Day | null },
): FigureRequest {
  const { end } = covered;
  const frame = published.frame === null ? null : endFrame(published.frame, end);
  const request = { ...published, frame };
  const { follow } = drawnFigure(published);
  if (filters === null || follow === undefined || isUnfiltered(filters)) return request;
  const since = filters.since ?? frame?.since ?? covered.since;
  const until = filters.until ?? frame?.until ?? end;
  if (since === null || until === null || since >= until) return request;
  const { probe_asn, test_name, time_grain } = filters;
  return follow(request, {
    filter: { probe_asn, test_name },
    frame: {
      since,
      until,
      grain: time_grain ?? chooseGrain(since, until),
      dataUntil: frame?.dataUntil ?? until,
    },
    hasDays: filters.since !== null || filters.until !== null,
  });
}

function isUnfiltered({ probe_asn, test_name, since, until, time_grain }: Filters): boolean {
  const days = since === null && until === null && time_grain === null;
  return days && probe_asn.length + test_name.length === 0;
}

/** Days after the end of the older release are no change. A frame that lies after it whole is left as it is. */
function endFrame(frame: TimeFrame, end: Day | null): TimeFrame {
  if (end === null || end <= frame.since) return frame;
  return {
    ...frame,
    until: frame.until < end ? frame.until : end,
    dataUntil: frame.dataUntil < end ? frame.dataUntil : end,
  };
}

/** The chart in one release: its sentence, and every cell of its table. Empty: the release has nothing to show. */
export async function askCited(
  ask: Ask,
  request: FigureRequest,
  manifest: Manifest,
): Promise<readonly Value[]> {
  const figure = drawnFigure(request);
  const made = await askFigure(ask, figure, { ...request, release: releaseOf(manifest) });
  if (made === null || figure.sources(made.view).length === 0) return [];
  const { title, table } = made.view;
  return [
    { key: 'title', label: translate('changed.value.title'), text: title },
    ...toTableValues(table),
  ];
}
