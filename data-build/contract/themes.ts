/**
 * Themes: what the test lists file under one category, and the tests of apps and tools of that kind. A theme is known by
 * the code of its category; its name in addresses is permanent.
 */
import type { DetectedEvent } from './detected-event.ts';
import { TESTS, testSpec, type CategoryCode, type TestGroup } from './vocabulary.ts';

const SLUGS = {
  ALDR: 'alcohol-and-drugs',
  REL: 'religion',
  PORN: 'pornography',
  PROV: 'provocative-attire',
  POLR: 'political-criticism',
  HUMR: 'human-rights',
  ENV: 'environment',
  MILX: 'terrorism-and-militants',
  HATE: 'hate-speech',
  NEWS: 'news',
  XED: 'sex-education',
  PUBH: 'public-health',
  GMB: 'gambling',
  ANON: 'circumvention',
  DATE: 'online-dating',
  GRP: 'social-media',
  LGBT: 'lgbtq',
  FILE: 'file-sharing',
  HACK: 'hacking-tools',
  COMT: 'messaging',
  MMED: 'media-sharing',
  HOST: 'hosting-and-blogging',
  SRCH: 'search-engines',
  GAME: 'gaming',
  CULTR: 'culture',
  ECON: 'economics',
  GOVT: 'government',
  COMM: 'e-commerce',
  CTRL: 'control-content',
  IGO: 'intergovernmental-organizations',
  MISC: 'miscellaneous',
} as const satisfies Record<CategoryCode, string>;

/** Groups of tests that belong to a theme. */
const GROUPS: Partial<Record<CategoryCode, TestGroup>> = { COMT: 'apps', ANON: 'circumvention' };

export interface Theme {
  readonly code: CategoryCode;
  /** Its name in addresses: `social-media`. */
  readonly slug: string;
  /** The scored tests of its apps or tools. */
  readonly tests: readonly string[];
}

function isCategory(code: string): code is CategoryCode {
  return Object.hasOwn(SLUGS, code);
}

/** In the order of the vocabulary. */
export const THEMES: readonly Theme[] = Object.keys(SLUGS)
  .filter(isCategory)
  .map((code) => ({
    code,
    slug: SLUGS[code],
    tests: Object.entries(TESTS).flatMap(([name, { group, scored }]) =>
      scored && group === GROUPS[code] ? [name] : [],
    ),
  }));

export function themeOf(code: CategoryCode): Theme {
  const found = THEMES.find((theme) => theme.code === code);
  if (found === undefined) throw new Error(`The category ${code} has no theme.`);
  return found;
}

/** The theme of a test of apps or tools; null: it has none. */
export function themeOfTest(testName: string): CategoryCode | null {
  const { group } = testSpec(testName);
  return THEMES.find(({ code }) => GROUPS[code] === group)?.code ?? null;
}

/** The theme of an event, `listed` being the category of its website; null: it has none. */
export function themeOfEvent(
  event: Pick<DetectedEvent, 'category_code' | 'domain' | 'test_name' | 'tool'>,
  listed: CategoryCode | null,
): CategoryCode | null {
  if (event.category_code !== null) return event.category_code;
  if (event.domain !== null) return listed;
  if (event.test_name !== null) return themeOfTest(event.test_name);
  return event.tool === null ? null : 'ANON';
}
