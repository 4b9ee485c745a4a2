/** The mark inside drawings of data that describe nothing real. It stays in pictures that leave the page. */
import { translate } from '../i18n/translate.ts';
import { text } from './marks/shapes.ts';
import type { Scene } from './scene.ts';

/** The same scene with the mark across it; only a stylesheet makes it pale, so that it survives without one. */
export function markSynthetic(scene: Scene): Scene {
  const words = translate('world.synthetic');
  const mark = text('synthetic', words, scene.width * 0.42, scene.height * 0.45, {
    class: 'synthetic-mark',
    anchor: 'middle',
  });
  return { ...scene, desc: `${words}. ${scene.desc}`, children: [...scene.children, mark] };
}
