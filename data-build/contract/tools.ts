/** Circumvention tools and what is counted of their use. */
import type { Term } from './vocabulary.ts';

/** Further tools are written `other:<name>`. */
export const TOOLS = {
  'tor-relay': { label: 'Tor', about: 'Clients that connect to Tor directly.' },
  'tor-bridge': { label: 'Tor bridges', about: 'Clients that connect to Tor through bridges.' },
  psiphon: { label: 'Psiphon', about: 'Clients of Psiphon.' },
  lantern: { label: 'Lantern', about: 'Clients of Lantern.' },
  proton: { label: 'Proton VPN', about: 'Clients of Proton VPN.' },
} as const satisfies Record<string, Term>;

/** Never added or divided across each other. */
export const METRICS = {
  users: {
    label: 'estimated clients',
    about: 'Mean concurrent clients, estimated; not different people.',
  },
  unique_users: {
    label: 'unique clients',
    about: 'Different clients in the day, by the publisher’s own count.',
  },
  connections: { label: 'connections', about: 'Connections opened.' },
  sessions: { label: 'sessions', about: 'Sessions begun.' },
  bytes: { label: 'bytes', about: 'Bytes carried.' },
  installs: { label: 'installs', about: 'Installations.' },
  signups: { label: 'sign-ups', about: 'Accounts opened.' },
} as const satisfies Record<string, Term>;

/** The last days of a series that its publisher may still move. */
export const PROVISIONAL_DAYS = 2;
