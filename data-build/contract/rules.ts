/**
 * The scoring rules as data: what readers see on the methods page and what `rule_id` in every row means.
 * The code that applies them stands in `data-build/score/`; a test holds the two together.
 */
import type { BlockingMethod, Outcome } from './vocabulary.ts';

export interface RuleSpec {
  /** Permanent: it is written into every row. `<test>.<what>`, words joined by `_`. */
  readonly id: string;
  /** `test_name`s it applies to; `*` for all. */
  readonly tests: readonly string[];
  readonly outcome: Outcome;
  readonly method: BlockingMethod | null;
  /** One sentence: what was seen, and why it leads to this outcome. */
  readonly reason: string;
  /** Where the rule comes from: publisher's code path, spec section, or `atlas`. */
  readonly source: string;
}
