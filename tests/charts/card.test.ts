/** A chart over time is drawn for a card as high as the card has room, so that its letters are not made smaller. */
import { expect, it } from 'vitest';
import { CARD_ROOM, CARD_SIZE } from '../../site/charts/size.ts';
import { CASES as OUTCOMES } from '../../site/figures/outcomes/cases.ts';
import { CASES as RATES } from '../../site/figures/rate/cases.ts';
import { layoutChart } from '../../site/figures/registry.ts';

it.each([...RATES, ...OUTCOMES])('$name', ({ view }) => {
  expect(layoutChart(view, CARD_SIZE).height).toBeLessThanOrEqual(CARD_ROOM);
});
