/** What the Atlas knows of somebody who publishes data that it reads: the record at the head of every publisher's folder. */
import type { LicenceSlug } from '../contract/sources.ts';
import type { TableName } from '../contract/tables.ts';

export interface Publisher {
  readonly name: string;
  readonly publisher: string;
  readonly url: string;
  readonly licence: LicenceSlug;
  /** Rows can stand under a licence of their own, which they name. */
  readonly licenceByRow?: true;
  /** Printed wherever the data appears. */
  readonly attribution: string;
  /** How the publisher asks to be cited; `{range}` stands for the dates used. */
  readonly citation: string;
  /** What its data can tell, in one sentence. */
  readonly tells: string;
  /** Published tables that hold its data. */
  readonly tables: readonly TableName[];
}
