/** `asnames.txt`: number, name and country of every network that the registry knows. */
import { problem, type Problem } from '../../contract/problem.ts';
import {
  findDay,
  noDay,
  normalizeNetworks,
  type NameList,
  type NetworkLine,
} from '../../normalize/network-name.ts';
import type { Normalized } from '../../parts.ts';

/** `3333 RIPE-NCC-AS Reseaux IP Europeens Network Coordination Centre, NL`. */
export const NAME_LINE = /^(\d{1,10}) (.+), ([A-Z]{2})$/;

export function normalizeNames(
  { lines, licence, day }: NameList,
  hint: string,
): Normalized<'organizations'> | Problem {
  const listed = day ?? findDay(hint);
  if (listed === null) return noDay();
  const networks = lines.flatMap((text, index): NetworkLine[] => {
    if (text === '' || text.startsWith('#')) return [];
    const [, asn = '', name = ''] = NAME_LINE.exec(text) ?? [];
    const line = index + 1;
    if (name === '') return [[line, problem('invalid_csv', text)]];
    return [[line, { asn, name, organization: '', organizationId: '' }]];
  });
  return normalizeNetworks(networks, { source: 'ripe-names', licence, day: listed });
}
