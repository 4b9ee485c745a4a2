/** The first script of the reference page: the rest comes when it is asked, as on a page of the site. */
const place = document.querySelector<HTMLElement>('#explore');
const svg = document.querySelector('svg');
const line = document.querySelector('[data-status="line"]');
const { json, parquet } = place?.dataset ?? {};

if (place !== null && svg !== null && line !== null) {
  const load = async () => import('./reference-answer.ts');
  if (json !== undefined)
    void load().then(async ({ drawJson }) => {
      await drawJson(svg, json);
      svg.setAttribute('role', 'img');
    });
  let asked = 0;
  place.addEventListener('change', () => {
    if (parquet === undefined) return;
    const turn = (asked += 1);
    place.dataset['asked'] = String(turn);
    const wanted = [...place.querySelectorAll<HTMLInputElement>('input:checked')];
    void load().then(async ({ drawParquet }) => {
      await drawParquet(svg, parquet, new Set(wanted.map(({ value }) => value)));
      line.textContent = `Drawn: ${turn}`;
      place.dataset['answered'] = String(turn);
    });
  });
}
