/** What a link asks of the chart builder, resolved: which measure, over what, beside what. Pure; never throws. */
import { addDays, daysBetween, type Day } from '../../data-build/contract/brands.ts';
import { witnessOf, type Measure } from '../state/measures.ts';
import { toNotice, type Notice } from '../state/notice.ts';
import type { AxisName, Comparison, ExplorerState, ParameterName } from '../state/parameters.ts';

/** What the columns of a table of answers stand for; `total` is everything in one. */
export type Dimension = AxisName | 'total' | 'comparison';

export type ExploreFilter = Pick<
  ExplorerState,
  | 'probe_cc'
  | 'probe_asn'
  | 'test_name'
  | 'domain'
  | 'input'
  | 'category_code'
  | 'blocking_method'
  | 'tool'
  | 'since'
  | 'until'
>;

export interface ExploreQuestion {
  readonly measure: Measure;
  readonly x: Dimension;
  /** Lines of a chart over time, bars of a group; null: one. */
  readonly series: Dimension | null;
  /** Axes of the chart that this question belongs to: its rows come from the same table. */
  readonly beside: readonly Dimension[];
  readonly filter: ExploreFilter;
  /** First day of the chosen dates, when they are set beside as many days before; null otherwise. */
  readonly pivot: Day | null;
  readonly compare: Comparison | null;
  /** One value per country or territory over all the days, on a map. */
  readonly onMap: boolean;
}

/** Days before the first that make a baseline. */
export const BASELINE_DAYS = 90;

const PLACES = ['probe_cc', 'probe_asn'] as const;
const SUBJECTS = ['test_name', 'domain', 'category_code'] as const;
const TESTED = ['measurement_start_day', ...PLACES, ...SUBJECTS] as const;

/** Dimensions that a measure knows. */
function knownAxes(measure: Measure): readonly AxisName[] {
  switch (witnessOf(measure)) {
    case 'interference':
      return measure === 'methods' ? [...TESTED, 'blocking_method'] : TESTED;
    case 'throughput':
      return ['measurement_start_day', ...PLACES];
    case 'tools':
      return ['measurement_start_day', 'probe_cc', 'tool'];
  }
}

const ALL_TESTS = [...PLACES, ...SUBJECTS, 'input'] as const;

/** Filters that a measure knows besides the dates. */
function knownFilters(measure: Measure): readonly ListFilter[] {
  switch (witnessOf(measure)) {
    case 'interference':
      return measure === 'tests' ? ALL_TESTS : [...ALL_TESTS, 'blocking_method'];
    case 'throughput':
      return PLACES;
    case 'tools':
      return ['probe_cc', 'tool'];
  }
}
type ListFilter = Exclude<keyof ExploreFilter, 'since' | 'until'>;
const LIST_FILTERS = [
  'probe_cc',
  'probe_asn',
  'test_name',
  'domain',
  'input',
  'category_code',
  'blocking_method',
  'tool',
] as const satisfies readonly ListFilter[];

const TIME = 'measurement_start_day';
const FIRST_TOOL = 'tor-relay';

/** The question in a state; what does not go together is left aside with a notice. */
export function toQuestion(state: ExplorerState): Resolved {
  return state.view === 'map' ? toMapQuestion(state) : toChartQuestion(state);
}

interface Resolved {
  readonly question: ExploreQuestion;
  readonly notices: readonly Notice[];
}

/** A map has no axes of its own: what is chosen for them is kept for the chart, and said. */
function toMapQuestion(state: ExplorerState): Resolved {
  const { question, notices } = toChartQuestion({
    ...state,
    axis_x: 'probe_cc',
    axis_y: null,
    compare: null,
    // Several tools cannot share one map; the first is drawn.
    ...(state.measure === 'tool_use' && state.tool.length !== 1
      ? { tool: [state.tool[0] ?? FIRST_TOOL] }
      : {}),
  });
  const asked = [
    ['axis_x', state.axis_x === 'probe_cc' || state.axis_x === TIME ? null : state.axis_x],
    ['axis_y', state.axis_y],
    ['compare', state.compare === 'countries' ? null : state.compare],
  ] as const;
  return {
    question: { ...question, onMap: true },
    notices: [
      ...notices,
      ...(state.measure === 'tool_use' && state.tool.length !== 1
        ? [toNotice('one_tool', 'tool', question.filter.tool.join(', '))]
        : []),
      ...asked.flatMap(([name, value]) =>
        value === null ? [] : [toNotice('not_on_map', name, value)],
      ),
    ],
  };
}

