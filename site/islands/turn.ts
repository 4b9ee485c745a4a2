/**
 * Tells in the page how far it is with an answer: `data-asked` of a place counts what was asked of it, `data-answered` is
 * the number of the last question that has its answer. Where both are the same, nothing is under way.
 */

/** Counts a question; call what is returned when its answer stands, or is not wanted anymore. */
export function beginTurn(place: HTMLElement): () => void {
  const { dataset } = place;
  const turn = Number(dataset['asked'] ?? 0) + 1;
  dataset['asked'] = String(turn);
  return () => {
    if (Number(dataset['answered'] ?? 0) < turn) dataset['answered'] = String(turn);
  };
}
