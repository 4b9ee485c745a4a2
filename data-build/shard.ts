/** Work that several machines share: each takes every n-th dump, span of days, or cell of four weeks. */

export interface Shard {
  /** Counted from 1. */
  readonly index: number;
  readonly of: number;
}

/**
 * What can be made ahead of a build, in order; each needs what all shards made in the steps before. _parts_: dumps that were
 * read and scored. _picks_: which measurements count once. _rows_: what is published of them. _counts_: the counting tables.
 */
export const STEPS = ['parts', 'picks', 'rows', 'counts'] as const;
export type Step = (typeof STEPS)[number];

export const isOwn = ({ index, of }: Shard, at: number): boolean => at % of === index - 1;
