/** Dumps folders → parts, test lists and rejects. */
import { relative } from 'node:path';
import type { MadeParts } from './build.ts';
import { CATEGORIES_FROM } from './contract/publishers.ts';
import { makeParts, type PartsRequest } from './convert/make-parts.ts';
import type { Reject } from './rejects.ts';
import type { ListFile } from './release.ts';
import { readTestList, type CategoryEntry } from './test-lists.ts';
import { hashFile } from './hash.ts';

/** Path as the manifest gives it: relative to the `--dumps` folder that holds it. */
function nameBelow(path: string, dumps: readonly string[]): string {
  const names = dumps
    .map((folder) => relative(folder, path))
    .filter((name) => !name.startsWith('..'));
  return (names[0] ?? path).replaceAll('\\', '/');
}

/** Reads the dumps. It uses existing parts again; see `makeParts`. */
export async function readDumps(request: PartsRequest): Promise<MadeParts> {
  const { parts, lists, rejects } = await makeParts(request);
  const files: ListFile[] = [];
  const categories: CategoryEntry[] = [];
  const broken: Reject[] = [];
  for (const path of lists.testLists) {
    const list = readTestList(path);
    const name = nameBelow(path, request.dumps);
    files.push({ path: name, sha256: list.sha256, rows: list.entries.length });
    categories.push(...list.entries);
    for (const { line, problem } of list.problems) {
      broken.push({
        reason: problem.reason,
        source: CATEGORIES_FROM,
        count: 1,
        samples: [{ file: name, line, detail: problem.detail }],
      });
    }
  }
  const references = [lists.fingerprintsHttp, lists.fingerprintsDns].filter(
    (path) => path !== null,
  );
  return {
    parts,
    lists: files,
    categories,
    rejects: [...rejects, ...broken],
    references: await Promise.all(references.map(hashFile)),
  };
}
