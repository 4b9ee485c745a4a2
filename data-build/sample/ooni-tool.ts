/** Circumvention tools: psiphon and tor. */
import type { DumpObject } from './dump-json.ts';
import type { Fate } from './fate.ts';
import { addressOf } from './ooni-exchange.ts';
import type { Rng } from './rng.ts';

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** Bootstrap, then one page through the tunnel. */
export function psiphonKeys(fate: Fate, rng: Rng): DumpObject {
  const blocked = fate.kind === 'interfered';
  return {
    bootstrap_time: fate.kind === 'ok' ? round(5 * rng.factor(0.4)) : 0,
    failed_operation: blocked ? 'psiphon_bootstrap' : null,
    failure: blocked ? 'generic_timeout_error' : null,
    max_runtime: 60,
    requests: null,
    socksproxy: fate.kind === 'ok' ? 'socks5://127.0.0.1:1080' : '',
  };
}

const TARGETS = [
  ['dirauth-1', 'or_port_dirauth'],
  ['dirauth-2', 'or_port_dirauth'],
  ['dirauth-3', 'or_port_dirauth'],
  ['dirauth-1-dir', 'dir_port'],
  ['dirauth-2-dir', 'dir_port'],
  ['bridge-1', 'obfs4'],
  ['bridge-2', 'obfs4'],
  ['bridge-3', 'obfs4'],
] as const;

/** Directory authorities and bridges. On a free network up to two bridges are dead; blocked, six to eight targets. */
export function torKeys(fate: Fate, rng: Rng): DumpObject {
  const dead = fate.kind === 'interfered' ? rng.int(6, 8) : rng.int(0, 2);
  const targets = TARGETS.map(([name, protocol], index) => {
    const failure =
      index >= (fate.kind === 'interfered' ? 0 : TARGETS.length - dead) &&
      (fate.kind !== 'interfered' || index < dead)
        ? 'generic_timeout_error'
        : null;
    return { name, protocol, failure, address: `${addressOf(name)}:9001` };
  });
  const count = (protocol: string, reached: boolean) =>
    targets.filter((one) => one.protocol === protocol && (!reached || one.failure === null)).length;
  return {
    dir_port_accessible: count('dir_port', true),
    dir_port_total: count('dir_port', false),
    obfs4_accessible: count('obfs4', true),
    obfs4_total: count('obfs4', false),
    or_port_accessible: 0,
    or_port_dirauth_accessible: count('or_port_dirauth', true),
    or_port_dirauth_total: count('or_port_dirauth', false),
    or_port_total: 0,
    targets:
      fate.kind === 'failed'
        ? {}
        : Object.fromEntries(
            targets.map(({ name, protocol, failure, address }) => [
              name,
              {
                failure,
                network_events: null,
                summary: { connect: { failure } },
                target_address: address,
                target_name: name,
                target_protocol: protocol,
              },
            ]),
          ),
  };
}
