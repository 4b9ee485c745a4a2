/** Link ↔ state of the explorer. Parsing never throws; what was not understood comes back as notices. */
import { toNotice, type Notice } from './notice.ts';
import {
  PARAMETERS,
  PARAMETER_NAMES,
  isParameterName,
  type ExplorerState,
  type ListParameter,
  type ParameterName,
  type SingleParameter,
} from './parameters.ts';
import { SEARCH_LENGTH, decodeText, encodeText, isForeign, parseSearch } from './search.ts';

/** Most values one list takes, and most notices shown at once. */
export const LIST_LENGTH = 50;
export const NOTICE_COUNT = 12;

export interface ParsedState {
  readonly state: ExplorerState;
  readonly notices: readonly Notice[];
}

/** `?probe_asn=33771&since=2024-11-01` → state, and notices on everything that was left aside. */
export function parseState(search: string): ParsedState {
  const notices: Notice[] = [];
  const { pairs, cut } = parseSearch(search);
  const raws = new Map<ParameterName, string[]>();
  for (const { name, raw } of pairs) {
    if (isParameterName(name)) raws.set(name, [...(raws.get(name) ?? []), raw]);
    else if (!isForeign(name)) notices.push(toNotice('unknown_parameter', name, decodeText(raw)));
  }
  if (cut) notices.push(toNotice('too_long', '', String(SEARCH_LENGTH)));

  const values = <T extends string | number>(
    name: ParameterName,
    parameter: ListParameter<T>,
  ): readonly T[] => readList(name, parameter, raws.get(name) ?? [], notices);
  const value = <T extends string | number>(
    name: ParameterName,
    parameter: SingleParameter<T>,
  ): T | null => readSingle(name, parameter, raws.get(name) ?? [], notices);

  const read: ExplorerState = {
    probe_cc: values('probe_cc', PARAMETERS.probe_cc),
    probe_asn: values('probe_asn', PARAMETERS.probe_asn),
    test_name: values('test_name', PARAMETERS.test_name),
    domain: values('domain', PARAMETERS.domain),
    input: values('input', PARAMETERS.input),
    category_code: values('category_code', PARAMETERS.category_code),
    blocking_method: values('blocking_method', PARAMETERS.blocking_method),
    tool: values('tool', PARAMETERS.tool),
    layer: value('layer', PARAMETERS.layer),
    since: value('since', PARAMETERS.since),
    until: value('until', PARAMETERS.until),
    axis_x: value('axis_x', PARAMETERS.axis_x),
    axis_y: value('axis_y', PARAMETERS.axis_y),
    time_grain: value('time_grain', PARAMETERS.time_grain),
    measure: value('measure', PARAMETERS.measure),
    compare: value('compare', PARAMETERS.compare),
    view: value('view', PARAMETERS.view),
    release: value('release', PARAMETERS.release),
  };
  const state = dropReversedDates(read, notices);
  return { state, notices: capNotices(notices) };
}

/** State → `?…` with parameters in the table's order and defaults left out; '' when all are default. */
export function formatState(state: ExplorerState): string {
  const parts = PARAMETER_NAMES.flatMap((name) => {
    const value = state[name];
    const texts = value === null ? [] : typeof value === 'string' ? [value] : value.map(String);
    return texts.length === 0 ? [] : [`${name}=${texts.map(encodeText).join(',')}`];
  });
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** Whether nothing was asked for beyond what the page shows already. */
export function isEmptyState(state: ExplorerState): boolean {
  return formatState(state) === '';
}

function readList<T extends string | number>(
  name: ParameterName,
  parameter: ListParameter<T>,
  raws: readonly string[],
  notices: Notice[],
): readonly T[] {
  const found = new Set<T>();
  for (const text of raws.flatMap((raw) => splitList(name, raw))) {
    const value = parameter.parse(text);
    if (value === null) notices.push(toNotice('unknown_value', name, text));
    else found.add(value);
  }
  if (found.size > LIST_LENGTH) notices.push(toNotice('too_many', name, String(LIST_LENGTH)));
  return [...found].slice(0, LIST_LENGTH);
}

/**
 * Forms escape the commas between values too, so they separate in either shape; only a URL can hold one
 * of its own, which `formatState` escapes.
 */
function splitList(name: ParameterName, raw: string): readonly string[] {
  const texts = name === 'input' ? raw.split(',').map(decodeText) : decodeText(raw).split(',');
  return texts.map((text) => text.trim()).filter((text) => text !== '');
}

function readSingle<T extends string | number>(
  name: ParameterName,
  parameter: SingleParameter<T>,
  raws: readonly string[],
  notices: Notice[],
): T | null {
  const texts = raws.map((raw) => decodeText(raw).trim()).filter((text) => text !== '');
  const [first, ...rest] = texts;
  if (first === undefined) return null;
  for (const text of rest) {
    if (text !== first) notices.push(toNotice('repeated', name, text));
  }
  if (first === parameter.standard) return null;
  const value = parameter.parse(first);
  if (value === null) notices.push(toNotice('unknown_value', name, first));
  return value;
}

function dropReversedDates(state: ExplorerState, notices: Notice[]): ExplorerState {
  if (state.since === null || state.until === null || state.since < state.until) return state;
  notices.push(toNotice('reversed_dates', 'since', `${state.since} – ${state.until}`));
  return { ...state, since: null, until: null };
}

/** As many as can be read, and how many more there were. */
export function capNotices(notices: readonly Notice[]): readonly Notice[] {
  if (notices.length <= NOTICE_COUNT) return notices;
  const left = notices.length - NOTICE_COUNT + 1;
  return [...notices.slice(0, NOTICE_COUNT - 1), toNotice('more', '', String(left))];
}