function toChartQuestion(state: ExplorerState): Resolved {
  const notices: Notice[] = [];
  const refuse = (name: ParameterName, value: string): null => {
    notices.push(toNotice('not_together', name, value));
    return null;
  };
  if (state.layer !== null) notices.push(toNotice('unknown_parameter', 'layer', state.layer));
  const byMethod = state.axis_x === 'blocking_method' || state.axis_y === 'blocking_method';
  // A method is a share of the tests with signs, whatever else was meant to be shown.
  const measure: Measure =
    byMethod && (state.measure === null || state.measure === 'rate')
      ? 'methods'
      : (state.measure ?? 'rate');
  const known = (name: 'axis_x' | 'axis_y'): AxisName | null => {
    const axis = state[name];
    return axis === null || knownAxes(measure).includes(axis) ? axis : refuse(name, axis);
  };
  let x: Dimension = known('axis_x') ?? TIME;
  let series: Dimension | null = known('axis_y');
  if (series === x) series = refuse('axis_y', series);
  let filter = keepFilters(state, measure, refuse);

  if (measure === 'methods' && x !== 'blocking_method' && series !== 'blocking_method') {
    if (series !== null) refuse('axis_y', series);
    series = 'blocking_method';
  }
  const comparison = toComparison(state, measure, x, series, notices);
  let pivot: Day | null = null;
  if (comparison === 'countries' && x !== 'probe_cc') series = 'probe_cc';
  if (comparison === 'periods' && state.since !== null && state.until !== null) {
    pivot = state.since;
    const length = daysBetween(state.since, state.until);
    filter = { ...filter, since: addDays(state.since, -length) };
    // Two stretches of days cannot share one axis of days; beside each other they can.
    if (x === TIME) x = 'comparison';
    else series = 'comparison';
    if (x === 'comparison' && series === TIME) series = null;
  }
  if (measure === 'tool_use' && x !== 'tool' && series !== 'tool' && filter.tool.length !== 1) {
    if (series === null) series = 'tool';
    else {
      const [tool = FIRST_TOOL] = filter.tool;
      notices.push(toNotice('one_tool', 'tool', tool));
      filter = { ...filter, tool: [tool] };
    }
  }
  return {
    question: { measure, x, series, beside: [], filter, pivot, compare: comparison, onMap: false },
    notices,
  };
}

function keepFilters(
  state: ExplorerState,
  measure: Measure,
  refuse: (name: ParameterName, value: string) => null,
): ExploreFilter {
  const known = knownFilters(measure);
  const useless = LIST_FILTERS.filter((name) => !known.includes(name));
  for (const name of useless) {
    if (state[name].length > 0) refuse(name, state[name].join(', '));
  }
  const keep = <Name extends ListFilter>(name: Name): ExplorerState[Name] | readonly [] =>
    known.includes(name) ? state[name] : [];
  return {
    probe_cc: keep('probe_cc'),
    probe_asn: keep('probe_asn'),
    test_name: keep('test_name'),
    domain: keep('domain'),
    input: keep('input'),
    category_code: keep('category_code'),
    blocking_method: keep('blocking_method'),
    tool: keep('tool'),
    since: state.since,
    until: state.until,
  };
}

function toComparison(
  state: ExplorerState,
  measure: Measure,
  x: Dimension,
  series: Dimension | null,
  notices: Notice[],
): Comparison | null {
  const { compare } = state;
  const leave = (reason: 'needs_countries' | 'needs_since' | 'needs_time', value: string): null => {
    notices.push(toNotice(reason, 'compare', value));
    return null;
  };
  switch (compare) {
    case null:
      return null;
    case 'countries':
      if (measure === 'methods' || (measure === 'tool_use' && x === 'tool')) {
        notices.push(toNotice('not_together', 'compare', compare));
        return null;
      }
      return state.probe_cc.length < 2
        ? leave('needs_countries', String(state.probe_cc.length))
        : compare;
    case 'periods':
      if (measure === 'methods' || measure === 'tool_use') {
        notices.push(toNotice('not_together', 'compare', compare));
        return null;
      }
      return state.since === null || state.until === null ? leave('needs_since', '') : compare;
    case 'baseline':
      if (measure !== 'rate' || series !== null) {
        notices.push(toNotice('not_together', 'compare', compare));
        return null;
      }
      if (x !== TIME) return leave('needs_time', '');
      return state.since === null ? leave('needs_since', '') : compare;
  }
}

/** Whether a dimension stands on an axis of the chart. */
export function usesDimension(question: ExploreQuestion, dimension: Dimension): boolean {
  return [question.x, question.series, ...question.beside].includes(dimension);
}

/** The days before the first, all in one; null where nothing is set beside its own baseline. */
export function toBaseline(question: ExploreQuestion): ExploreQuestion | null {
  const { since } = question.filter;
  if (question.compare !== 'baseline' || since === null) return null;
  return {
    ...toTotal(question),
    filter: { ...question.filter, since: addDays(since, -BASELINE_DAYS), until: since },
  };
}

/** The same question of everything in one. */
export function toTotal(question: ExploreQuestion): ExploreQuestion {
  const { x, series } = question;
  const beside = series === null ? [x] : [x, series];
  return { ...question, x: 'total', series: null, beside, compare: null, pivot: null };
}
