/**
 * The world map in the page: other periods and layers from a small file of ours, a line that reads a place out,
 * arrow keys, and a finger that looks before it opens. Layer and period stand in the address. Nothing is fetched before a
 * reader, or the address, asks for another period or layer.
 */
import type { Day } from '../../data-build/contract/brands.ts';
import { WITNESSES, type Witness } from '../../data-build/contract/witnesses.ts';
import './page-language.ts';
import { formatWorldReadout } from '../figures/world/table.ts';
import { translate } from '../i18n/translate.ts';
import type { TableCell } from '../view/table.ts';
import { readValue } from './table-rows.ts';
import { beginTurn } from './turn.ts';

const figure = document.querySelector<HTMLElement>('figure[data-chart="world"]');
const form = figure?.querySelector<HTMLFormElement>('[data-part="controls"]') ?? null;
if (figure !== null && form !== null) startWorldMap(figure, form);

function startWorldMap(figure: HTMLElement, form: HTMLFormElement): void {
  const slider = figure.querySelector<HTMLInputElement>('#world-time');
  const themes = form.querySelector<HTMLSelectElement>('[name="theme"]');
  const readout = part(figure, 'readout');
  const shownFirst = form.dataset['layer'] ?? '';
  let asked = 0;
  let tapped: Element | null = null;
  let pointed: Element | null = null;

  form.hidden = false;
  if (readout !== null) readout.hidden = false;
  for (const sheet of figure.querySelectorAll('.links'))
    setUpKeys([...sheet.querySelectorAll<SVGAElement>('a')]);

  for (const type of ['pointerover', 'focusin'] as const)
    figure.addEventListener(type, (event) => {
      const link = linkAt(event);
      if (link !== null) readOut(link);
    });
  // A finger covers what it points at: the first tap says what is there, the second opens it.
  figure.addEventListener('click', (event) => {
    const link = linkAt(event);
    const touched = event instanceof PointerEvent && event.pointerType === 'touch';
    if (link === null || readout === null || !touched || link === tapped) return;
    event.preventDefault();
    tapped = link;
    readOut(link);
  });

  function readOut(link: Element): void {
    pointed = link;
    if (link !== tapped) tapped = null;
    if (tellPlace(link)) return;
    // The page holds some of the rows; the others lie beside it.
    void import('./whole-table.ts')
      .then(({ completeTable }) => completeTable(figure))
      .then(() => {
        if (pointed === link) tellPlace(link);
      })
      .catch(() => null);
  }

  /** False while the table lacks the row of the place: then its level alone is said. */
  function tellPlace(link: Element): boolean {
    if (readout === null) return true;
    const code = link.getAttribute('data-code') ?? '';
    const cells = readCells(figure, code);
    readout.textContent =
      cells.size === 0
        ? link.getAttribute('aria-label')
        : formatWorldReadout(witnessShown(form), cells, form.dataset['period'] ?? '');
    if (link === tapped) {
      const open = document.createElement('a');
      open.href = link.getAttribute('href') ?? '';
      open.textContent = translate('world.open', { place: cells.get('name')?.text ?? code });
      readout.append(' ', open);
    }
    return cells.size > 0;
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
  });
  form.addEventListener('input', (event) => {
    const isTime = event.target === slider;
    // A theme is of interference alone, so one choice takes the other back.
    if (event.target === themes) checkLayer(WITNESSES[0]);
    else if (!isTime && themes !== null) themes.value = '';
    ask(isTime ? Number(slider?.value ?? 0) : null);
  });
  form.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('[data-step]') : null;
    if (!(button instanceof HTMLElement) || slider === null) return;
    const index = Number(slider.value) + Number(button.dataset['step']);
    if (index < Number(slider.min) || index > Number(slider.max)) return;
    slider.value = String(index);
    ask(index);
  });
  let linked = '';
  addEventListener('popstate', () => {
    // A link inside the page asks for nothing else of the map.
    if (location.search !== linked) showLink();
  });
  if (location.search.length > 1) showLink();

  function checkLayer(name: string): void {
    const radio = form.querySelector<HTMLInputElement>(`input[name="layer"][value="${name}"]`);
    if (radio !== null) radio.checked = true;
  }

  /** The layer that is chosen now. */
  function chosenLayer(): string {
    const radio = form.querySelector<HTMLInputElement>('input[name="layer"]:checked');
    const theme = themes?.value ?? '';
    return theme === '' ? (radio?.value ?? shownFirst) : theme;
  }

  function chooseLayer(name: string): void {
    const isTheme = [...(themes?.options ?? [])].some(({ value }) => value === name);
    if (themes !== null) themes.value = isTheme ? name : '';
    checkLayer(isTheme ? WITNESSES[0] : name);
  }

  function offeredLayers(): readonly string[] {
    const radios = [...form.querySelectorAll<HTMLInputElement>('input[name="layer"]')];
    const options = [...(themes?.options ?? [])].filter(({ value }) => value !== '');
    return [shownFirst, ...radios.map(({ value }) => value), ...options.map(({ value }) => value)];
  }

  function ask(index: number | null): void {
    void show({ index })
      .then(async (shown) => {
        if (shown === null) return;
        (await import('./world-shown.ts')).tellNotices(figure, []);
        const link = `${location.pathname}${shown.link}${location.hash}`;
        // Steps through time would bury what a reader goes back to.
        if (index === null) history.pushState(null, '', link);
        else history.replaceState(null, '', link);
        linked = location.search;
      })
      .finally(beginTurn(figure));
  }

  /** Shows what the address says; what of it cannot be shown is said. */
  function showLink(): void {
    linked = location.search;
    void readLink().finally(beginTurn(figure));
  }

  async function readLink(): Promise<void> {
    const { noSuchPeriod, parseWorldLink, tellNotices } = await import('./world-shown.ts');
    const { layer, since, notices } = parseWorldLink(linked, offeredLayers());
    tellNotices(figure, notices);
    const isDefault = layer === null && since === null;
    chooseLayer(layer ?? shownFirst);
    if (isDefault && asked === 0) return;
    const shown = await show(since === null ? { index: null } : { since });
    if (shown?.found === false && since !== null)
      tellNotices(figure, [...notices, noSuchPeriod(since)]);
  }

  /** Shows a period of the chosen layer, or the one that it begins with. Null: something else is shown, or nothing came. */
  async function show(
    wanted: { readonly index: number | null } | { readonly since: Day },
  ): Promise<{ readonly link: string; readonly found: boolean } | null> {
    asked += 1;
    const turn = asked;
    const name = chosenLayer();
    const { fillFigure, findPeriod, linkOf, loadLayer, viewPeriod } =
      await import('./world-shown.ts');
    const layer = await loadLayer(name);
    // A later wish has overtaken this one.
    if (turn !== asked) return null;
    const inLayer = (day: Day) => (layer === null ? null : findPeriod(layer, day));
    const index = 'since' in wanted ? inLayer(wanted.since) : wanted.index;
    const view = layer === null ? null : viewPeriod(layer, index);
    if (layer === null || view === null) {
      const period = form.dataset['period'] ?? '';
      if (readout !== null) readout.textContent = translate('world.failed', { period });
      return null;
    }
    if (slider !== null) {
      slider.max = String(view.periods.length - 1);
      slider.value = String(view.periods.indexOf(view.start));
      slider.setAttribute('aria-valuetext', view.period);
    }
    const { layer: of, witness, period } = view;
    Object.assign(form.dataset, { layer: of, witness, period });
    const isFirst = name === shownFirst;
    fillFigure(figure, view, layer, isFirst && view === layer.first);
    if (readout !== null) readout.textContent = translate('world.readout.help');
    return { link: linkOf(view, layer, isFirst), found: !('since' in wanted) || index !== null };
  }
}

