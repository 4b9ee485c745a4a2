/** What the pages of tests show. */
import { addDays, type Day } from '../../data-build/contract/brands.ts';
import { type PublisherId, TESTS_FROM } from '../../data-build/contract/publishers.ts';
import { RULES, type RuleSpec } from '../../data-build/contract/rules.ts';
import { TOOLS_OF_TEST } from '../../data-build/contract/tools.ts';
import type { BuildData } from '../engine/build-data.ts';
import type { Figure } from '../figures/figure.ts';
import { methods } from '../figures/methods/figure.ts';
import { outcomes } from '../figures/outcomes/figure.ts';
import { places } from '../figures/places/figure.ts';
import { rate } from '../figures/rate/figure.ts';
import { summary } from '../figures/summary/figure.ts';
import { testPlacesQuery } from '../query/tests.ts';
import { connectTimesQuery, useOfToolsQuery } from '../query/tool-tests.ts';
import { outcomesQuery } from '../query/interference.ts';
import { toTestEntries, type TestEntry } from '../figures/lists/entries.ts';
import { toRate, floorOf } from '../view/rate.ts';
import { toStretchesView, type Days } from '../view/stretches.ts';
import type { TableModel } from '../view/table.ts';
import { toToolReach } from '../view/tool-reach.ts';
import { fitFrame } from '../view/time-frame.ts';
import { makeFigure, needFigure, type MadeFigure } from './make-figure.ts';
import { bySafeLevel, loadSafe, promiseOf, type SafeEntry } from './safe.ts';
import { askSamples } from './samples.ts';

const SENTENCES = 5;

/** Every test in the release, by name. */
export async function loadTestList({ ask }: BuildData): Promise<readonly TestEntry[]> {
  return toTestEntries(await ask(testPlacesQuery()));
}

/** The rules that can judge a test: its own; those of every test stand on the methods page. */
export function rulesOf(testName: string): readonly RuleSpec[] {
  const rules: readonly RuleSpec[] = RULES;
  return rules.filter(({ tests }) => tests.includes(testName));
}

/** Charts over time show the stretch of days with tests, which can be shorter than the page’s own dates. */
export async function loadTestPage(data: BuildData, test: TestEntry, dataUntil: Day) {
  const { ask } = data;
  const subject = { kind: 'test', testName: test.name } as const;
  const whole = { since: test.first, until: addDays(test.last, 1) };
  const need = async <Answer, View>(
    figure: Figure<Answer, View>,
    days: Days,
  ): Promise<MadeFigure<View>> =>
    needFigure(await makeFigure(data, figure, { subject, frame: fitFrame(days, dataUntil) }));
  const scored = test.tests > 0;
  const filter = { probe_cc: [], probe_asn: [], test_name: [test.name], since: null, until: null };
  const days = scored ? await ask(outcomesQuery(filter, 'day')) : [];
  const stretches = toStretchesView(
    days.map((row) => ({ ...row, day: row.period })),
    whole,
    (network_count) => floorOf({ network_count }),
  );
  const { shown } = stretches;
  return {
    whole,
    summary: await need(summary, whole),
    /** Null where nothing was scored. */
    charts: scored
      ? {
          stretches,
          outcomes: await need(outcomes, shown),
          rate: await need(rate, shown),
          methods: await need(methods, shown),
          places: await need(places, whole),
        }
      : null,
    safe: scored ? await loadSentences(data, test) : [],
    reach: await loadReach(data, test),
    samples: await askSamples(ask, 'test_name', test.name),
  };
}

/** Null for a test of something that is no tool. */
async function loadReach({ ask, manifest }: BuildData, test: TestEntry): Promise<ToolReach | null> {
  const { name, places: tested, spec } = test;
  if (spec.group !== 'circumvention') return null;
  const use = await ask(useOfToolsQuery(TOOLS_OF_TEST[name] ?? []));
  const connected = await ask(connectTimesQuery(name));
  const table = toToolReach({ label: spec.label, places: tested, connected, use });
  const sources = new Set([TESTS_FROM, ...use.map(({ source }) => source)]);
  return table === null
    ? null
    : { table, sources: manifest.sources.filter(({ id }) => sources.has(id)).map(({ id }) => id) };
}

interface ToolReach {
  readonly table: TableModel;
  readonly sources: readonly PublisherId[];
}

async function loadSentences(data: BuildData, test: TestEntry): Promise<readonly SafeEntry[]> {
  const rated = test.places
    .filter((row) => toRate(row, floorOf(row)).kind === 'rate')
    .toSorted((a, b) => promiseOf(b) - promiseOf(a))
    .slice(0, SENTENCES);
  const entries: SafeEntry[] = [];
  for (const { probe_cc: probeCc, first_day: first, last_day: last } of rated)
    entries.push(await loadSafe(data, { probeCc, testName: test.name, domain: null, first, last }));
  return entries.sort(bySafeLevel);
}
