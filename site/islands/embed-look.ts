/** The stylesheet of embeds: colours, marks, which drawing is seen, words. One text for all of them. */
import chartsCss from '../styles/charts.css?raw';
import embedCssText from '../styles/embed.css?raw';
import figureCss from '../styles/figure.css?raw';
import tokensCss from '../styles/tokens.css?raw';

export function embedCss(): string {
  return [tokensCss, chartsCss, figureCss, embedCssText]
    .join('\n')
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/\s*([{};])\s*/g, '$1')
    .trim();
}
