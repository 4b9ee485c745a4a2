/** The chart builder's form ↔ state. Each control is named like its parameter; the table says how to read it. */
import type { ExplorerState, ParameterName } from '../state/parameters.ts';
import { parseState, type ParsedState } from '../state/state.ts';
import { translate } from '../i18n/translate.ts';

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
