/** A hash of the code that makes parts, for the key of the cache. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const ENTRY = join(import.meta.dirname, 'part-worker.ts');
/** Static imports and re-exports. Imports of types decide nothing. */
const IMPORT = /^(?:import|export)\s(?!type\s)(?:[^;]*?\sfrom\s)?\s*'([^']+)';/gm;

/**
 * Hash over every module that the worker imports, directly or not, and the versions of the packages among them.
 * An edit elsewhere, to a table of the contract or the roll-up, leaves finished parts in use.
 */
export function hashCode(): string {
  const { files, packages } = importsOf(ENTRY);
  const hash = createHash('sha256');
  for (const file of files.toSorted()) {
    hash
      .update(`${relative(ROOT, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  for (const name of packages.toSorted()) hash.update(`${name} ${versionOf(name)}\0`);
  return hash.digest('hex');
}

/** Modules of the project and names of packages that a module needs, itself included. */
export function importsOf(entry: string): {
  readonly files: readonly string[];
  readonly packages: readonly string[];
} {
  const files = new Set([entry]);
  const packages = new Set<string>();
  // Iteration over a Set includes entries added during the loop.
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    if (/\bimport\(/.test(text))
      throw new Error(
        `${file} has a dynamic import.\nImport at the top, so that the hash covers it.`,
      );
    for (const [, name = ''] of text.matchAll(IMPORT)) {
      if (name.startsWith('.')) files.add(resolve(file, '..', name));
      else if (!name.startsWith('node:')) packages.add(name);
    }
  }
  return { files: [...files], packages: [...packages] };
}

function versionOf(name: string): string {
  const value: unknown = JSON.parse(
    readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8'),
  );
  const found = typeof value === 'object' && value !== null && 'version' in value;
  return found ? String(value.version) : '';
}
