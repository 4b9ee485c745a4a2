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

/** The last days of a series that its publisher may still move. */
export const PROVISIONAL_DAYS = 2;
