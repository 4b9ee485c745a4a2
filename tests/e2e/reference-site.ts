/** A site of one page that does the least: what the pages of the Atlas are timed beside, over the same line. */
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { makeTwins } from '../../site/serve/twins.ts';

export interface ReferenceFiles {
  /** Drawn when the page is opened; null: nothing is. */
  readonly json: string | null;
  /** Read when a box is ticked; null: none is. */
  readonly parquet: string | null;
  /** What the boxes ask for. */
  readonly tests: readonly string[];
}

/** Writes the page to `folder`, for the host that serves sites. Files are copied beside it. */
export async function makeReferenceSite(
  folder: string,
  { json, parquet, tests }: ReferenceFiles,
): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: {
        input: path.join(import.meta.dirname, 'reference-start.ts'),
        output: { entryFileNames: 'start.js' },
      },
    },
  });
  mkdirSync(folder, { recursive: true });
  const attributes = [json, parquet].map((file, index) => {
    if (file === null) return '';
    const name = path.basename(file);
    copyFileSync(file, path.join(folder, name));
    return ` data-${index === 0 ? 'json' : 'parquet'}="${name}"`;
  });
  const boxes = tests
    .map((test) => `<label><input type="checkbox" name="test_name" value="${test}">${test}</label>`)
    .join('');
  writeFileSync(
    path.join(folder, 'index.html'),
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Reference</title></head><body>` +
      `<main id="explore"${attributes.join('')}>${boxes}<p data-status="line"></p>` +
      `<figure data-chart="reference"><svg viewBox="0 0 720 240" width="720" height="240"></svg></figure></main>` +
      `<script type="module" src="start.js"></script></body></html>`,
  );
  writeFileSync(path.join(folder, '404.html'), '<!doctype html><title>Not found</title>');
  await makeTwins(folder);
}
