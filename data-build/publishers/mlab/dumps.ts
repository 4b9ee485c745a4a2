/** M-Lab's speed tests, single and as statistics. */
import { toParquet, toRows } from '../../convert/conversion.ts';
import {
  readJson,
  readJsonLines,
  readJsonMembers,
  readJsonObject,
  readTable,
} from '../../convert/readers.ts';
import { ascii, beginsWithKey, hasColumns, isJsonWith, isTar } from '../../read/look.ts';
import type { DumpKinds } from '../dump-kind.ts';
import { normalizeDailyStatistics } from './daily-statistics.ts';
import { iqbSelect } from './iqb.ts';
import { readIqbSums } from './iqb-manifest.ts';
import { normalizeNdtExport } from './ndt-export.ts';
import { isProductionArchive, NDT_FIRST_KEY, normalizeNdtRecord } from './ndt-test.ts';

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const tests = { part: 'ndt_tests' } as const;
/** A single result does not name its host. It counts as one from a production host. */
const single = toRows({
  ...tests,
  read: readJsonObject,
  normalize: (raw) => normalizeNdtRecord(raw, true),
});

export const MLAB_DUMPS: DumpKinds = {
  /** Monthly statistics by country or by network. */
  iqb_parquet: {
    signs: [(look) => ascii(look.raw, 0, 4) === 'PAR1' && look.name.endsWith('.parquet')],
    conversion: toParquet({
      part: 'throughput_months',
      pathHint: (path) => path.replaceAll('\\', '/').split('/').slice(-4).join('/'),
      select: iqbSelect,
    }),
  },
  /** The SHA-256 of their files. */
  iqb_manifest: {
    signs: [(look) => isJsonWith(look, 'files') && look.text.includes('"cache/v1/')],
    readSums: readIqbSums,
  },
  /** How they were queried. */
  iqb_query_stats: { signs: [(look) => isJsonWith(look, 'template_hash')] },
  /** Daily histograms of the statistics API. */
  mlab_statistics: {
    signs: [(look) => isJsonWith(look, 'bucket_min', 'bucket_max')],
    conversion: toRows({
      part: 'throughput_days',
      read: readJson,
      normalize: normalizeDailyStatistics,
    }),
  },
  /** Archives of tests, or of the places of their clients. */
  ndt_archive: {
    signs: [
      (look) =>
        isTar(look) && (look.name.endsWith('.tgz') || /ndt[57]/.test(ascii(look.bytes, 0, 4096))),
    ],
    conversion: toRows({
      ...tests,
      read: readJsonMembers,
      pathHint: nameOf,
      normalize: (raw, { hint }) => normalizeNdtRecord(raw, isProductionArchive(hint)),
    }),
  },
  /** Tests one per line. */
  ndt_lines: {
    signs: [(look) => look.text.includes('}\n{') && beginsWithKey(look, NDT_FIRST_KEY)],
    conversion: toRows({
      ...tests,
      read: readJsonLines,
      pathHint: nameOf,
      normalize: (raw, { hint }) => normalizeNdtRecord(raw, isProductionArchive(hint)),
    }),
  },
  ndt_export: {
    signs: [(look) => hasColumns(look, 'date', 'country_code', 'mbps')],
    conversion: toRows({ ...tests, read: readTable, normalize: normalizeNdtExport }),
  },
  /** The place of the client of one test. */
  mlab_annotation: {
    signs: [(look) => isJsonWith(look, 'UUID', 'Server', 'Client')],
    conversion: single,
  },
  /** One test. */
  ndt_result: { signs: [(look) => isJsonWith(look, 'GitShortCommit')], conversion: single },
};
