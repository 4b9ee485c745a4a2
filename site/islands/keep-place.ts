/**
 * Keeps the page of a place on this device when a reader says so, with what its charts and filters need, and takes it away
 * again. Before that nothing is stored. What is kept follows the releases of the site while there is a line.
 */
import { formatBytes } from '../i18n/bytes.ts';
import { translate } from '../i18n/translate.ts';
import { fileAddress } from './address.ts';
import { element } from './element.ts';
import { beginTurn } from './turn.ts';

/** `keep.json` beside the page: what has to be kept. */
interface KeepList {
  readonly text: string;
  readonly release: string;
  readonly bytes: number;
  /** Paths below the base, those first whose names say what is in them. */
  readonly files: readonly string[];
}

/** The folder of the page, which the worker may answer for. */
const scope = new URL('.', location.href).pathname;
const NAME = `kept ${scope}`;
const LIST = new URL('keep.json', location.href).href;
const FOREVER = /^_astro\/|-[0-9a-f]{8}\.parquet$|\.(?:figures|files)\.json$/;

/** Says in `place` whether the page is kept, brings what is kept up to date, and offers to keep or remove it. */
export async function openKeep(place: HTMLElement): Promise<void> {
  const end = beginTurn(place);
  const kept = await readKept();
  const offered = await fetchList().catch(() => null);
  if (kept === null) offer(place, offered);
  else if (offered === null || offered.text === kept.text) showKept(place, kept);
  else showKept(place, await keep(offered, () => undefined).catch(() => kept));
  end();
}

function show(place: HTMLElement, said: string, label: string | null, act: () => Promise<void>) {
  const status = place.querySelector('[role="status"]');
  const actions = place.querySelector('.actions');
  if (status === null || actions === null) return;
  status.textContent = said;
  actions.replaceChildren();
  if (label === null) return;
  const button = element('button', label);
  button.type = 'button';
  button.addEventListener('click', () => {
    const end = beginTurn(place);
    button.disabled = true;
    void act().finally(end);
  });
  actions.append(button);
}

function offer(place: HTMLElement, list: KeepList | null, before = ''): void {
  if (list === null) {
    const failed = before === '' ? translate('keep.failed') : before;
    show(place, failed, translate('keep.again'), async () => openKeep(place));
    return;
  }
  const size = formatBytes(list.bytes);
  const said = before === '' ? translate('keep.size', { n: list.files.length, size }) : before;
  show(place, said, translate('keep.keep', { size }), async () => {
    const status = place.querySelector('[role="status"]');
    const tell = (done: number): void => {
      const text = translate('keep.progress', { done, n: list.files.length });
      if (status !== null) status.textContent = text;
    };
    try {
      showKept(place, await keep(list, tell));
    } catch {
      await forget();
      offer(place, list, translate('keep.failed'));
    }
  });
}

function showKept(place: HTMLElement, { release: version, bytes }: KeepList): void {
  const said = translate('keep.kept', { version, size: formatBytes(bytes) });
  show(place, said, translate('keep.remove'), async () => {
    await forget();
    offer(place, await fetchList().catch(() => null), translate('keep.removed'));
  });
}

async function keep(list: KeepList, tell: (done: number) => void): Promise<KeepList> {
  const cache = await caches.open(NAME);
  const known = new Set((await cache.keys()).map(({ url }) => url));
  const wanted = new Set([LIST, ...list.files.map(fileAddress)]);
  for (const [done, path] of list.files.entries()) {
    tell(done);
    const url = fileAddress(path);
    if (FOREVER.test(path) && known.has(url)) continue;
    const response = await fetch(url, { cache: 'no-cache' });
    if (!response.ok) throw new Error(`HTTP ${String(response.status)}`);
    await cache.put(url, response);
  }
  await cache.put(LIST, new Response(list.text));
  for (const url of known) if (!wanted.has(url)) await cache.delete(url);
  const worker = `${fileAddress('keep.js')}?${encodeURIComponent(NAME)}`;
  await activated(
    await navigator.serviceWorker.register(worker, { scope, updateViaCache: 'none' }),
  );
  return list;
}

/** Until the worker answers for the page: said earlier, "kept" would not be true of a page opened at once. */
async function activated({ active, installing, waiting }: ServiceWorkerRegistration) {
  const coming = installing ?? waiting;
  if (coming === null || active !== null) return;
  await new Promise<void>((resolve, reject) => {
    const look = (): void => {
      if (coming.state === 'activated') resolve();
      else if (coming.state === 'redundant') reject(new Error('The worker was not installed.'));
    };
    coming.addEventListener('statechange', look);
    look();
  });
}

async function forget(): Promise<void> {
  const registrations = await navigator.serviceWorker.getRegistrations();
  for (const registration of registrations)
    if (new URL(registration.scope).pathname === scope) await registration.unregister();
  await caches.delete(NAME);
}

/** What is kept; null: nothing. Looking makes no store. */
async function readKept(): Promise<KeepList | null> {
  const found = await caches.match(LIST, { cacheName: NAME }).catch(() => undefined);
  return found === undefined ? null : readList(await found.text());
}

async function fetchList(): Promise<KeepList> {
  const response = await fetch(LIST, { cache: 'no-cache' });
  const list = response.ok ? readList(await response.text()) : null;
  if (list === null) throw new Error(`HTTP ${String(response.status)}`);
  return list;
}

function readList(text: string): KeepList | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { release, bytes, files } = { release: '', bytes: 0, files: [], ...value };
  if (typeof release !== 'string' || typeof bytes !== 'number' || !Array.isArray(files))
    return null;
  const paths = files.filter((path: unknown) => typeof path === 'string');
  return paths.length === 0 ? null : { text, release, bytes, files: paths };
}
