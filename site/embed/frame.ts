/**
 * The script inside an embed: classic, since a module would need CORS in a sandboxed frame, and small. Reads theme,
 * language and controls from the address, tells its host the height, and asks once whether newer data exist.
 * It keeps nothing and needs nothing of what a strict sandbox forbids. Types are stripped at build; it imports nothing.
 */
{
  const root = document.documentElement;
  const choice = new URLSearchParams(location.search);

  /** The last part of its address, which changes with all that it shows. */
  const last = /[^/]*\/?$/.exec(location.pathname)?.[0] ?? '';

  const theme = choice.get('theme');
  if (theme === 'light' || theme === 'dark') root.dataset['theme'] = theme;
  if (choice.get('controls') === 'off') root.dataset['controls'] = 'off';

  const wanted = choice.get('lang');
  const sayLanguage = (tag: string): void => {
    const place = document.querySelector<HTMLElement>('[data-part="language"]');
    if (place === null) return;
    try {
      const name = new Intl.DisplayNames([tag], { type: 'language' });
      place.textContent = `${name.of(tag) ?? tag} → ${name.of(root.lang) ?? root.lang}`;
      place.hidden = false;
    } catch {
      // Not the tag of a language: there is nothing to say.
    }
  };
  /** The same frame in a language that it was made in: the folder of a language stands before the page in its address. */
  const toLanguage = (tag: string): string | null => {
    const [first, ...others] = (root.dataset['languages'] ?? '').split(' ');
    const own = encodeURI(`${root.dataset['embed'] ?? ''}/`) + last;
    if (![first, ...others].includes(tag) || !location.pathname.endsWith(own)) return null;
    const page = root.lang === first ? own : own.slice(root.lang.length + 1);
    const before = location.pathname.slice(0, -own.length);
    return `${before}${tag === first ? '' : `${tag}/`}${page}${location.search}`;
  };
  if (wanted !== null && wanted !== '' && !wanted.startsWith(root.lang)) {
    const place = toLanguage(wanted);
    if (place === null) sayLanguage(wanted);
    else location.replace(place);
  }

  /** Heights as four kinds of hosts understand them; `id` is what the frame's address contains. */
  const tellHeight = (height: number): void => {
    if (parent === window) return;
    const id = root.dataset['embed'] ?? '';
    const messages: readonly unknown[] = [
      { type: 'interference-atlas:height', id, height, v: 1 },
      { 'datawrapper-height': { [id]: height } },
      { sentinel: 'amp', type: 'embed-size', height },
      JSON.stringify({ context: 'iframe.resize', height, src: location.href }),
    ];
    for (const message of messages) parent.postMessage(message, '*');
  };
  let told = 0;
  new ResizeObserver(() => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height === told || height === 0) return;
    told = height;
    tellHeight(height);
  }).observe(document.body);
  // A host whose script loads later asks. The answer is only the height of this page.
  addEventListener('message', (event: MessageEvent<unknown>) => {
    const { data } = event;
    const asks: unknown =
      typeof data === 'object' && data !== null ? Reflect.get(data, 'type') : null;
    if (event.source === parent && asks === 'interference-atlas:ask' && told > 0) tellHeight(told);
  });

  // It stands for a fixed frame that is no longer kept.
  const notKept = document.querySelector<HTMLElement>('[data-part="not-kept"]');
  if (notKept !== null && choice.get('kept') === 'no') notKept.hidden = false;

  const note = document.querySelector<HTMLElement>('[data-part="newer"]');
  if (note !== null) {
    fetch('../', { credentials: 'omit' })
      .then((response) => (response.ok ? response.text() : ''))
      .then((page) => {
        // The live address leads elsewhere.
        if (page.includes('data-to=') && !page.includes(`data-to="${last}"`)) note.hidden = false;
      })
      .catch(() => {
        // Without it the embed says what it says anyway: which release it shows.
      });
  }
}
