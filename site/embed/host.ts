/**
 * `embed.js`, for pages that embed: makes each frame as tall as what is in it. A message counts only when it comes
 * from the window of such a frame, from the place its address names, with a number that a chart can have.
 */
{
  const own = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : '';
  const home = own === '' ? null : new URL('.', own);
  /** Below the home of the site; a live chart may lie in the folder of a language. */
  const OURS = /^(?:embed|(?:[a-z]{2,3}(?:-[a-z\d]+)*\/)?explore\/frame)\//i;
  const LEAST = 80;
  const MOST = 8000;

  /** Whether the frame shows an embed or a live chart of the site this script came from. */
  const isOurs = (frame: HTMLIFrameElement): boolean => {
    if (home === null || !URL.canParse(frame.src)) return false;
    const { origin, pathname } = new URL(frame.src);
    return (
      origin === home.origin &&
      pathname.startsWith(home.pathname) &&
      OURS.test(pathname.slice(home.pathname.length))
    );
  };

  const readHeight = (data: unknown): number | null => {
    if (typeof data !== 'object' || data === null) return null;
    if (Reflect.get(data, 'type') !== 'interference-atlas:height') return null;
    const height: unknown = Reflect.get(data, 'height');
    return typeof height === 'number' &&
      Number.isFinite(height) &&
      height >= LEAST &&
      height <= MOST
      ? Math.ceil(height)
      : null;
  };

  addEventListener('message', (event) => {
    // A sandboxed frame has the origin "null"; any other must be that of this script.
    if (event.origin !== 'null' && event.origin !== home?.origin) return;
    const height = readHeight(event.data);
    if (height === null) return;
    for (const frame of document.querySelectorAll('iframe'))
      if (frame.contentWindow === event.source && isOurs(frame)) frame.style.height = `${height}px`;
  });

  // Frames that spoke before this script was there are asked to say it again.
  for (const frame of document.querySelectorAll('iframe'))
    if (isOurs(frame)) frame.contentWindow?.postMessage({ type: 'interference-atlas:ask' }, '*');
}
