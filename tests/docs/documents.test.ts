import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { trackedFiles } from '../support/tracked-files.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const documents = trackedFiles().filter((file) => file.endsWith('.md'));

/** npm's own commands, which need no script. */
const NPM_COMMANDS = new Set(['ci', 'install', 'i', 'run', 'view', 'ls']);

describe('documents', () => {
  it('name only commands that exist', () => {
    const scripts = new Set(Object.keys(packageJson.scripts));
    const missing = documents.flatMap((file) =>
      [...read(file).matchAll(/(?:^|`|&& )npm (run )?([a-z][\w-]*(?::[\w-]+)?)/gm)]
        .filter(([, run, name = '']) => (run === undefined ? !NPM_COMMANDS.has(name) : true))
        .map(([text, , name = '']) => ({ text, name }))
        .filter(({ name }) => !scripts.has(name))
        .map(({ text }) => `${file}: ${text}`),
    );
    expect(missing).toEqual([]);
  });

  it('link only to files that exist', () => {
    const dead = documents.flatMap((file) =>
      [...read(file).matchAll(/\]\(([^)\s]+)\)/g)]
        .map((match) => match[1] ?? '')
        // Findings lead to pages of the site.
        .filter((target) => !/^(?:https?:|mailto:|#|\/)/.test(target))
        .filter((target) => {
          const inside = decodeURIComponent(target.split('#')[0] ?? '');
          return !existsSync(path.resolve(ROOT, path.dirname(file), inside));
        })
        .map((target) => `${file} → ${target}`),
    );
    expect(dead).toEqual([]);
  });

  it('name in code quotes only paths that exist', () => {
    const dead = documents
      .filter((file) => file !== 'CHANGELOG.md')
      .flatMap((file) =>
        [...read(file).matchAll(/`((?:data-build|site|tests|docs|\.ci)\/[\w./-]+)`/g)]
          .map((match) => match[1] ?? '')
          .filter((target) => !existsSync(path.join(ROOT, target)))
          .map((target) => `${file}: ${target}`),
      );
    expect(dead).toEqual([]);
  });

  it('CI runs exactly the test command of the README', () => {
    const command = 'npm ci && npm test';
    expect(read('README.md')).toContain(`${command}\n`);
    expect(read('.ci/run').split('\n')).toContain(command);
  });

  it('the changelog keeps its two headings in every release', () => {
    const releases = read('CHANGELOG.md').split(/^## /m).slice(1);
    expect(releases.length).toBeGreaterThan(0);
    for (const release of releases) {
      expect(release).toMatch(/^### Data$/m);
      expect(release).toMatch(/^### Site$/m);
    }
  });
});
