/** Who holds the sample’s networks, in the forms of three publishers. No name belongs to anybody. */
import type { SampleNetwork, SampleWorld } from './world.ts';

const NOTE = '# Synthetic sample. No network and no organization is real.';

/** Beside each list: its day, and the licence, which an operator knows and a list does not say. */
export function formatListFacts(world: SampleWorld, licence: string): string {
  return `${JSON.stringify({ licence, date: world.lastDay })}\n`;
}

interface Holder {
  readonly id: string;
  readonly name: string;
  readonly cc: string;
  readonly networks: readonly SampleNetwork[];
}

/** The two largest networks of a place have one holder. */
function listHolders({ places }: SampleWorld): readonly Holder[] {
  return places.flatMap(({ cc, networks }) => {
    const [first, second, ...others] = networks;
    const shared = [first, second].flatMap((network) => network ?? []);
    return [shared, ...others.map((network) => [network])].flatMap((held, index): Holder[] =>
      held.length === 0
        ? []
        : [
            {
              id: `SYN-${cc}-${index}`,
              name: `Sample Holdings ${cc} ${index + 1}`,
              cc,
              networks: held,
            },
          ],
    );
  });
}

export function formatOrganizations(world: SampleWorld): string {
  const holders = listHolders(world);
  return [
    NOTE,
    '# format:org_id|changed|org_name|country|source',
    ...holders.map(({ id, name, cc }) => `${id}|20260101|${name}|${cc}|SAMPLE`),
    '# format:aut|changed|aut_name|org_id|opaque_id|source',
    ...holders.flatMap(({ id, networks }) =>
      networks.map(({ asn, name }) => `${asn}|20260101|${toHandle(name)}|${id}||SAMPLE`),
    ),
    '',
  ].join('\n');
}

export function formatDelegations(world: SampleWorld): string {
  const day = world.lastDay.replaceAll('-', '');
  const rows = listHolders(world).flatMap(({ id, cc, networks }) =>
    networks.map(({ asn }) => `ripencc|${cc}|asn|${asn}|1|20100101|allocated|${id}`),
  );
  return [NOTE, `2|ripencc|${day}|${rows.length}|19830705|${day}|+0000`, ...rows, ''].join('\n');
}

export function formatNames(world: SampleWorld): string {
  const rows = world.places.flatMap(({ cc, networks }) =>
    networks.map(({ asn, name }) => `${asn} ${toHandle(name)} ${name}, ${cc}`),
  );
  return [NOTE, ...rows, ''].join('\n');
}

/** As registries write names: `SAMPLE-NET-AS`. */
const toHandle = (name: string): string =>
  `${name
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '-')
    .replace(/^-|-$/g, '')}-AS`;
