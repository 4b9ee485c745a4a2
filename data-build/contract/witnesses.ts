/** Ways of seeing a place that do not depend on each other. */
export const WITNESSES = ['interference', 'throughput', 'tools', 'indicators'] as const;
export type Witness = (typeof WITNESSES)[number];
