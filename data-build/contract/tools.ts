/** Circumvention tools and what is counted of their use. */
import { term, type Term } from '../words/term.ts';

/** Further tools are written `other:<name>`. */
export const TOOLS = {
  'tor-relay': term('tool.tor-relay'),
  'tor-bridge': term('tool.tor-bridge'),
  psiphon: term('tool.psiphon'),
  lantern: term('tool.lantern'),
  proton: term('tool.proton'),
} as const satisfies Record<string, Term>;

/** Tools whose use is published, by the test that asks whether they can be reached. */
export const TOOLS_OF_TEST: Readonly<Record<string, readonly (keyof typeof TOOLS)[]>> = {
  tor: ['tor-relay', 'tor-bridge'],
  torsf: ['tor-bridge'],
  psiphon: ['psiphon'],
};

/** Never added or divided across each other. */
export const METRICS = {
  users: term('metric.users'),
  unique_users: term('metric.unique_users'),
  connections: term('metric.connections'),
  sessions: term('metric.sessions'),
  bytes: term('metric.bytes'),
  installs: term('metric.installs'),
  signups: term('metric.signups'),
} as const satisfies Record<string, Term>;

/** What of a metric no place can have in a day. More people than there are do not use a tool. */
export const MOST_IN_A_DAY: Readonly<Record<keyof typeof METRICS, number>> = {
  users: 1e10,
  unique_users: 1e10,
  connections: 1e13,
  sessions: 1e13,
  bytes: 1e19,
  installs: 1e10,
  signups: 1e10,
};

/** The last days of a series that its publisher may still move. */
export const PROVISIONAL_DAYS = 2;
