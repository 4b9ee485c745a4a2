import { readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashCode, importsOf } from '../../data-build/convert/code-hash.ts';

const BUILD = resolve(import.meta.dirname, '../../data-build');
const { files, packages } = importsOf(join(BUILD, 'convert/part-worker.ts'));
const names = (folder: string) =>
  files.filter((file) => dirname(file) === join(BUILD, folder)).map((file) => basename(file));

describe('the hash of the code that makes parts', () => {
  it('sees every scorer and reader, and the packages that they load', () => {
    const all = (folder: string) => readdirSync(join(BUILD, folder)).toSorted();
    expect(names('score').toSorted()).toEqual(expect.arrayContaining(['telegram.ts', 'tor.ts']));
    expect(all('parse')).toEqual(expect.arrayContaining(names('parse')));
    expect(names('contract')).toEqual(
      expect.arrayContaining(['rules.ts', 'vocabulary.ts', 'privacy.ts', 'brands.ts']),
    );
    expect(files).toContain(join(BUILD, 'parts.ts'));
    expect(packages.toSorted()).toEqual([
      '@duckdb/node-api',
      '@formatjs/icu-messageformat-parser',
      '@renovatebot/pep440',
      'i18n-iso-countries',
      'intl-messageformat',
      'tldts',
      'tr46',
    ]);
  });

  it('does not see what only later steps use', () => {
    expect(names('contract')).not.toEqual(expect.arrayContaining(['tables.ts']));
    expect(files.filter((file) => /[/](?:rollup|write|sample)[/]/.test(file))).toEqual([]);
  });

  it('is the same twice', () => {
    expect(hashCode()).toMatch(/^[0-9a-f]{64}$/);
    expect(hashCode()).toBe(hashCode());
  });
});
