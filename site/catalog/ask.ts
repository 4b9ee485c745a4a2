/** Who answers the questions of a view: the engine of the build, or the one in the reader’s browser. */
import type { FileQuestion } from './files.ts';
import type { Query } from '../query/query.ts';

/** `scope` narrows the files that are read to those that can answer; without it, all of the query’s tables. */
export type Ask = <Row>(
  query: Query<Row>,
  scope?: Omit<FileQuestion, 'table'>,
) => Promise<readonly Row[]>;
