/** Series taken out and rows ticked in figures as they are published: what is drawn, what is said, and the way back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { GALLERY_CASES } from '../../site/figures/cases.ts';
import { domainMatrix } from '../../site/figures/domain-matrix/figure.ts';
import type { FigureView } from '../../site/figures/figure.ts';
import { toRequest } from '../../site/figures/request.ts';
import type * as FigurePart from '../../site/islands/figure-selection.ts';
import { writeFigureSvgs } from '../../site/render/figure.ts';
import type { TableModel } from '../../site/view/table.ts';
import { toCountryCode, type CountryCode } from '../../data-build/contract/brands.ts';
import { escapeXml } from '../../data-build/contract/xml.ts';
import { day } from '../support/days.ts';
import { openModulePage, type ModulePage } from '../support/module-page.ts';
import { ROOT } from '../support/site-build.ts';

declare global {
  /** In the page: what `site/islands/figure-selection` exports. */
  var part: typeof FigurePart;
}

let opened: ModulePage;
let page: Page;

beforeAll(async () => {
  opened = await openModulePage(`${ROOT}/tests/snapshots`);
  ({ page } = opened);
  await page.evaluate(
    `import('/site/islands/figure-selection.ts').then((module) => { globalThis.part = module; })`,
  );
});
afterAll(async () => {
  await opened.close();
});

function writeTable({ columns, rows }: TableModel): string {
  const head = columns.map(
    ({ key, label, numeric }) =>
      `<th data-column="${key}"${numeric ? ' class="number"' : ''}>${escapeXml(label)}</th>`,
  );
  const body = rows.map(({ key, cells }) => {
    const line = cells.map(({ text, sort }, index) => {
      const tag = index === 0 ? 'th' : 'td';
      return `<${tag} data-sort="${sort === null ? '' : escapeXml(String(sort))}">${escapeXml(text)}</${tag}>`;
    });
    return `<tr data-key="${escapeXml(key)}">${line.join('')}</tr>`;
  });
  return `<table data-boxes><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('')}</tbody></table>`;
}

/** Puts the figure of a view into the page, as a built page has it; `made` is how the page makes the view. */
async function publish(view: FigureView, made: string): Promise<void> {
  const { html, rows } = writeFigureSvgs(view, 'f');
  const figure = [
    `<main data-series-keys="Hide or show"><figure id="f" data-chart="${view.chart}" data-rows="${rows}">`,
    `<div class="drawing" data-part="drawing">${html}</div>`,
    `<details data-part="table" open><summary>Table</summary><div class="table">${writeTable(view.table)}</div>`,
    '</details></figure></main>',
  ].join('');
  await page.evaluate((markup) => {
    document.body.innerHTML = markup;
  }, figure);
  await page.evaluate(`(async () => {
    const { setShown } = await import('/site/islands/shown.ts');
    const figure = document.querySelector('#f');
    setShown(figure, { view: ${made}, sources: [], release: 'R', synthetic: false });
    await part.redrawSelection(figure);
  })()`);
}

/** A case of the gallery. */
async function publishCase(chart: string): Promise<FigureView> {
  const found = GALLERY_CASES.find(({ view }) => view.chart === chart);
  if (found === undefined) throw new Error(`No case of ${chart}.`);
  const cases = `(await import('/site/figures/cases.ts')).GALLERY_CASES`;
  await publish(found.view, `${cases}.find(({ name }) => name === '${found.name}').view`);
  return found.view;
}

type Act = 'toggleSeries' | 'pickRows' | 'showWhole';
async function act(name: Act, value: string | readonly string[] = ''): Promise<void> {
  await page.evaluate(
    async ({ name: wanted, value: given }) => {
      const figure = document.querySelector<HTMLElement>('#f');
      if (figure === null) throw new Error('There is no figure.');
      if (wanted === 'toggleSeries') await part.toggleSeries(figure, String(given));
      else if (wanted === 'pickRows') await part.pickRows(figure, [...given]);
      else await part.showWhole(figure);
    },
    { name, value },
  );
}
const drawing = (): Promise<string> => page.locator('.drawing').innerHTML();
const line = (): Promise<string> => page.locator('[data-part="some"]').innerText();
const texts = (selector: string): Promise<readonly string[]> =>
  page.locator(selector).allTextContents();
