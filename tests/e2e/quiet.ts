/** Waiting until a page has done all it does by itself: its positive end, instead of a while without requests. */
import type { Page } from 'playwright';

/** Call before the page is opened. What is returned waits until all that was asked for is there and nothing is left to do. */
export function watchWork(page: Page, scripts: boolean): () => Promise<void> {
  const answers: Promise<unknown>[] = [];
  page.on('request', (request) => {
    // A request that the page drops, or that dies with it, has ended, too.
    const ended = request.response().then((answer) => answer?.finished());
    answers.push(ended.catch(() => null));
  });
  return async () => {
    for (let known = -1; known !== answers.length;) {
      known = answers.length;
      await Promise.all(answers);
      if (scripts) await Promise.all(page.frames().map((frame) => frame.evaluate(untilIdle)));
    }
  };
}

async function untilIdle(): Promise<void> {
  await document.fonts.ready;
  await new Promise((resolve) => {
    requestIdleCallback(resolve, { timeout: 5_000 });
  });
}
