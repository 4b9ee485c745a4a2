/** Which rules differ between two releases, from the dictionaries that lie beside their tables. */
import { isFields } from '../../../data-build/contract/fields.ts';
import { translate } from '../../i18n/translate.ts';
import { formatCount, formatList } from '../format.ts';

/** One rule as a release states it. */
export interface StatedRule {
  readonly id: string;
  /** All that is said of it. */
  readonly text: string;
}

/** Ids that are spelled out; more are counted. */
const NAMED = 6;

/** The rules in a `dictionary.json`; null when it states none. */
export function parseRules(json: unknown): readonly StatedRule[] | null {
  const listed = isFields(json) ? json['rules'] : null;
  if (!Array.isArray(listed)) return null;
  const rules = listed.flatMap((rule: unknown): StatedRule[] => {
    const id = isFields(rule) ? rule['id'] : null;
    return typeof id === 'string' ? [{ id, text: JSON.stringify(rule) }] : [];
  });
  return rules.length === 0 ? null : rules;
}

/** Rules that are new, gone or worded otherwise, one sentence each; that none is, when only the code differs. */
export function toRuleReasons(
  before: readonly StatedRule[],
  after: readonly StatedRule[],
): readonly string[] {
  const old = new Map(before.map(({ id, text }) => [id, text] as const));
  const now = new Map(after.map(({ id, text }) => [id, text] as const));
  const added = [...now.keys()].filter((id) => !old.has(id));
  const removed = [...old.keys()].filter((id) => !now.has(id));
  const other = [...now].filter(([id, text]) => (old.get(id) ?? text) !== text).map(([id]) => id);
  const reasons = [
    ...toReason('changed.rules.added', added),
    ...toReason('changed.rules.removed', removed),
    ...toReason('changed.rules.other', other),
  ];
  return reasons.length === 0 ? [translate('changed.rules.code')] : reasons;
}

function toReason(
  key: 'changed.rules.added' | 'changed.rules.removed' | 'changed.rules.other',
  ids: readonly string[],
): readonly string[] {
  if (ids.length === 0) return [];
  const more = ids.length - NAMED;
  const shown =
    more > 0 ? [...ids.slice(0, NAMED), translate('blind.more', { n: formatCount(more) })] : ids;
  const list = formatList(shown);
  return [translate(key, { n: ids.length, list })];
}
