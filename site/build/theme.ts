/** What the pages of themes show: the websites of one category, and the apps and tools of its kind. */
import { addDays, type Day } from '../../data-build/contract/brands.ts';
import { FLOORS } from '../../data-build/contract/floors.ts';
import { THEMES, themeOfEvent, themeOfTest, type Theme } from '../../data-build/contract/themes.ts';
import type { CategoryCode } from '../../data-build/contract/vocabulary.ts';
import { comparePlaces, formatPlaceName } from '../../data-build/words/place.ts';
import type { BuildData } from '../engine/build-data.ts';
import { domainMatrix } from '../figures/domain-matrix/figure.ts';
import { byTests, toDomainList, toTestGroups } from '../figures/lists/view.ts';
import { formatCategory } from '../figures/websites.ts';
import { places } from '../figures/places/figure.ts';
import type { RankedView } from '../figures/rate-bars/view.ts';
import type { ThemePart } from '../figures/request.ts';
import { translate } from '../i18n/translate.ts';
import { daysFilter } from '../query/condition.ts';
import { testsQuery } from '../query/interference.ts';
import type { EventRow } from '../query/witnesses.ts';
import { formatList } from '../view/format.ts';
import type { WrittenFinding } from '../view/findings/finding.ts';
import { formatFloor } from '../view/rate.ts';
import { loadDomainList } from './domain.ts';
import { makeFigure } from './make-figure.ts';
import { listPlaces } from './places.ts';
import { loadThemeMap } from './world.ts';
import { loadTestList } from './test.ts';

/** Themes that anything was tested of. */
export async function listThemes(data: BuildData): Promise<readonly Theme[]> {
  const { domains } = await loadDomainList(data);
  const tests = new Set((await loadTestList(data)).map(({ name }) => name));
  const codes = new Set(domains.map(({ category_code }) => category_code));
  return THEMES.filter(
    (theme) => codes.has(theme.code) || theme.tests.some((name) => tests.has(name)),
  );
}

/** Whether an event is of a theme. */
export async function themeEvents(
  data: BuildData,
  { code }: Theme,
): Promise<(event: EventRow) => boolean> {
  const { domains } = await loadDomainList(data);
  const listed = new Map(domains.map(({ domain, category_code }) => [domain, category_code]));
  return (event) => themeOfEvent(event, listed.get(event.domain ?? '') ?? null) === code;
}

/** Themes of the tests and websites that a finding speaks of. */
export async function findingThemes(
  data: BuildData,
): Promise<(finding: WrittenFinding) => ReadonlySet<CategoryCode>> {
  const { domains } = await loadDomainList(data);
  const listed = new Map(domains.map(({ domain, category_code }) => [domain, category_code]));
  return ({ tests, websites }) =>
    new Set(
      THEMES.map(({ code }) => code).filter(
        (code) =>
          tests.some((name) => themeOfTest(name) === code) ||
          websites.some((name) => listed.get(name) === code),
      ),
    );
}

export async function loadThemePage(data: BuildData, theme: Theme, dataUntil: Day) {
  const { domains } = await loadDomainList(data);
  const own = domains.filter(({ category_code }) => category_code === theme.code);
  const all = await loadTestList(data);
  const tests = all.filter(({ name }) => theme.tests.includes(name));
  const rates = await data.ask(testsQuery(daysFilter(null, null)));
  const tested = (await listPlaces(data)).flatMap(({ probeCc, row }) =>
    row === null ? [] : [probeCc],
  );
  const make = async (of: ThemePart, spans: readonly Span[]) => {
    const days = spanOf(spans);
    if (days === null) return null;
    const basis = {
      subject: { kind: 'theme', code: theme.code, of } as const,
      frame: { ...days, grain: 'week', dataUntil } as const,
      series: of,
    };
    const [matrix, ranked] = [
      await makeFigure(data, domainMatrix, basis),
      await makeFigure(data, places, basis),
    ];
    return matrix === null || ranked === null
      ? null
      : {
          of,
          matrix,
          places: ranked,
          map: await loadThemeMap(basis.subject),
          gaps: findGaps(of, ranked.view, tested),
        };
  };
  const parts = [
    await make(
      'tests',
      tests.map(({ first, last }) => ({ first_day: first, last_day: last })),
    ),
    await make('websites', own),
  ];
  return {
    parts: parts.filter((part) => part !== null),
    websites:
      own.length === 0 ? null : toDomainList(formatCategory(theme.code), own.toSorted(byTests)),
    tests: toTestGroups(tests, rates)[0]?.table ?? null,
  };
}

interface Span {
  readonly first_day: Day;
  readonly last_day: Day;
}

function spanOf(spans: readonly Span[]): { readonly since: Day; readonly until: Day } | null {
  const [since] = spans.map(({ first_day }) => first_day).toSorted();
  const last = spans
    .map(({ last_day }) => last_day)
    .toSorted()
    .at(-1);
  return since === undefined || last === undefined ? null : { since, until: addDays(last, 1) };
}

/** Places that are named; the others are counted. */
const NAMED = 12;

/** Where nothing of a theme was tested, though other things were, and where too little. */
function findGaps(
  of: ThemePart,
  { bars }: RankedView,
  tested: readonly string[],
): readonly string[] {
  const known = new Set(
    bars.flatMap(({ test_name, rate }) => (rate.kind === 'not_tested' ? [] : [test_name])),
  );
  const missing = tested.filter((code) => !known.has(code)).toSorted(comparePlaces());
  const few = bars.filter(({ rate }) => rate.kind === 'too_few').length;
  const more = missing.length - NAMED;
  const names = missing.slice(0, more > 1 ? NAMED : undefined).map(formatPlaceName);
  const rest = more > 1 ? [translate('blind.more', { n: String(more) })] : [];
  return [
    translate(`theme.untested.${of}`, {
      n: missing.length,
      total: tested.length,
      list: formatList([...names, ...rest]),
    }),
    ...(few > 0
      ? [translate('theme.untested.few', { n: few, floor: formatFloor(FLOORS.country) })]
      : []),
  ];
}
