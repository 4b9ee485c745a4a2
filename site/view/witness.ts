/** The three that speak of a place: tests of interference, speed, tools that go around it. */
export const WITNESSES = ['interference', 'throughput', 'tools'] as const;
export type Witness = (typeof WITNESSES)[number];
