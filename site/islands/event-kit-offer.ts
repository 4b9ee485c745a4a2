/** Shows the button of a newsroom kit; what makes the kit is fetched when it is pressed. */

export function offerKit(place: HTMLElement): void {
  const button = place.querySelector('button');
  const status = place.querySelector<HTMLElement>('[role="status"]');
  if (button === null || status === null) return;
  button.hidden = false;
  button.addEventListener('click', () => {
    button.disabled = true;
    void import('./event-kit.ts')
      .then(async ({ giveKit }) => giveKit(place, status))
      .finally(() => {
        button.disabled = false;
      });
  });
}
