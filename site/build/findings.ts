/** The findings of a build. */
import path from 'node:path';
import type { BuildData } from '../engine/build-data.ts';
import { readFindings, type FindingList } from '../serve/findings.ts';

let list: Promise<FindingList> | undefined;

export function loadFindings({ manifest }: Pick<BuildData, 'manifest'>): Promise<FindingList> {
  const home = path.resolve(process.env['FINDINGS_DIR'] ?? 'site/findings');
  list ??= readFindings(manifest.synthetic ? path.join(home, 'sample') : home, manifest.edition);
  return list;
}
