/** The look of what leaves the site: the stylesheet of embeds, one text for all of them; colours and marks of pictures. */
import { writeRoomCss } from '../export/frame-room.ts';
import type { PictureLook } from '../render/picture.ts';
import type { Theme } from '../render/chart-css.ts';
import chartsCss from '../styles/charts.css?raw';
import embedCssText from '../styles/embed.css?raw';
import mapCss from '../styles/map.css?raw';
import figureCss from '../styles/figure.css?raw';
import tokensCss from '../styles/tokens.css?raw';

export function embedCss(): string {
  return [tokensCss, chartsCss, mapCss, figureCss, embedCssText, writeRoomCss()]
    .join('\n')
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/\s*([{};])\s*/g, '$1')
    .trim();
}

/** A picture cannot load fonts; the families of embeds are those of the system. */
export function pictureLook(theme: Theme): PictureLook {
  return { theme, tokensCss: `${tokensCss}${embedCssText}`, chartsCss: `${chartsCss}${mapCss}` };
}
