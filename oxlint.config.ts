/**
 * What the code of any project is held to: typescript-eslint's strict and stylistic rules, most of which need types.
 * eslint.config.js has what only this tree knows. Every exception carries its reason.
 */
import { defineConfig } from 'oxlint';
import { NOT_LINTED, PURE_FILES } from './eslint.zones.ts';

export default defineConfig({
  plugins: ['eslint', 'typescript', 'import'],
  categories: { correctness: 'off' },
  options: {
    typeAware: true,
    maxWarnings: 0,
    reportUnusedDisableDirectives: 'error',
    // A comment names the tool that it speaks to, which alone can say whether it is still needed.
    respectEslintDisableDirectives: false,
  },
  ignorePatterns: NOT_LINTED,
  rules: { 'import/no-cycle': 'error' },
  overrides: [
    {
      files: ['**/*.ts'],
      // Of the presets these are left out:
      // array-type: `Type[]` and `readonly Type[]` both stand in the contract; the compiler checks what matters.
      // dot-notation: noPropertyAccessFromIndexSignature asks for process.env['X']; this rule asks for the opposite.
      // no-misused-spread: `[...text]` splits into code points, which is what is wanted of it.
      // prefer-optional-chain: asks for `a?.b === null` instead of `a === undefined || a.b === null`, which says something else.
      // require-await: an interface may promise what one of its makers knows at once.
      // unbound-method: objects here are records of closures; there is no `this` to lose.
      // no-unsafe-class-instance-assignment: oxlint has none, and nothing here takes a class for another.
      rules: {
        eqeqeq: 'error',
        'import/no-default-export': 'error',
        'import/no-duplicates': ['error', { preferInline: true }],
        'no-array-constructor': 'error',
        'no-console': 'error',
        'no-empty-function': 'error',
        'no-unused-expressions': 'error',
        'no-unused-vars': 'error',
        'no-useless-constructor': 'error',
        'no-var': 'error',
        'prefer-const': 'error',
        'prefer-rest-params': 'error',
        'prefer-spread': 'error',
        'typescript/adjacent-overload-signatures': 'error',
        'typescript/await-thenable': 'error',
        'typescript/ban-ts-comment': ['error', { minimumDescriptionLength: 10 }],
        'typescript/ban-tslint-comment': 'error',
        'typescript/class-literal-property-style': 'error',
        'typescript/consistent-generic-constructors': 'error',
        'typescript/consistent-indexed-object-style': 'error',
        'typescript/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
        'typescript/consistent-type-definitions': 'error',
        'typescript/consistent-type-imports': 'error',
        'typescript/no-array-delete': 'error',
        'typescript/no-base-to-string': 'error',
        'typescript/no-confusing-non-null-assertion': 'error',
        // `() => effects.log(x)` is how a callback passes a call on.
        'typescript/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
        'typescript/no-deprecated': 'error',
        'typescript/no-duplicate-enum-values': 'error',
        'typescript/no-duplicate-type-constituents': 'error',
        'typescript/no-dynamic-delete': 'error',
        'typescript/no-empty-object-type': 'error',
        'typescript/no-explicit-any': 'error',
        'typescript/no-extra-non-null-assertion': 'error',
        'typescript/no-extraneous-class': 'error',
        'typescript/no-floating-promises': 'error',
        'typescript/no-for-in-array': 'error',
        'typescript/no-generated-empty-object-type': 'error',
        'typescript/no-implied-eval': 'error',
        'typescript/no-inferrable-types': 'error',
        'typescript/no-invalid-void-type': 'error',
        'typescript/no-meaningless-void-operator': 'error',
        'typescript/no-misused-new': 'error',
        'typescript/no-misused-promises': 'error',
        'typescript/no-mixed-enums': 'error',
        'typescript/no-namespace': 'error',
        'typescript/no-non-null-asserted-nullish-coalescing': 'error',
        'typescript/no-non-null-asserted-optional-chain': 'error',
        'typescript/no-non-null-assertion': 'error',
        'typescript/no-redundant-type-constituents': 'error',
        'typescript/no-require-imports': 'error',
        'typescript/no-this-alias': 'error',
        'typescript/no-unnecessary-boolean-literal-compare': 'error',
        'typescript/no-unnecessary-condition': 'error',
        'typescript/no-unnecessary-template-expression': 'error',
        'typescript/no-unnecessary-type-arguments': 'error',
        'typescript/no-unnecessary-type-assertion': 'error',
        'typescript/no-unnecessary-type-constraint': 'error',
        'typescript/no-unnecessary-type-conversion': 'error',
        'typescript/no-unnecessary-type-parameters': 'error',
        'typescript/no-unsafe-argument': 'error',
        'typescript/no-unsafe-assignment': 'error',
        'typescript/no-unsafe-call': 'error',
        'typescript/no-unsafe-declaration-merging': 'error',
        'typescript/no-unsafe-enum-assignment': 'error',
        'typescript/no-unsafe-enum-comparison': 'error',
        'typescript/no-unsafe-function-type': 'error',
        'typescript/no-unsafe-member-access': 'error',
        'typescript/no-unsafe-return': 'error',
        'typescript/no-unsafe-unary-minus': 'error',
        'typescript/no-useless-default-assignment': 'error',
        'typescript/no-wrapper-object-types': 'error',
        'typescript/non-nullable-type-assertion-style': 'error',
        'typescript/only-throw-error': 'error',
        'typescript/prefer-as-const': 'error',
        'typescript/prefer-find': 'error',
        'typescript/prefer-for-of': 'error',
        'typescript/prefer-function-type': 'error',
        'typescript/prefer-includes': 'error',
        'typescript/prefer-literal-enum-member': 'error',
        'typescript/prefer-namespace-keyword': 'error',
        'typescript/prefer-nullish-coalescing': 'error',
        'typescript/prefer-promise-reject-errors': 'error',
        'typescript/prefer-reduce-type-parameter': 'error',
        'typescript/prefer-regexp-exec': 'error',
        'typescript/prefer-return-this-type': 'error',
        'typescript/prefer-string-starts-ends-with': 'error',
        'typescript/related-getter-setter-pairs': 'error',
        'typescript/restrict-plus-operands': [
          'error',
          {
            allowAny: false,
            allowBoolean: false,
            allowNullish: false,
            allowNumberAndString: false,
            allowRegExp: false,
          },
        ],
        // Numbers and booleans read well inside templates; objects and null do not.
        'typescript/restrict-template-expressions': [
          'error',
          { allowNumber: true, allowBoolean: true },
        ],
        'typescript/return-await': ['error', 'error-handling-correctness-only'],
        'typescript/switch-exhaustiveness-check': [
          'error',
          { considerDefaultExhaustiveForUnions: true },
        ],
        'typescript/triple-slash-reference': 'error',
        'typescript/unified-signatures': 'error',
        'typescript/use-unknown-in-catch-callback-variable': 'error',
      },
    },
    {
      files: [...PURE_FILES],
      rules: {
        'no-restricted-imports': [
          'error',
          {
            patterns: [
              {
                group: [
                  'node:*',
                  '**/engine/**',
                  '**/islands/**',
                  '**/interact/**',
                  '**/svg-dom.ts',
                ],
                message: 'A pure folder knows no machine, engine or page (docs/architecture.md).',
              },
            ],
          },
        ],
      },
    },
    {
      files: ['data-build/contract/brands.ts'],
      // A brand exists only in the type system: the checked value has to be asserted once, here.
      rules: { 'typescript/consistent-type-assertions': 'off' },
    },
    {
      // The command line, small programs behind npm scripts, tests and their support talk to a person at a terminal.
      files: ['data-build/cli.ts', 'site/serve/**/*.ts', 'tests/**/*.ts'],
      rules: { 'no-console': 'off' },
    },
    {
      files: [
        '*.config.ts',
        'tests/support/{sample-site,run-report,temporary-folder}.ts',
        '**/*.d.ts',
      ],
      // These tools look for a default export; a declaration says what a package exports.
      rules: { 'import/no-default-export': 'off' },
    },
    {
      files: ['tests/**/*.ts'],
      rules: {
        // A test that parses JSON of another shape than it says fails by itself.
        'typescript/no-unsafe-assignment': 'off',
        // Fixtures are often built as empty callbacks.
        'no-empty-function': 'off',
      },
    },
  ],
});
