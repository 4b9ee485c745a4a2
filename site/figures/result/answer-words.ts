/** What is said beside the answer to a free query: why it could not run, whose rows it rests on, what is held back. */
import { joinSentences } from '../../../data-build/words/sentences.ts';
import type { Manifest } from '../../../data-build/contract/manifest.ts';
import { LICENCES, PUBLISHERS } from '../../../data-build/contract/publishers.ts';
import { TABLE_NAMES } from '../../../data-build/contract/table-names.ts';
import type { Provenance } from '../../catalog/provenance.ts';
import { translate } from '../../i18n/translate.ts';
import type { StatementFault } from '../../query/statement.ts';
import { formatItems, formatList } from '../../view/format.ts';
import type { Guard } from './held-answer.ts';

/** What is wrong with `sql`, where, and what to do. */
export function formatStatementFault(sql: string, { fault, detail, at }: StatementFault): string {
  const before = sql.slice(0, at).split('\n');
  const line = before.length;
  const column = (before.at(-1)?.length ?? 0) + 1;
  const what = translate(`console.fault.${fault}.what`, { detail });
  const where = fault === 'empty' ? '' : translate('console.at', { line, column });
  const todo = translate(`console.fault.${fault}.todo`, { tables: formatItems(TABLE_NAMES) });
  return joinSentences([what, where, todo]);
}

export function formatAnswerSource(
  { sources, licences, licence }: Provenance,
  { data_version: version }: Pick<Manifest, 'data_version'>,
): string {
  if (licence === null) return translate('console.source.none', { version });
  const words = translate('console.source', {
    sources: formatList(sources.map((id) => PUBLISHERS[id].name)),
    licence: licence.name,
    version,
  });
  if (licences.length < 2) return words;
  const mixed = { licences: formatList(licences.map((slug) => LICENCES[slug].name)) };
  return joinSentences([words, translate('console.source.mixed', mixed)]);
}

/** `floors`: shares below a floor are held back. */
export function guardNotes(guard: Guard, floors: boolean): readonly string[] {
  if (!floors) return guard.heldRows > 0 ? [translate('console.opted_out')] : [];
  return [
    ...(guard.heldRows > 0 ? [translate('console.held.rows', { n: guard.heldRows })] : []),
    ...guard.notes,
  ];
}
