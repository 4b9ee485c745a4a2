/** The mark inside drawings of data that describe nothing real. It stays in pictures that leave the page. */
import { translate } from '../i18n/translate.ts';
import { round } from './marks/shapes.ts';
import type { Scene } from './scene.ts';

/** The same scene with the mark across it; only a stylesheet makes it pale, so that it survives without one. */
export function markSynthetic(scene: Scene): Scene {
  const text = translate('world.synthetic');
  return {
    ...scene,
    desc: `${text}. ${scene.desc}`,
    children: [
      ...scene.children,
      {
        type: 'text',
        key: 'synthetic',
        class: 'synthetic-mark',
        x: round(scene.width * 0.42),
        y: round(scene.height * 0.45),
        anchor: 'middle',
        text,
      },
    ],
  };
}
