/** What registries say of the numbers that they gave out: no names, but which numbers have the same holder. */
import { problem, type Problem } from '../../contract/problem.ts';
import {
  findDay,
  noDay,
  normalizeNetworks,
  type NameList,
  type NetworkLine,
} from '../../normalize/network-name.ts';
import type { Normalized } from '../../parts.ts';

/** No registry gives out more numbers to one holder at once. */
const MOST_NUMBERS = 4096;

/** `registry|cc|asn|first number|how many|date|status|holder`; the first line ends with the days of the file. */
export function normalizeDelegations({
  lines,
  licence,
  day,
}: NameList): Normalized<'organizations'> | Problem {
  const header = lines.find((line) => line !== '' && !line.startsWith('#'))?.split('|') ?? [];
  const listed = day ?? findDay(header[5] ?? '');
  if (listed === null) return noDay();
  const networks = lines.flatMap((text, index): NetworkLine[] => {
    const [registry = '', , kind, first = '', count = '', , status = '', holder = ''] =
      text.split('|');
    // Addresses, sums, and numbers that nobody holds.
    if (kind !== 'asn' || !/^(?:allocated|assigned)$/.test(status)) return [];
    const line = index + 1;
    const [from, many] = [Number(first), Number(count)];
    if (!/^\d{1,10}$/.test(first) || !/^\d{1,4}$/.test(count) || many > MOST_NUMBERS)
      return [[line, problem('unknown_network', `${first}, ${count} of them`)]];
    // Without a holder nothing is said of a number that its network does not say itself.
    if (holder === '') return [];
    const organizationId = `${registry} ${holder}`;
    return Array.from({ length: many }, (_, at): NetworkLine => [
      line,
      { asn: String(from + at), name: '', organization: '', organizationId },
    ]);
  });
  return normalizeNetworks(networks, { source: 'registries', licence, day: listed });
}
