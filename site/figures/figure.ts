/**
 * A figure as one record: what it asks, what it makes of the answer, how it is drawn, what of it a reader can check.
 * Page build, filters and checks call the same `ask` and the same `view`; nothing else asks its questions.
 */
import type { Day } from '../../data-build/contract/brands.ts';
import type { PublisherId } from '../../data-build/contract/publishers.ts';
import type { TableName } from '../../data-build/contract/tables.ts';
import type { ChartSize } from '../charts/size.ts';
import type { Scene } from '../charts/scene.ts';
import type { MessageKey } from '../i18n/translate.ts';
import type { Ask } from '../catalog/ask.ts';
import type { ChartWords, ViewContext } from '../view/context.ts';
import type { ChartSelection } from '../view/selection.ts';
import type { TimeFrame } from '../view/time-frame.ts';
import type { CheckedFigure } from './checked.ts';
import type { FigureFilter, FigureRequest } from './request.ts';

/**
 * Sentences or tables of a page. Methods take what their own figure made, so that a list of all figures can be walked
 * without knowing any; an `Answer` is plain JSON and can be kept and viewed later.
 */
export interface Figure<Answer = unknown, View = unknown> {
  /** Permanent: it stands in pages and addresses. */
  readonly name: string;
  /** It is viewed on the shapes of the world (`charts/map/shapes`), which are given before. */
  readonly onShapes?: true;
  /** Null: the request is of another kind. */
  ask(ask: Ask, request: FigureRequest): Promise<Answer | null>;
  /** Null: there is nothing to show. */
  view(answer: Answer, request: FigureRequest): View | null;
  /** Publishers whose data it shows; their licences follow from them. */
  sources?(view: View): readonly FigureSource[];
  /** What must stand in the page. */
  checked(view: View): CheckedFigure;
  /** The same under the filters of a reader; left out: it does not follow them. */
  follow?(request: FigureRequest, chosen: Chosen): FigureRequest;
  /** It follows after those that the filters are about. */
  readonly followsLater?: true;
}

/** A chart by its name. */
export interface Chart<View extends ChartDrawing = FigureView> {
  readonly name: string;
  /** Short name for headings and menus. */
  readonly heading: MessageKey;
  /** Tables that are offered with it; on pages whose data are cut to the subject, theirs. */
  readonly tables: readonly TableName[];
  /** Those of them that a view was made from; left out: all. */
  tablesOf?(view: View): readonly TableName[];
  /** What ticked rows of its table choose: a filter, or what the page makes of them; left out: they are drawn alone. */
  readonly ticks?: 'probe_asn' | 'own';
  layout(view: View, size: ChartSize): Scene;
  /** With series left out or rows ticked; left out: series are hidden where they are, and periods are marked. */
  select?(view: View, shown: ChartSelection): View;
  /** Whose a column of its table is; left out: every publisher has a part in each. */
  publishersOf?(column: string): readonly PublisherId[];
}

/** A figure with a chart. */
export interface DrawnFigure<Answer = unknown, View extends ChartDrawing = FigureView>
  extends Figure<Answer, View>, Chart<View> {
  readonly name: string;
  sources(view: View): readonly FigureSource[];
}

/** What every chart's view has. */
export interface FigureView extends ChartWords, ChartDrawing {}

/** What of a view every drawing needs. */
export interface ChartDrawing extends Pick<ChartWords, 'title' | 'desc'> {
  /** Name of the figure. */
  readonly chart: string;
  readonly context: ViewContext;
}

/** A publisher whose data is in a figure, and the days used: `since` inclusive, `until` exclusive. */
export interface FigureSource {
  readonly source: PublisherId;
  readonly since: Day;
  readonly until: Day;
}

/** What a reader chose in the filter bar. */
export interface Chosen {
  readonly filter: FigureFilter;
  readonly frame: TimeFrame;
  /** Whether the days were chosen. */
  readonly hasDays: boolean;
}
