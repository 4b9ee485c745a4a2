/**
 * Findings that people wrote, one file each. Those of a synthetic sample lie in `sample/` and are read for it alone, so that
 * invented ones never stand beside real data, nor the other way around.
 */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { byName, readShape, text } from '../../data-build/contract/shape.ts';
import { parseFinding, type WrittenFinding } from '../view/findings/finding.ts';

export interface FindingList {
  /** Newest first. */
  readonly findings: readonly WrittenFinding[];
  /** Names that findings had before → their name of today. */
  readonly former: ReadonlyMap<string, string>;
}

const FILE = /^[a-z0-9]+(?:-[a-z0-9]+)*\.md$/;
const FORMER = 'former.json';

/** Throws a two-part error for a file that is no finding, and for a former name that leads nowhere. */
export async function readFindings(folder: string, edition: 'all' | 'cc0'): Promise<FindingList> {
  if (!existsSync(folder)) return { findings: [], former: new Map() };
  const names = (await readdir(folder)).filter(
    (name) => name.endsWith('.md') && name !== 'README.md',
  );
  const findings = await Promise.all(
    names.map(async (name): Promise<WrittenFinding> => {
      const file = path.join(folder, name);
      if (!FILE.test(name))
        fail(file, 'Its name can be no address.', 'Use a–z, 0–9 and single hyphens: a-name.md.');
      const read = parseFinding(name.replace(/\.md$/, ''), await readFile(file, 'utf8'));
      return 'wrong' in read ? fail(file, read.wrong, read.remedy) : read;
    }),
  );
  return {
    findings: findings
      .filter(({ licence }) => edition === 'all' || licence === 'cc0')
      .sort((a, b) =>
        a.published === b.published
          ? a.slug < b.slug
            ? -1
            : 1
          : a.published < b.published
            ? 1
            : -1,
      ),
    former: await readFormer(path.join(folder, FORMER), new Set(findings.map(({ slug }) => slug))),
  };
}

async function readFormer(
  file: string,
  slugs: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  if (!existsSync(file)) return new Map();
  const read = readShape(byName(text), JSON.parse(await readFile(file, 'utf8')), 'former');
  if (!read.ok) return fail(file, read.fault, 'Write it as {"old-name": "name-of-today"}.');
  for (const [old, now] of Object.entries(read.value)) {
    if (slugs.has(old)) fail(file, `${old} is the name of a finding.`, 'Take the line out.');
    if (!FILE.test(`${old}.md`) || !slugs.has(now))
      fail(file, `${old} leads to ${now}, which is no finding.`, 'Name a finding that is there.');
  }
  return new Map(Object.entries(read.value));
}

function fail(file: string, wrong: string, remedy: string): never {
  throw new Error(`${file}: ${wrong}\n${remedy}`);
}
