/** The filter bar's form ↔ state. Controls are found by the parameter's name; what the form lacks is kept. */
import { parseAsn, toDay, type Asn } from '../../data-build/contract/brands.ts';
import { PARAMETERS, type ExplorerState, type ParameterName } from '../state/parameters.ts';
import { translate } from '../i18n/translate.ts';

/** Parameters with several values that the form shows as check boxes. */
const CHOICES = ['test_name', 'probe_asn'] as const satisfies ParameterName[];

/** Names of tests that a form offers. */
export function offeredTests(form: HTMLFormElement): ReadonlySet<string> {
  return new Set(boxes(form, 'test_name').map(({ value }) => value));
}

/** What the controls say now, over `before`. */
export function readForm(form: HTMLFormElement, before: ExplorerState): ExplorerState {
  const data = new FormData(form);
  const text = (name: ParameterName): string => {
    const value = data.get(name);
    return typeof value === 'string' ? value : '';
  };
  return {
    ...before,
    test_name: checkedValues(form, 'test_name').concat(
      unlisted(form, 'test_name', before.test_name),
    ),
    probe_asn: checkedValues(form, 'probe_asn')
      .flatMap((value): readonly Asn[] => {
        const asn = parseAsn(value);
        return asn === null ? [] : [asn];
      })
      .concat(unlisted(form, 'probe_asn', before.probe_asn)),
    since: toDay(text('since')),
    until: toDay(text('until')),
    time_grain: PARAMETERS.time_grain.parse(text('time_grain')),
  };
}

/** Puts the controls where the state is. */
export function writeForm(form: HTMLFormElement, state: ExplorerState): void {
  for (const name of CHOICES) {
    const values = new Set(state[name].map(String));
    for (const box of boxes(form, name)) box.checked = values.has(box.value);
    writeSummary(form, name, [...values]);
  }
  setValue(form, 'since', state.since ?? '');
  setValue(form, 'until', state.until ?? '');
  setValue(form, 'time_grain', state.time_grain ?? '');
}

/** Values that a link may hold though the form offers no box for them: a small network, an old test. */
function unlisted<T extends string | number>(
  form: HTMLFormElement,
  name: ParameterName,
  values: readonly T[],
): readonly T[] {
  const offered = new Set(boxes(form, name).map((box) => box.value));
  return values.filter((value) => !offered.has(String(value)));
}

/** `Networks: all`, `Networks: AS33771`, `Networks: 3 chosen`. */
function writeSummary(form: HTMLFormElement, name: ParameterName, values: readonly string[]): void {
  const place = form.querySelector(`[data-chosen="${name}"]`);
  if (place === null) return;
  const [first, ...rest] = values;
  if (first === undefined) place.textContent = translate('filter.all');
  else if (rest.length > 0) place.textContent = translate('filter.chosen', { n: values.length });
  else place.textContent = labelOf(form, name, first);
}

function labelOf(form: HTMLFormElement, name: ParameterName, value: string): string {
  const box = boxes(form, name).find((candidate) => candidate.value === value);
  // Beside the box stands its name; where that is long, the box has a short one.
  const label = box?.dataset['short'] ?? box?.nextElementSibling?.textContent.trim();
  return label ?? (name === 'probe_asn' ? `AS${value}` : value);
}

function checkedValues(form: HTMLFormElement, name: ParameterName): readonly string[] {
  return boxes(form, name)
    .filter((box) => box.checked)
    .map((box) => box.value);
}

function boxes(form: HTMLFormElement, name: ParameterName): readonly HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>(`input[type="checkbox"][name="${name}"]`)];
}

function setValue(form: HTMLFormElement, name: ParameterName, value: string): void {
  const control = form.elements.namedItem(name);
  if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement)
    control.value = value;
}
