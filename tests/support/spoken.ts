/** Every call of `translate` in the site, scripts and pages, as the compiler sees it: which keys it can name, with which parts. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { convertToTsx } from '@astrojs/astro2tsx';
import ts from 'typescript';
import { findKeys } from '../../site/serve/words-plugin.ts';
import { ROOT } from './site-build.ts';
import { trackedFiles } from './tracked-files.ts';

export interface SpokenMessage {
  /** `site/view/rate.ts:42`. */
  readonly where: string;
  readonly keys: readonly string[];
  /** Null where they come in a table of which the compiler does not know the names. */
  readonly parts: readonly string[] | null;
  /** Those that can be numbers. */
  readonly numbers: readonly string[];
  /** Whether they are written out in the call, so that each is meant for it. */
  readonly own: boolean;
}

/** Pages are read as the TSX that the compiler of Astro makes of them. */
const PAGE = '.astro.tsx';

export interface Spoken {
  readonly calls: readonly SpokenMessage[];
  /** Keys that stand in quotes or fit a template, in tables as in calls. */
  readonly named: ReadonlySet<string>;
}

export function listSpoken(): Spoken {
  const files = trackedFiles().filter((file) =>
    /^(?:data-build|site)\/.*\.(?:ts|astro)$/.test(file),
  );
  const roots = files.map((file) => path.join(ROOT, file.replace(/\.astro$/, PAGE)));
  const { options } = ts.convertCompilerOptionsFromJson(
    { module: 'esnext', moduleResolution: 'bundler', jsx: 'preserve', target: 'esnext' },
    ROOT,
  );
  const settings: ts.CompilerOptions = {
    ...options,
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    resolveJsonModule: true,
    skipLibCheck: true,
    types: ['node', 'astro/client'],
  };
  const host = ts.createCompilerHost(settings);
  const read = host.readFile;
  const exists = host.fileExists;
  const sourceOf = (file: string): string => file.slice(0, -'.tsx'.length);
  host.fileExists = (file) => (file.endsWith(PAGE) ? exists(sourceOf(file)) : exists(file));
  host.readFile = (file) =>
    file.endsWith(PAGE) ? convertToTsx(readFileSync(sourceOf(file), 'utf8')).code : read(file);
  host.getSourceFile = (file, target) => {
    const text = host.readFile(file);
    return text === undefined ? undefined : ts.createSourceFile(file, text, target, true);
  };
  const program = ts.createProgram(roots, settings, host);
  const checker = program.getTypeChecker();
  const calls: SpokenMessage[] = [];
  const named = new Set<string>();
  for (const root of roots) {
    const source = program.getSourceFile(root);
    if (source === undefined) continue;
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && node.expression.getText(source) === 'translate') {
        const [key, params] = node.arguments;
        const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
        calls.push({
          where: `${path.relative(ROOT, root)}:${String(line + 1)}`,
          keys: key === undefined ? [] : literals(checker.getTypeAtLocation(key)),
          parts: params === undefined ? [] : partNames(checker, params),
          numbers: params === undefined ? [] : numberParts(checker, params),
          own: params !== undefined && isWrittenOut(params),
        });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    for (const key of findKeys(source.text)) named.add(key);
  }
  return { calls, named };
}

function partNames(checker: ts.TypeChecker, params: ts.Expression): readonly string[] | null {
  const isOpen = (part: ts.Node): boolean =>
    checker.getTypeAtLocation(part).getStringIndexType() !== undefined;
  const spread = ts.isObjectLiteralExpression(params)
    ? params.properties.filter(ts.isSpreadAssignment).map(({ expression }) => expression)
    : [params];
  if (spread.some(isOpen)) return null;
  return checker
    .getTypeAtLocation(params)
    .getProperties()
    .map(({ name }) => name);
}

function numberParts(checker: ts.TypeChecker, params: ts.Expression): readonly string[] {
  return checker
    .getTypeAtLocation(params)
    .getProperties()
    .flatMap((property) => {
      const type = checker.getTypeOfSymbolAtLocation(property, params);
      const kinds = type.isUnion() ? type.types : [type];
      return kinds.some(({ flags }) => (flags & ts.TypeFlags.NumberLike) !== 0)
        ? [property.name]
        : [];
    });
}

function isWrittenOut(params: ts.Expression): boolean {
  return ts.isObjectLiteralExpression(params) && !params.properties.some(ts.isSpreadAssignment);
}

function literals(type: ts.Type): readonly string[] {
  if (type.isUnion()) return type.types.flatMap(literals);
  return type.isStringLiteral() ? [type.value] : [];
}