const pressed = (): Promise<readonly (string | null)[]> =>
  page
    .locator('[data-series-key]')
    .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-pressed')));

describe('series', () => {
  it('leave a stack, change its axis, and come back', async () => {
    await publishCase('outcomes');
    const before = await texts('svg.wide .axis text');
    expect(await pressed()).toEqual(['true', 'true', 'true', 'true']);
    await act('toggleSeries', 'ok');
    expect(await page.locator('.marks [data-series="ok"]').count()).toBe(0);
    expect(await texts('svg.wide .axis text')).not.toEqual(before);
    expect(await pressed()).toContain('false');
    expect(await page.locator('svg.wide .legend > .off').count()).toBe(1);
    expect(await line()).toMatch(/^Hidden: no sign of interference\. .* Show all$/);
    await act('toggleSeries', 'ok');
    expect(await texts('svg.wide .axis text')).toEqual(before);
    expect(await page.locator('[data-part="some"]').isVisible()).toBe(false);
  });

  it('stay, the last of them, and the line says why', async () => {
    await publishCase('outcomes');
    for (const key of ['ok', 'failure', 'confirmed', 'anomaly']) await act('toggleSeries', key);
    expect(await page.locator('svg.wide .marks [data-series]').count()).toBe(1);
    expect(await line()).toContain('One must stay');
    await act('showWhole');
    expect(await page.locator('svg.wide .marks [data-series]').count()).toBe(4);
  });

  it('leave lines without touching the rest', async () => {
    await publishCase('rate');
    // As a page has it, the drawing has fewer elements.
    await act('showWhole');
    const before = await drawing();
    await act('toggleSeries', 'band');
    expect(await page.locator('svg .marks [data-series="band"]').count()).toBe(0);
    await act('showWhole');
    expect(await drawing()).toBe(before);
  });
});

describe('ticked rows', () => {
  it('of bars stand alone, with their group', async () => {
    const view = await publishCase('tests');
    const keys = view.table.rows.map(({ key }) => key);
    await act('pickRows', keys.slice(-1));
    expect(await page.locator('svg.wide .marks [data-key]').count()).toBe(1);
    expect(await line()).toMatch(new RegExp(`^1 of ${keys.length} rows shown in the chart`));
    expect(await page.locator('tbody input:checked').count()).toBe(1);
    await act('showWhole');
    expect(await page.locator('svg.wide .marks [data-key]').count()).toBe(keys.length);
    expect(await page.locator('tbody input:checked').count()).toBe(0);
  });

  it('that are periods are marked', async () => {
    const view = await publishCase('rate');
    const [first = '', second = ''] = view.table.rows.map(({ key }) => key);
    await act('pickRows', [first, second]);
    expect(await page.locator('svg.wide > .chosen rect').count()).toBe(2);
    expect(await line()).toContain(`2 of ${view.table.rows.length} periods marked`);
    await act('pickRows', []);
    expect(await page.locator('.chosen').count()).toBe(0);
  });

  it('of a matrix leave their places, closed up, also those that were not drawn', async () => {
    const { view, request, answer } = matrix(30);
    const figure = `(await import('/site/figures/registry.ts')).drawnFigure({ chart: 'domain-matrix' })`;
    await publish(view, `${figure}.view(${JSON.stringify(answer)}, ${JSON.stringify(request)})`);
    const height = await page.locator('svg.wide').getAttribute('height');
    const keys = view.table.rows.map(({ key }) => key);
    const [first = '', other = '', last = ''] = [keys[0], keys[3], keys.at(-1)];
    await act('pickRows', [first, other, last]);
    const shown = page.locator('svg.wide .marks > [data-row]');
    expect(await shown.count()).toBe(3);
    const tops = await shown.evaluateAll((rows) =>
      rows.map((row) => /translate\(0 (\S+)\)/.exec(row.getAttribute('transform') ?? '')?.[1]),
    );
    expect(Number(tops[1]) - Number(tops[0])).toBe(20);
    expect(await page.locator('svg.wide [data-row] rect.chosen').count()).toBe(3);
    expect(await line()).toMatch(/^3 of 30 rows shown in the chart/);
    expect(Number(await page.locator('svg.wide').getAttribute('height'))).toBe(
      Number(height) - 22 * 20,
    );
    await act('pickRows', keys);
    expect(await line()).toMatch(/^25 of 30 rows shown.*5 more are ticked/);
    await act('showWhole');
    expect(await shown.count()).toBe(25);
    expect(await page.locator('svg.wide').getAttribute('height')).toBe(height);
  });
});

