/** The directories `networks`, `network_organizations`, `domains` and `listed_websites`: what there is to look up, and what is known of each. */
import { type PublisherId, PUBLISHERS, SPEEDS_FROM, TESTS_FROM } from '../contract/publishers.ts';
import { quoteText } from '../contract/sql.ts';
import type { Database } from './database.ts';
import { type Expressions, fillTable, OUTCOME_SUMS, publishable, selectList } from './select.ts';

function ownedBy(id: PublisherId): Expressions {
  return { source: quoteText(id), licence: quoteText(PUBLISHERS[id].licence) };
}

/** Networks by source. For tests of interference the name is that of `network_names`; null when probes gave none. */
async function fillNetworks(db: Database, edition: 'all' | 'cc0'): Promise<void> {
  const tested = selectList('networks', {
    name: 'any_value(n.name)',
    country_list: "string_agg(DISTINCT d.probe_cc, ',' ORDER BY d.probe_cc)",
    measurement_count: 'sum(d.measurement_count)',
    download_sample_count: 'NULL',
    ...ownedBy(TESTS_FROM),
  });
  await db.run(`CREATE TABLE measured_networks AS
    SELECT ${tested} FROM interference_network_daily d LEFT JOIN network_names n USING (probe_asn)
    GROUP BY probe_asn
    UNION ALL BY NAME ${speedTestedSql()}`);
  await fillOrganizations(db, edition);
  await fillTable(
    db,
    'networks',
    `SELECT * FROM measured_networks UNION ALL BY NAME ${otherwiseNamedSql()}`,
  );
}

/** What the newest list of each source says of the networks that were measured. */
async function fillOrganizations(db: Database, edition: 'all' | 'cc0'): Promise<void> {
  const columns = selectList('network_organizations', {
    name: publishable('name'),
    organization: publishable('organization'),
    // Some registries tell holders apart by what looks like a secret; a part of its checksum does that as well.
    organization_id: `coalesce(${publishable('organization_id')}, left(md5(organization_id), 12))`,
  });
  await fillTable(
    db,
    'network_organizations',
    `SELECT ${columns} FROM organization_rows
    WHERE ${edition === 'cc0' ? "licence = 'cc0'" : 'true'} AND probe_asn IN (SELECT probe_asn FROM measured_networks)
    QUALIFY row_number() OVER (PARTITION BY probe_asn, source ORDER BY name_day DESC, licence, name, organization, organization_id) = 1`,
  );
}

/** Networks to which those who measured them gave no name, with that of the newest list. */
function otherwiseNamedSql(): string {
  const columns = selectList('networks', {
    name: 'coalesce(organization, name)',
    country_list: "''",
    measurement_count: 'NULL',
    download_sample_count: 'NULL',
  });
  return `SELECT ${columns} FROM network_organizations
    WHERE coalesce(organization, name) IS NOT NULL
      AND probe_asn NOT IN (SELECT probe_asn FROM measured_networks WHERE name IS NOT NULL)
    QUALIFY row_number() OVER (PARTITION BY probe_asn ORDER BY name_day DESC, source) = 1`;
}

/** Networks in statistics of speed, with the name that most tests carry. */
function speedTestedSql(): string {
  const columns = selectList('networks', {
    name: `arg_max(${publishable('name')}, (coalesce(samples, 0), name)) FILTER (name <> '')`,
    country_list: "coalesce(string_agg(DISTINCT probe_cc, ',' ORDER BY probe_cc), '')",
    measurement_count: 'NULL',
    download_sample_count: 'sum(samples)',
    ...ownedBy(SPEEDS_FROM),
  });
  return `SELECT ${columns} FROM (
      SELECT probe_asn, probe_cc, name, download_sample_count AS samples FROM throughput_months_rows
      WHERE probe_asn IS NOT NULL
      UNION ALL SELECT probe_asn, probe_cc, NULL, download_sample_count FROM throughput_daily
      WHERE probe_asn IS NOT NULL)
    GROUP BY probe_asn`;
}

async function fillDomains(db: Database): Promise<void> {
  const columns = selectList('domains', {
    ...OUTCOME_SUMS,
    category_code: 'any_value(category_code)',
    country_list: "string_agg(DISTINCT probe_cc, ',' ORDER BY probe_cc)",
  });
  await fillTable(
    db,
    'domains',
    `SELECT ${columns} FROM interference_domain_daily GROUP BY domain`,
  );
}

/** What the lists of places and the list for all places ask to test, whether or not anybody did. */
async function fillListedWebsites(db: Database, edition: 'all' | 'cc0'): Promise<void> {
  const columns = selectList('listed_websites', {
    test_list: 'list',
    input: 'url',
    domain: 'any_value(domain)',
    category_code: 'min(category_code)',
  });
  await fillTable(
    db,
    'listed_websites',
    `SELECT ${columns} FROM list_entries
    WHERE ${edition === 'all'} AND domain IS NOT NULL AND ${publishable('url')} IS NOT NULL
      AND (list = 'global' OR regexp_full_match(list, '[A-Z]{2}'))
      AND regexp_full_match(url, 'https?://[^[:cntrl:][:space:]]+')
    GROUP BY list, url`,
  );
}

/** Fills the directories from the tables that are already there. */
export async function fillDirectories(db: Database, edition: 'all' | 'cc0'): Promise<void> {
  await fillNetworks(db, edition);
  await fillDomains(db);
  await fillListedWebsites(db, edition);
}