/** One stop for the tab key; arrows, Home and End step through the places by name. */
function setUpKeys(links: readonly SVGAElement[]): void {
  for (const [index, link] of links.entries()) {
    if (index > 0) link.setAttribute('tabindex', '-1');
    link.addEventListener('keydown', (event) => {
      const next = stepTo(event.key, index, links.length);
      const target = next === null ? undefined : links[next];
      if (target === undefined) return;
      event.preventDefault();
      target.focus();
    });
    link.addEventListener('focus', () => {
      for (const other of links) other.setAttribute('tabindex', other === link ? '0' : '-1');
    });
  }
}

function stepTo(key: string, index: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return (index + 1) % count;
    case 'ArrowLeft':
    case 'ArrowUp':
      return (index - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

/** Texts of a place's row in the table, by column; none where the table has no such row. */
function readCells(figure: HTMLElement, code: string): ReadonlyMap<string, TableCell> {
  const table = figure.querySelector('table');
  const row = table?.querySelector<HTMLTableRowElement>(`tbody tr[data-key="${code}"]`);
  const columns = [...(table?.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.dataset['column']);
  return new Map(
    [...(row?.cells ?? [])].map((cell, index) => [
      columns[index] ?? '',
      { text: cell.textContent.trim(), sort: readValue(cell, cell.matches('.number')) },
    ]),
  );
}

function linkAt(event: Event): Element | null {
  return event.target instanceof Element ? event.target.closest('.links a') : null;
}

function witnessShown(form: HTMLFormElement): Witness {
  return WITNESSES.find((name) => name === form.dataset['witness']) ?? 'interference';
}

function part(figure: HTMLElement, name: string): HTMLElement | null {
  return figure.querySelector<HTMLElement>(`[data-part="${name}"]`);
}
