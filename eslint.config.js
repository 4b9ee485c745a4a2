/**
 * What of docs/architecture.md only this tree has, as rules; oxlint.config.ts has those that need types. Zones come from the
 * rooms in eslint.zones.ts: a room imports from those before it, never from those after it. Every exception carries its reason.
 */
import astro from 'eslint-plugin-astro';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { PUBLISHER_IDS } from './data-build/contract/publishers.ts';
import { TESTS } from './data-build/contract/vocabulary.ts';
import { BUILD_STAGES, NOT_LINTED, PURE_FILES, SITE_STAGES, stageZones } from './eslint.zones.ts';

const ZONES = [
  {
    target: './data-build',
    from: './site',
    message: 'data-build never imports from site (docs/architecture.md).',
  },
  {
    target: './site',
    from: './data-build',
    except: ['./contract', './words', './feeds', './hash.ts'],
    message:
      'Of data-build, site may import contract, words, feeds and hash alone (docs/architecture.md).',
  },
  {
    target: './data-build/publishers/*/publisher.ts',
    from: './data-build',
    except: ['./contract', './words', './publishers/publisher.ts'],
    message:
      'The record of a publisher is part of the contract, which the site shares: it holds no code of the build.',
  },
  ...stageZones('data-build', BUILD_STAGES),
  ...stageZones('site', SITE_STAGES),
];

const NO_EXIT = {
  selector: "CallExpression[callee.object.name='process'][callee.property.name=/^(exit|abort)$/]",
  message: 'Only data-build/cli.ts ends the process. Set process.exitCode or return.',
};
const NO_HTML = [
  {
    selector:
      'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe)$/]',
    message: 'Text becomes markup only through render/ and Astro templates; build nodes instead.',
  },
  {
    selector: "CallExpression[callee.object.name='document'][callee.property.name=/^writeln?$/]",
    message: 'Text becomes markup only through render/ and Astro templates; build nodes instead.',
  },
];
const NO_CLOCK = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Outputs must not depend on when they are made. Take the day from the data.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Outputs must not depend on when they are made. Take the day from the data.',
  },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'Outputs must not depend on chance. Use a seeded generator.',
  },
];

/** A publisher whose id names a test, too, is told by `SOURCES.…` alone. */
const IDS = PUBLISHER_IDS.filter((id) => !(id in TESTS)).join('|');
const NO_PUBLISHER = [
  `Literal[value=/^(?:${IDS})$|'(?:${PUBLISHER_IDS.join('|')})'/]`,
  `TemplateElement[value.raw=/'(?:${PUBLISHER_IDS.join('|')})'/]`,
  `MemberExpression[object.name='SOURCES']:matches([computed=false], [property.type='Literal'])`,
].map((selector) => ({
  selector,
  message:
    'Only the folder of a publisher and the registry name it (docs/decisions/0032-publishers.md).',
}));

export default defineConfig(
  globalIgnores(NOT_LINTED),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...astro.configs['flat/recommended'],
  {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js', '.json'] })],
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones: ZONES }],
      'no-restricted-syntax': ['error', NO_EXIT],
    },
  },
  {
    files: ['data-build/**/*.ts', ...PURE_FILES],
    rules: { 'no-restricted-syntax': ['error', NO_EXIT, ...NO_HTML, ...NO_CLOCK, ...NO_PUBLISHER] },
  },
  {
    files: ['site/**/*.ts'],
    ignores: PURE_FILES,
    rules: { 'no-restricted-syntax': ['error', NO_EXIT, ...NO_HTML, ...NO_PUBLISHER] },
  },
  {
    files: [
      'data-build/publishers/**/*.ts',
      'data-build/contract/publishers.ts',
      // The generator imitates publishers; gallery and tests have rows that it could have made.
      'data-build/sample/**/*.ts',
      'site/figures/*/cases.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', NO_EXIT, ...NO_HTML, ...NO_CLOCK] },
  },
  {
    files: ['data-build/cli.ts'],
    // The command line: arguments in, exit code out; it hands the clock and chance to those who wait and retry.
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['site/**/*.astro'],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js', '.json'] })],
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones: ZONES }],
      'no-restricted-syntax': ['error', ...NO_PUBLISHER],
    },
  },
  {
    files: ['site/**/*.astro'],
    // Those left out set drawings alone: render/svg-string escapes every text and attribute; its output is the one markup that is set as such.
    // Page sets what Astro rendered of its own slot. DatasetHead sets JSON inside a data element, in which export/dataset leaves no angle bracket.
    ignores: [
      'site/components/{Figure,WorldMap,WorldLegend,DatasetHead}.astro',
      'site/layouts/Page.astro',
      'site/pages/explore.astro',
      'site/pages/gallery/**',
    ],
    rules: { 'astro/no-set-html-directive': 'error' },
  },
);
