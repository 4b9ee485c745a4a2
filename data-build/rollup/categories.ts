/** Website categories from the test lists: `list_urls`, `url_categories` and `domain_categories`. */
import type { CategoryEntry } from '../test-lists.ts';
import type { Database } from './database.ts';

/**
 * A URL has the category that its country's list gives it, else the global list's. A domain has one category
 * everywhere: the most frequent among its URLs on the global list, or, when it has none there, on all lists; ties
 * go to the code that sorts first.
 */
export async function loadCategories(
  db: Database,
  entries: readonly CategoryEntry[],
): Promise<void> {
  await db.run(
    'CREATE TABLE list_entries (list VARCHAR, url VARCHAR, category_code VARCHAR, domain VARCHAR)',
  );
  await db.append(
    'list_entries',
    entries.map(({ list, url, category_code, domain }) => [list, url, category_code, domain]),
  );
  await db.run('CREATE TABLE list_urls AS SELECT DISTINCT url FROM list_entries');
  await db.run(`
    CREATE TABLE url_categories AS
    SELECT list, url, min(category_code) AS category_code FROM list_entries GROUP BY ALL`);
  await db.run(`
    CREATE TABLE domain_categories AS
    WITH votes AS (
      SELECT domain, list = 'global' AS is_global, category_code, count(*) AS votes
      FROM list_entries WHERE domain IS NOT NULL AND category_code IS NOT NULL GROUP BY ALL
    ),
    scoped AS (
      SELECT domain, category_code, sum(votes) AS votes FROM votes v
      WHERE is_global OR domain NOT IN (SELECT domain FROM votes WHERE is_global)
      GROUP BY ALL
    )
    SELECT domain, arg_min(category_code, (-votes, category_code)) AS category_code
    FROM scoped GROUP BY domain`);
}
