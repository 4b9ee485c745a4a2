/** The layers of the world map: one for each witness, and for each indicator that is published. */
import { indicatorLabel } from '../../../data-build/contract/publisher-words.ts';
import {
  publishersOf,
  PUBLISHERS,
  type PublisherId,
} from '../../../data-build/contract/publishers.ts';
import type { Witness } from '../../../data-build/contract/witnesses.ts';
import { translate } from '../../i18n/translate.ts';

export interface WorldLayer {
  /** In addresses, and the series of its request: `tools`, `example-observatory-reach`. */
  readonly name: string;
  readonly label: string;
  readonly source: PublisherId;
  readonly of:
    | { readonly witness: Exclude<Witness, 'indicators'> }
    | { readonly witness: 'indicators'; readonly indicator: string; readonly label: string };
}

/** In the order in which they are offered. */
export function listLayers(): readonly WorldLayer[] {
  const witnesses = (['interference', 'throughput', 'tools'] as const).flatMap(
    (witness): readonly WorldLayer[] =>
      publishersOf(witness)
        .slice(0, 1)
        .map((source) => ({
          name: witness,
          label: translate(`world.witness.${witness}`),
          source,
          of: { witness },
        })),
  );
  const indicators = publishersOf('indicators').flatMap((source) => {
    const { name: publisher, indicators: known = {} } = PUBLISHERS[source];
    return Object.keys(known).map((indicator): WorldLayer => {
      const label = indicatorLabel(source, indicator);
      return {
        name: `${source}-${indicator}`,
        label: translate('witness.track.indicators', { label, publisher }),
        source,
        of: { witness: 'indicators', indicator, label },
      };
    });
  });
  return [...witnesses, ...indicators];
}

/** The first where none is named; undefined: there is no such layer. */
export function findLayer(name: string | null): WorldLayer | undefined {
  const layers = listLayers();
  return name === null ? layers[0] : layers.find((layer) => layer.name === name);
}
