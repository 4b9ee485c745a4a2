/** A chart that a link names, asked of a release as its page asks it: over days that two releases share, so that they can be compared. */
import { translate } from '../i18n/translate.ts';
import type { Day } from '../../data-build/contract/brands.ts';
import type { Manifest } from '../../data-build/contract/manifest.ts';
import type { Ask } from '../catalog/ask.ts';
import type { ExplorerState } from '../state/parameters.ts';
import { toTableValues, type Value } from '../view/changed/changed.ts';
import { chooseGrain, nextPeriod, periodStart, type TimeFrame } from '../view/time-frame.ts';
import { askFigure } from './ask-figure.ts';
import { drawnFigure } from './registry.ts';
import { releaseOf, type FigureRequest } from './request.ts';
import { world } from './world/figure.ts';
import { toGrain } from './world/question.ts';

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
  if (published.chart === world.name) return toPeriod(published, filters?.since ?? null, end);
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

/** The map steps by periods, and shows one of them. */
function toPeriod(published: FigureRequest, since: Day | null, end: Day | null): FigureRequest {
  const { frame } = published;
  if (frame === null) return published;
  if (since === null) return { ...published, frame: endFrame(frame, end) };
  const grain = toGrain(frame.grain);
  const start = periodStart(since, grain);
  return {
    ...published,
    frame: { ...endFrame(frame, end), since: start, until: nextPeriod(start, grain) },
  };
}

/** The map chooses a period where a link names none: then the newer release is asked for that of the older. */
export function toSamePeriod(request: FigureRequest, shown: TimeFrame | null): FigureRequest {
  return request.chart === world.name && shown !== null ? { ...request, frame: shown } : request;
}

/** Whether the map shows another period than the one that was asked for, which the release lacks. */
function isElsewhere({ chart, frame }: FigureRequest, shown: TimeFrame): boolean {
  if (chart !== world.name || frame === null) return false;
  const isOne = frame.until <= nextPeriod(frame.since, frame.grain);
  return isOne && shown.since !== frame.since;
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

const NOTHING = { values: [], frame: null };

export interface Cited {
  /** Its title, and every cell of its table. Empty: the release has nothing to show. */
  readonly values: readonly Value[];
  /** The days that it shows; null: it shows nothing. */
  readonly frame: TimeFrame | null;
}

/** The chart in one release. */
export async function askCited(
  ask: Ask,
  request: FigureRequest,
  manifest: Manifest,
): Promise<Cited> {
  const figure = drawnFigure(request);
  const made = await askFigure(ask, figure, { ...request, release: releaseOf(manifest) });
  if (made === null || figure.sources(made.view).length === 0) return NOTHING;
  const { title, table, context } = made.view;
  if (isElsewhere(request, context.frame)) return NOTHING;
  return {
    values: [
      { key: 'title', label: translate('changed.value.title'), text: title },
      ...toTableValues(table),
    ],
    frame: context.frame,
  };
}