/** A website tested in so many places, in two weeks. */
function matrix(places: number) {
  const codes = Array.from({ length: places }, (_, index) => code(index));
  const counts = {
    measurement_count: 60,
    ok_count: 40,
    anomaly_count: 20,
    confirmed_count: 0,
    failure_count: 0,
    unscored_count: 0,
    network_count: 3,
  };
  const answer = {
    weeks: codes.flatMap((probe_cc) =>
      ['2024-05-06', '2024-05-13'].map((week) => ({
        domain: 'example.org',
        probe_cc,
        week: day(week),
        ...counts,
      })),
    ),
    places: codes.map((probe_cc) => ({
      domain: 'example.org',
      probe_cc,
      ...counts,
      day_count: 9,
      first_day: day('2024-05-06'),
      last_day: day('2024-05-19'),
      methods: '',
    })),
  };
  const until = day('2024-05-20');
  const request = toRequest(domainMatrix, {
    subject: { kind: 'domain', domain: 'example.org', networkCount: 9 },
    frame: { since: day('2024-05-06'), until, grain: 'week', dataUntil: until },
    release: { version: '2024-05-19-0a1b2c3d', until, edition: 'all', synthetic: false },
  });
  const view = domainMatrix.view(answer, request);
  if (view === null) throw new Error('The matrix has nothing to show.');
  return { view, request, answer };
}

function code(index: number): CountryCode {
  const letter = (place: number) => String.fromCharCode(65 + place);
  const found = toCountryCode(`${letter(Math.floor(index / 26))}${letter(index % 26)}`);
  if (found === null) throw new Error(`${index} makes no code.`);
  return found;
}

describe('the lines under a chart that is drawn anew', () => {
  const captionOf = async (ids: readonly string[]): Promise<readonly (string | null)[]> => {
    const answer: unknown = await page.evaluate(`(async () => {
      const { writeSources } = await import('/site/islands/figure-sources.ts');
      document.body.innerHTML = '<figure><figcaption><span data-publisher="ooni"><span data-part="source">old</span> old.</span></figcaption></figure>';
      const figure = document.querySelector('figure');
      const days = { since: '2019-03-01', until: '2019-03-11' };
      const sources = ${JSON.stringify(ids)}.map((source) => ({ source, ...days }));
      const first = writeSources(figure, sources, { sources: [], data_version: 'R' });
      return [first, figure.querySelector('figcaption').textContent];
    })()`);
    return Array.isArray(answer) ? answer.map(String) : [];
  };

  it('name publishers that had none of the earlier days, with licence and days', async () => {
    const [first, caption] = await captionOf(['ooni', 'tor-metrics']);
    expect(first).toMatch(/OONI · CC BY-NC-SA 4\.0 · 1\W{1,3}10 Mar 2019/);
    expect(caption).toMatch(/OONI.*Tor Metrics · CC0 1\.0 · 1\W{1,3}10 Mar 2019$/s);
    expect(caption).not.toContain('old');
  });

  it('leave out those without data in these days, and stay where nobody has any', async () => {
    const [, caption] = await captionOf(['tor-metrics']);
    expect(caption).not.toContain('OONI');
    const [kept] = await captionOf([]);
    expect(kept).toBe('old');
  });
});

describe('a chart with few marks in the page', () => {
  it('is drawn once, however many ways a reader comes to it at once', async () => {
    await publishCase('outcomes');
    const drawn = await page.evaluate(async () => {
      const figure = document.querySelector<HTMLElement>('#f');
      if (figure === null) throw new Error('There is no figure.');
      let drawings = 0;
      const seen = new MutationObserver((records) => {
        drawings += records.length;
      });
      // Every drawing notes how many rows it has.
      seen.observe(figure, { attributeFilter: ['data-rows'] });
      const { drawMarks, drawWide } = part;
      await Promise.all([drawMarks(figure), drawMarks(figure), drawWide(figure)]);
      const atOnce = drawings + seen.takeRecords().length;
      await drawMarks(figure);
      return { atOnce, later: drawings + seen.takeRecords().length };
    });
    expect(drawn).toEqual({ atOnce: 1, later: 2 });
  });
});
