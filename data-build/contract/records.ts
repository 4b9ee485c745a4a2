/** What others have recorded: shutdowns that people documented, outages that instruments saw. Shown beside events, counted in nothing. */
export const RECORD_KINDS = ['shutdown', 'outage'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** How much of a country or territory. */
export const RECORD_SCOPES = ['country', 'part'] as const;
export type RecordScope = (typeof RECORD_SCOPES)[number];
