/** Waiting until a page has done all it does by itself: its positive end, instead of a while without requests. */
import type { Frame, Page, Request } from 'playwright';

/** Something that a document asked for. */
interface Asked {
  readonly request: Request;
  /** Its frame has gone on to another document: browsers do not always tell that it was dropped then. */
  readonly left: Promise<void>;
  leave(): void;
}

function toAsked(request: Request): Asked {
  let leave = (): void => undefined;
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  return { request, left, leave };
}

/** Call before the page is opened. What is returned waits until all that was asked for is there and nothing is left to do. */
export function watchWork(page: Page, scripts: boolean): () => Promise<void> {
  let answers: Promise<unknown>[] = [];
  const open = new Map<Frame, readonly Asked[]>();
  const documents = new Map<Frame, Request>();
  page.on('request', (request) => {
    const frame = request.frame();
    // Nobody waits for what the page before had asked for.
    if (request.isNavigationRequest() && frame === page.mainFrame()) answers = [];
    const asked = toAsked(request);
    open.set(frame, [...(open.get(frame) ?? []), asked]);
    // A request that the page drops, or that dies with it, has ended, too.
    const ended = request.response().then((answer) => answer?.finished());
    answers.push(Promise.race([ended.catch(() => null), asked.left]));
  });
  page.on('framenavigated', (frame) => {
    const all = open.get(frame) ?? [];
    const made = all.findLast(({ request }) => request.isNavigationRequest());
    // In the same document.
    if (made === undefined || documents.get(frame) === made.request) return;
    documents.set(frame, made.request);
    for (const asked of all) if (asked !== made) asked.leave();
    open.set(frame, [made]);
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
    if (!('requestIdleCallback' in globalThis)) {
      setTimeout(resolve);
      return;
    }
    // A page that has come to rest now and then tells nobody until a frame is drawn: each such page took 5 s.
    const frames = setInterval(() => requestAnimationFrame(() => undefined), 50);
    requestIdleCallback(
      () => {
        clearInterval(frames);
        resolve(undefined);
      },
      { timeout: 5_000 },
    );
  });
}
