/** The chart builder's form ↔ state. Each control is named like its parameter; the table says how to read it. */
import { toDay, type Day } from '../../data-build/contract/brands.ts';
import { AXES, type ExplorerState, type ParameterName } from '../state/parameters.ts';
import { parseState, type ParsedState } from '../state/state.ts';
import { translate } from '../i18n/translate.ts';
import { formatDay, formatDayRange, formatList } from '../view/format.ts';

const LISTS = ['probe_cc', 'test_name', 'category_code', 'blocking_method', 'tool'] as const;
const TEXTS = ['probe_asn', 'domain'] as const;
const SINGLES = [
  'measure',
  'axis_x',
  'axis_y',
  'compare',
  'time_grain',
  'view',
  'since',
  'until',
] as const;

/** What the controls say, read as a link is; values that no control offers (`input`) are kept. */
export function readBuilder(form: HTMLFormElement, before: ExplorerState): ParsedState {
  const search = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && value.trim() !== '') search.append(name, value.trim());
  }
  for (const name of LISTS) {
    const offered = new Set(boxes(form, name).map((box) => box.value));
    for (const value of before[name]) if (!offered.has(value)) search.append(name, value);
  }
  const { state, notices } = parseState(`?${search.toString()}`);
  return { state: { ...state, input: before.input }, notices };
}

/** Puts the controls where the state is. */
export function writeBuilder(form: HTMLFormElement, state: ExplorerState): void {
  for (const name of LISTS) {
    const values = new Set<string>(state[name]);
    for (const box of boxes(form, name)) box.checked = values.has(box.value);
    writeChosen(form, name);
  }
  for (const name of TEXTS) {
    setValue(form, name, state[name].map((value) => formatText(name, value)).join(', '));
  }
  for (const name of SINGLES) setValue(form, name, state[name] ?? '');
  writeAsked(form);
}

/** What the controls ask, as a sentence: "Share of tests with signs, over time, in Kenya, for Telegram". */
export function writeAsked(form: HTMLFormElement): void {
  const place = form.querySelector('[data-part="asked"]');
  if (place === null) return;
  const text = (name: string): string => {
    const control = form.elements.namedItem(name);
    return control instanceof HTMLInputElement ? control.value.trim() : '';
  };
  const ticked = (...names: readonly ParameterName[]): readonly string[] =>
    names.flatMap((name) =>
      boxes(form, name).flatMap((box) => (box.checked ? [box.dataset['short'] ?? box.value] : [])),
    );
  const listed = (items: readonly string[]): string => {
    const more = items.length - SPELLED;
    const rest = more > 0 ? [translate('explore.asked.more', { n: more })] : [];
    return items.length === 0 ? 'none' : formatList([...items.slice(0, SPELLED), ...rest]);
  };
  const [axis, series] = [optionOf(form, 'axis_x'), optionOf(form, 'axis_y')];
  const compared = optionOf(form, 'compare');
  const name = AXES.find((one) => one === axis.value) ?? TIME;
  const over = name === TIME ? translate('explore.asked.time') : translate(`explore.by.${name}`);
  const along = translate('explore.along_and', {
    along: over,
    series: series.value === '' ? 'none' : series.value,
  });
  const [since, until] = [toDay(text('since')), toDay(text('until'))];
  place.textContent = translate('explore.asked', {
    measure: optionOf(form, 'measure').label,
    along:
      compared.value === ''
        ? along
        : translate('explore.asked.compare', { along, compared: compared.label }),
    places: listed(ticked('probe_cc')),
    targets: listed([
      ...ticked('test_name', 'category_code', 'blocking_method', 'tool'),
      ...split(text('domain')),
    ]),
    networks: listed(split(text('probe_asn'))),
    days: formatAskedDays(since, until),
  });
}

function formatAskedDays(since: Day | null, until: Day | null): string {
  if (since !== null && until !== null && since < until) return formatDayRange(since, until);
  if (since !== null) return translate('explore.asked.from', { since: formatDay(since) });
  if (until !== null) return translate('explore.asked.before', { until: formatDay(until) });
  return 'none';
}

const TIME = 'measurement_start_day';
/** So many values are spelled out. */
const SPELLED = 3;

function split(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((part) => part !== '');
}

function optionOf(
  form: HTMLFormElement,
  name: string,
): { readonly value: string; readonly label: string } {
  const control = form.elements.namedItem(name);
  if (!(control instanceof HTMLSelectElement)) return { value: '', label: '' };
  const label = control.selectedOptions[0]?.textContent.trim() ?? '';
  return { value: control.value, label };
}

function formatText(name: ParameterName, value: string | number): string {
  return name === 'probe_asn' ? `AS${value}` : String(value);
}

/** `all`, `Kenya`, `3 chosen`. */
export function writeChosen(form: HTMLFormElement, name: ParameterName): void {
  const place = form.querySelector(`[data-chosen="${name}"]`);
  if (place === null) return;
  const ticked = boxes(form, name).filter((box) => box.checked);
  const [first] = ticked;
  if (first === undefined) place.textContent = translate('filter.all');
  else
    place.textContent =
      ticked.length === 1
        ? (first.dataset['short'] ?? first.value)
        : translate('filter.chosen', { n: ticked.length });
}

function boxes(form: HTMLFormElement, name: ParameterName): readonly HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>(`input[type="checkbox"][name="${name}"]`)];
}

/** A select that has no such option shows its first, which is the default. */
function setValue(form: HTMLFormElement, name: ParameterName, value: string): void {
  const control = form.elements.namedItem(name);
  if (control instanceof HTMLSelectElement) {
    const offered = [...control.options].some((option) => option.value === value);
    control.value = offered ? value : '';
  } else if (control instanceof HTMLInputElement) control.value = value;
}
