import { expect, it } from 'vitest';
import { toProvenance } from '../../site/catalog/provenance.ts';
import type { ManifestSource } from '../../data-build/contract/manifest.ts';

const source = (id: ManifestSource['id']): ManifestSource => ({
  id,
  name: id,
  licence: '',
  licence_url: '',
  attribution: '',
  citation: '',
  url: '',
  dumps: [],
  since: null,
  until: null,
  rows_in: 0,
  rows_out: 0,
  rejects: [],
});
const sources = [source('ooni'), source('mlab'), source('tor-metrics')];

it('puts a join of OONI with CC0 rows under the stricter licence', () => {
  const found = toProvenance({ sources }, [
    { table: 'throughput_monthly', licence: 'cc0' },
    { table: 'interference_country_daily', licence: 'cc-by-nc-sa' },
  ]);
  expect(found.licence?.slug).toBe('cc-by-nc-sa');
  expect(found.licences).toEqual(['cc0', 'cc-by-nc-sa']);
  expect(found.sources).toEqual(['ooni', 'mlab']);
});

it('leaves CC0 rows free, and names no publisher that is not in them', () => {
  const found = toProvenance({ sources }, [{ table: 'circumvention_daily', licence: 'cc0' }]);
  expect(found.licence?.slug).toBe('cc0');
  expect(found.sources).toEqual(['tor-metrics']);
});

it('knows no licence of what reads nothing', () => {
  expect(toProvenance({ sources }, []).licence).toBeNull();
});
