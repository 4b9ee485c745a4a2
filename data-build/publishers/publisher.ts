/** The record of a publisher, one in each publisher's folder: facts. What is said of it stands in `data-build/words`. */
import type { LicenceSlug } from '../contract/publishers.ts';
import type { TableName } from '../contract/tables.ts';
import type { Witness } from '../contract/witnesses.ts';

export interface Publisher {
  readonly name: string;
  readonly publisher: string;
  readonly url: string;
  readonly licence: LicenceSlug;
  /** Rows can stand under a licence of their own, which they name. */
  readonly licenceByRow?: true;
  /** Published tables that hold its data. */
  readonly tables: readonly TableName[];
  /** The witness that its data belong to; null: none. */
  readonly witness: Witness | null;
  /** What it gives in `indicators_daily`, by name. */
  readonly indicators?: Readonly<Record<string, Indicator>>;
  /** Days that its newest day may lie back while nothing is wrong; left out: as many as that of any other. */
  readonly lateDays?: number;
  /** How a reader can test websites for it; left out: in no way that needs no account. */
  readonly testing?: Testing;
}

export interface Testing {
  /** An address that, opened on a phone, offers to test these websites. */
  link(inputs: readonly string[]): string;
  /** Where the publisher says what running a test can mean for the person who runs it. */
  readonly risks: string;
  /** Where it says what it publishes of that. */
  readonly policy: string;
}

/** A figure by day and place that is drawn as it is published. */
export interface Indicator {
  /** Where its axis ends; null: at the largest figure. */
  readonly largest: number | null;
}
