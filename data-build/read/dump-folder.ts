/** Everything that lies under the folders given with `--dumps`, each file with its kind. */
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { spellUnseen } from '../contract/privacy.ts';
import { isProblem, problem, type Problem } from '../contract/problem.ts';
import { readHead } from './byte-stream.ts';
import { type Kinds, MARKER, recogniseFile } from './file-kind.ts';

export interface DumpFile {
  readonly kind: string;
  /** Absolute, or relative to the working directory, as given. */
  readonly path: string;
  /** Relative to the `--dumps` folder, with `/`, unseen marks spelled; a folder given as a file is its name alone. */
  readonly name: string;
  /** `<file>.meta.json` beside it, when there is one. */
  readonly sidecar: string | null;
  /** Postcan of the same hour beside a JSONL: member i is line i. */
  readonly twin: string | null;
  /** Whether a `SYNTHETIC.json` stands in a folder above it. */
  readonly synthetic: boolean;
}

export interface DumpFolder {
  /** Sorted by name, so that the order of the disk makes no difference. */
  readonly files: readonly DumpFile[];
  readonly rejects: readonly { readonly name: string; readonly problem: Problem }[];
}

interface Found {
  readonly path: string;
  readonly name: string;
}

/** Throws when a folder given does not exist; what lies inside is never a reason to throw. */
export function walkDumps(folders: readonly string[], kinds: Kinds): DumpFolder {
  const seen = new Set<string>();
  const found: Found[] = [];
  const rejects: { name: string; problem: Problem }[] = [];
  for (const folder of folders) {
    const root = statSync(folder).isDirectory() ? folder : dirname(folder);
    const start = root === folder ? '' : basename(folder);
    collect({ root, inside: realpathSync(root) }, start, seen, found, rejects);
  }
  found.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.path < b.path ? -1 : 1));
  return identify(found, rejects, kinds);
}

interface Start {
  readonly root: string;
  /** The same folder without links in its path. */
  readonly inside: string;
}

/** Follows links inside of the folder; where others lead was not the choice of whoever named it. Takes nothing twice. */
function collect(
  start: Start,
  name: string,
  seen: Set<string>,
  found: Found[],
  rejects: { name: string; problem: Problem }[],
): void {
  const path = name === '' ? start.root : join(start.root, name);
  const shown = spellUnseen(name);
  try {
    const real = realpathSync(path);
    if (real !== start.inside && !real.startsWith(join(start.inside, '/'))) {
      rejects.push({ name: shown, problem: problem('link_outside') });
      return;
    }
    if (seen.has(real)) return;
    seen.add(real);
    const stat = statSync(real);
    if (stat.isDirectory()) {
      for (const entry of readdirSync(real).toSorted()) {
        collect(start, name === '' ? entry : `${name}/${entry}`, seen, found, rejects);
      }
    } else if (stat.isFile()) {
      found.push({ path, name: shown });
    } else {
      rejects.push({ name: shown, problem: problem('unrecognised_file', 'not a regular file') });
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    rejects.push({ name: shown, problem: problem('unreadable_file', code) });
  }
}

const SIDECAR = '.meta.json';

/** What `npm run fetch` writes down beside the files that it mirrors. */
export const FETCH_LEDGER = '.fetched.json';

function identify(
  found: readonly Found[],
  rejects: { name: string; problem: Problem }[],
  kinds: Kinds,
): DumpFolder {
  const paths = new Set(found.map(({ path }) => path));
  const beside = (path: string): string | null => (paths.has(path) ? path : null);
  const files: DumpFile[] = [];
  const syntheticRoots: string[] = [];
  for (const { path, name } of found) {
    if (basename(path) === FETCH_LEDGER) continue;
    if (path.endsWith(SIDECAR) && paths.has(path.slice(0, -SIDECAR.length))) continue;
    const kind = kindOf(path, kinds);
    if (isProblem(kind)) {
      rejects.push({ name, problem: kind });
      continue;
    }
    if (kind === MARKER) {
      syntheticRoots.push(`${dirname(path)}/`);
      continue;
    }
    files.push({
      kind,
      path,
      name,
      sidecar: beside(path + SIDECAR),
      twin: path.endsWith('.jsonl.gz') ? beside(path.replace(/\.jsonl\.gz$/, '.tar.gz')) : null,
      synthetic: false,
    });
  }
  const marked = files.map((file) => ({
    ...file,
    synthetic: syntheticRoots.some((root) => file.path.startsWith(root)),
  }));
  return { files: marked, rejects };
}

function kindOf(path: string, kinds: Kinds): string | Problem {
  try {
    return recogniseFile(path, readHead(path), kinds);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return problem('unreadable_file', code);
  }
}
