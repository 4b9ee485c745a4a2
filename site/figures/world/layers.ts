/** The layers of the world map: one for each witness, for each indicator that is published, and for each theme. */
import { indicatorLabel } from '../../../data-build/contract/publisher-words.ts';
import {
  publishersOf,
  PUBLISHERS,
  type PublisherId,
} from '../../../data-build/contract/publishers.ts';
import { themeOf, THEMES } from '../../../data-build/contract/themes.ts';
import { translate } from '../../i18n/translate.ts';
import type { FigureSubject, ThemePart } from '../request.ts';
import { formatTheme } from '../themes.ts';

export type WorldTheme = Extract<FigureSubject, { kind: 'theme' }>;

export interface WorldLayer {
  /** In addresses, and the series of its request: `tools`, `example-observatory-reach`, `news-websites`. */
  readonly name: string;
  readonly label: string;
  readonly source: PublisherId;
  readonly of:
    | { readonly witness: 'throughput' | 'tools' }
    /** Null: all tests together. */
    | { readonly witness: 'interference'; readonly theme: WorldTheme | null }
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
          of: witness === 'interference' ? { witness, theme: null } : { witness },
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
  const themes = publishersOf('interference')
    .slice(0, 1)
    .flatMap((source) =>
      THEMES.flatMap(({ code, slug, tests }) => {
        const parts: readonly ThemePart[] =
          tests.length === 0 ? ['websites'] : ['tests', 'websites'];
        return parts.map((of): WorldLayer => {
          const theme = { kind: 'theme', code, of } as const;
          const label = formatTheme(theme);
          const name = `${slug}-${of}`;
          return { name, label, source, of: { witness: 'interference', theme } };
        });
      }),
    );
  return [...witnesses, ...indicators, ...themes];
}

/** The first where none is named; undefined: there is no such layer. */
export function findLayer(name: string | null): WorldLayer | undefined {
  const layers = listLayers();
  return name === null ? layers[0] : layers.find((layer) => layer.name === name);
}

/** Of the theme that a layer is of; null: it is of none. */
export function themeOfLayer({ of }: WorldLayer): WorldTheme | null {
  return of.witness === 'interference' ? of.theme : null;
}

/** Where the frame of a layer lies: the page that it belongs to, and the name of the chart there. */
export function frameOfLayer(layer: WorldLayer): { readonly page: string; readonly chart: string } {
  const theme = themeOfLayer(layer);
  if (theme !== null)
    return { page: `theme/${themeOf(theme.code).slug}/`, chart: `${theme.of}-map` };
  return {
    page: '',
    chart: layer.name === listLayers()[0]?.name ? 'world' : `world-${layer.name}`,
  };
}
