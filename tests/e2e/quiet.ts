/** Waiting until a page has done all it does by itself: its positive end, instead of a while without requests. */
import type { Frame, Page } from 'playwright';

/** Call before the page is opened. What is returned waits until all that was asked for is there and nothing is left to do. */
export function watchWork(page: Page, scripts: boolean): () => Promise<void> {
  let answers: Promise<unknown>[] = [];
  const documents = new Map<Frame, Leaving>();
  page.on('request', (request) => {
    const frame = request.frame();
    if (request.isNavigationRequest()) {
      // Nobody waits for what the document before had asked for.
      if (frame === page.mainFrame()) answers = [];
      documents.get(frame)?.leave();
      documents.set(frame, makeLeaving());
    }
    // A request that the page drops, or that dies with it, has ended, too.
    const ended = request.response().then((answer) => answer?.finished());
    answers.push(Promise.race([ended.catch(() => null), documents.get(frame)?.left ?? ended]));
  });
  return async () => {
    for (let known = answers, count = -1, stayed = false; ;) {
      if (stayed && known === answers && count === known.length) return;
      known = answers;
      count = known.length;
      await Promise.all(known);
      stayed = !scripts || (await Promise.all(page.frames().map(isIdle))).every(Boolean);
    }
  };
}

/** The end of a document, when its frame goes on to another. */
interface Leaving {
  readonly left: Promise<void>;
  leave(): void;
}

function makeLeaving(): Leaving {
  let leave = (): void => undefined;
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  return { left, leave };
}

/** Waits in a frame; false where the frame was gone, or held another document, before it was idle. */
async function isIdle(frame: Frame): Promise<boolean> {
  try {
    await frame.evaluate(untilIdle);
    return true;
  } catch (error) {
    if (frame.page().isClosed() || !LEFT.test(String(error))) throw error;
    return false;
  }
}

/** What the browser's driver says when a frame goes on to another document while it is asked something. */
const LEFT = /context was destroyed|frame was detached|because of a navigation/i;

async function untilIdle(): Promise<void> {
  await document.fonts.ready;
  await new Promise((resolve) => {
    // Tests of older browsers take it away.
    if ('requestIdleCallback' in globalThis) requestIdleCallback(resolve, { timeout: 5_000 });
    else setTimeout(resolve);
  });
}
