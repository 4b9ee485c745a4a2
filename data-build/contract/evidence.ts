/** The publisher's own public page of a measurement. */
import { ID_SHAPES } from './privacy.ts';

/** The columns of `measurements` that decide it. */
export interface EvidenceRow {
  readonly measurement_uid: string | null;
  readonly report_id: string | null;
  readonly input: string | null;
}

const EXPLORER = 'https://explorer.ooni.org';
const UID = new RegExp(ID_SHAPES.measurement_uid);
/** What the publisher's pages accept; shorter and older ids have no page. */
const LINKED_REPORT_ID = /^[a-zA-Z0-9_-]{40,100}$/;

/**
 * Address of the measurement's page, by its uid, else by report and input; null where the publisher has none.
 * For a row without a published input, the address has the report alone.
 * Source: ooni/explorer routes `/m/<uid>` and `/measurement/<report_id>?input=…`.
 */
export function publisherUrl(row: EvidenceRow): string | null {
  const { measurement_uid: uid, report_id: reportId, input } = row;
  if (uid !== null && UID.test(uid)) return `${EXPLORER}/m/${uid}`;
  if (reportId === null || !LINKED_REPORT_ID.test(reportId)) return null;
  const query = input === null || input === '' ? '' : `?input=${encodeInput(input)}`;
  return `${EXPLORER}/measurement/${reportId}${query}`;
}

/** A lone surrogate, which has no UTF-8, would make `encodeURIComponent` throw. */
function encodeInput(input: string): string {
  return encodeURIComponent(input.replace(/\p{Surrogate}/gu, '\uFFFD'));
}
