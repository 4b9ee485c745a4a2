import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { trackedFiles } from '../support/tracked-files.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** A second release of a package has a name of its own: `npm:name@1.2.3`. */
const EXACT = /^(?:npm:[\w@/-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/;

interface LockEntry {
  readonly name?: string;
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Bill {
  readonly metadata: { readonly component: { readonly name: string } };
  readonly components: readonly {
    /** What the package is, whatever name it has here. */
    readonly purl: string;
    readonly hashes?: readonly { readonly content: string }[];
  }[];
}

function readLock(): ReadonlyMap<string, LockEntry> {
  const lock: { packages: Record<string, LockEntry> } = JSON.parse(
    readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'),
  );
  return new Map(Object.entries(lock.packages));
}

describe('dependencies', () => {
  it('are pinned to exact versions', () => {
    const all: Record<string, string> = { ...packageJson.devDependencies };
    const loose = Object.entries(all).filter(([, version]) => !EXACT.test(version));
    expect(loose).toEqual([]);
  });

  it('stand in docs/dependencies.md, each once, with its reason', () => {
    const rows = readFileSync(path.join(ROOT, 'docs/dependencies.md'), 'utf8').matchAll(
      /^\| (?!package|-)([^|]+)\|([^|]+)\|$/gm,
    );
    const named = [...rows].flatMap(([, names = '', why = '']) => {
      expect(why.trim()).not.toBe('');
      return names.split(',').map((name) => name.trim());
    });
    expect(named.toSorted()).toEqual(Object.keys(packageJson.devDependencies).toSorted());
  });

  it('are a bill of materials, each with version and sum, without clock and chance', () => {
    const printed = execFileSync('npm', ['run', '--silent', 'sbom'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    const bill: Bill = JSON.parse(printed);
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5' });
    expect(bill.metadata.component.name).toBe(packageJson.name);
    expect(printed).not.toMatch(/urn:uuid|"timestamp"/);
    const locked = [...readLock()].flatMap(([place, { name, version = '' }]) =>
      place === '' ? [] : `${name ?? place.replace(/^.*node_modules\//, '')}@${version}`,
    );
    const listed = bill.components.map(({ purl }) =>
      decodeURIComponent(purl.replace(/^pkg:npm\//, '')),
    );
    expect(listed.toSorted()).toEqual([...new Set(locked)].toSorted());
    const unsummed = bill.components.filter(
      ({ hashes }) => !/^[0-9a-f]{128}$/.test(hashes?.[0]?.content ?? ''),
    );
    expect(unsummed).toEqual([]);
  });

  it('pin the browser engine to the release that has Parquet linked in (docs/decisions/0001)', () => {
    expect(packageJson.devDependencies['@duckdb/duckdb-wasm']).toBe('1.28.0');
  });

  it('bring Node itself, and allow its install script', () => {
    expect(packageJson.devDependencies.node).toMatch(/^24\./);
    expect(packageJson.allowScripts.node).toBe(true);
  });

  // npm drops binaries of other platforms that its mirror lacks; `npm ci` then refuses the lock file.
  it('are all in the lock file, binaries for other platforms included', () => {
    const lock = readLock();
    const missing = [...lock].flatMap(([place, entry]) =>
      Object.entries(entry.optionalDependencies ?? {})
        .filter(([, version]) => EXACT.test(version))
        .filter(([name, version]) => resolve(lock, place, name)?.version !== version)
        .map(([name, version]) => `${name}@${version}, wanted by ${place}`),
    );
    expect(missing).toEqual([]);
  });

  it('have a checksum each', () => {
    const without = [...readLock()].filter(([place, { integrity }]) => place !== '' && !integrity);
    expect(without.map(([place]) => place)).toEqual([]);
  });

  it('name no registry: not in the lock file, nor anywhere else', () => {
    expect([...readLock().values()].filter(({ resolved }) => resolved !== undefined)).toEqual([]);
    const hosts = new RegExp(
      ['registry', '(npmjs|yarnpkg|npmmirror)', '\\w+'].join(String.raw`\.`),
    );
    const naming = trackedFiles().filter((file) =>
      hosts.test(readFileSync(path.join(ROOT, file), 'latin1')),
    );
    expect(naming).toEqual([]);
  });
});

/** What `name` means to the package at `place`: the nearest `node_modules` upwards that holds it. */
function resolve(
  lock: ReadonlyMap<string, LockEntry>,
  place: string,
  name: string,
): LockEntry | undefined {
  const inside = lock.get(place === '' ? `node_modules/${name}` : `${place}/node_modules/${name}`);
  if (inside !== undefined || place === '') return inside;
  const up = place.lastIndexOf('/node_modules/');
  return resolve(lock, up === -1 ? '' : place.slice(0, up), name);
}
