/** The dialog behind *Embed*: frame, picture or file, previewed as it will be, with its settings in the address. */
import { EMBED_SANDBOX, THEMES, writeSnippet, type EmbedChoice } from '../export/embed-code.ts';
import type { EmbedKind } from '../export/embed-links.ts';
import { pageLanguage } from '../../data-build/words/language.ts';
import { languageOf, FIRST_LANGUAGE } from '../../data-build/words/languages.ts';
import { translate, type MessageKey } from '../i18n/translate.ts';
import { PICTURE_SHAPES, type PictureShape } from '../render/picture.ts';
import { fileAddress } from './address.ts';
import { toPng, writeOwnPicture } from './share-picture.ts';
import type { ShareSubject } from './share-subject.ts';
import '../styles/share.css';

const FORMS = ['frame', 'picture', 'file'] as const;
type Form = (typeof FORMS)[number];

/** Height before the preview has said its own. */
const FIRST_HEIGHT = 460;

interface Settings {
  readonly form: Form;
  readonly kind: EmbedKind;
  readonly choice: EmbedChoice;
  readonly width: number | null;
  readonly shape: PictureShape;
}

/** Opens the dialog; it goes away with all it made when it is closed, and the focus returns. */
export function openShareDialog(subject: ShareSubject, opener: HTMLElement): void {
  const dialog = document.createElement('dialog');
  dialog.className = 'share';
  const made: string[] = [];
  const form = writeForm(subject);
  const preview = element('div', { class: 'share-preview' });
  const code = element('div', { class: 'share-code' });
  const close = element('button', { type: 'button', class: 'share-close' }, say('share.close'));
  const heading = element('h2', { id: 'share-heading' }, say('share.title'));
  const finding = element('p', { class: 'share-finding' });
  dialog.setAttribute('aria-labelledby', heading.id);
  dialog.append(
    element('div', { class: 'share-head' }, heading, close),
    finding,
    form,
    code,
    preview,
  );
  let height = FIRST_HEIGHT;
  const show = (): void => {
    const settings = readForm(form, subject);
    finding.textContent =
      settings.form === 'frame' ? (subject.framed ?? subject.title) : subject.title;
    for (const part of form.querySelectorAll<HTMLElement>('[data-for]'))
      part.hidden = !(part.dataset['for'] ?? '').split(' ').includes(settings.form);
    for (const url of made.splice(0)) URL.revokeObjectURL(url);
    const keep = (blob: Blob): string => {
      const url = URL.createObjectURL(blob);
      made.push(url);
      return url;
    };
    if (settings.form === 'frame') showFrame(subject, settings, preview, code, height);
    else if (settings.form === 'picture') showPicture(subject, settings, preview, code, keep);
    else showFile(subject, settings, preview, code, keep);
  };
  const listen = (event: MessageEvent<unknown>): void => {
    const frame = preview.querySelector('iframe');
    if (frame === null) return;
    if (event.source !== frame.contentWindow) return;
    const told = readHeight(event.data);
    if (told === null || told === height) return;
    height = told;
    frame.style.height = `${height}px`;
    const text = code.querySelector('textarea');
    if (text !== null) text.value = toSnippet(subject, readForm(form, subject), height);
  };
  addEventListener('message', listen);
  form.addEventListener('input', show);
  form.addEventListener('submit', (event) => event.preventDefault());
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => {
    removeEventListener('message', listen);
    for (const url of made) URL.revokeObjectURL(url);
    dialog.remove();
    opener.focus();
  });
  document.body.append(dialog);
  show();
  dialog.showModal();
}

function readHeight(data: unknown): number | null {
  if (typeof data !== 'object' || data === null) return null;
  if (Reflect.get(data, 'type') !== 'interference-atlas:height') return null;
  const height: unknown = Reflect.get(data, 'height');
  return typeof height === 'number' && height > 0 && height < 10_000 ? height : null;
}

function writeForm(subject: ShareSubject): HTMLFormElement {
  const form = element('form', {});
  form.append(
    choice(
      'form',
      'share.form',
      FORMS.map((value) => [value, say(`share.form.${value}`)]),
    ),
  );
  if (subject.kinds.length > 1)
    form.append(
      choice(
        'kind',
        'share.kind',
        subject.kinds.map((value) => [value, say(`share.kind.${value}`)]),
        'frame',
      ),
    );
  form.append(
    element(
      'div',
      { class: 'share-row' },
      select(
        'theme',
        'share.theme',
        THEMES.map((value) => [value, say(`share.theme.${value}`)]),
        'frame picture file',
      ),
      select(
        'lang',
        'share.language',
        // Frames are made in one language.
        [[FIRST_LANGUAGE, languageOf(FIRST_LANGUAGE).endonym]],
        'frame',
      ),
      select(
        'width',
        'share.width',
        WIDTHS.map((value) => [value, value === '' ? say('share.width.full') : `${value} px`]),
        'frame',
      ),
      select(
        'shape',
        'share.shape',
        SHAPES.map((value) => [value, shapeName(value)]),
        'picture',
      ),
      controlsBox(),
    ),
  );
  return form;
}

const WIDTHS = ['', '720', '560', '360'];
const SHAPES = ['wide', 'square', 'story', 'print'] as const satisfies readonly PictureShape[];

function shapeName(shape: (typeof SHAPES)[number]): string {
  const { width, height } = PICTURE_SHAPES[shape];
  return `${say(`share.shape.${shape}`)} ${width} × ${height}`;
}

function controlsBox(): HTMLElement {
  const box = element('input', { type: 'checkbox', name: 'controls' });
  box.checked = true;
  return element(
    'label',
    { class: 'share-check', 'data-for': 'frame' },
    box,
    ` ${say('share.controls')}`,
  );
}

function choice(
  name: string,
  label: MessageKey,
  options: readonly (readonly [string, string])[],
  shownFor = 'frame picture file',
): HTMLElement {
  const set = element('fieldset', { class: `share-${name}`, 'data-for': shownFor });
  set.append(element('legend', {}, say(label)));
  options.forEach(([value, text], index) => {
    const radio = element('input', { type: 'radio', name, value });
    radio.checked = index === 0;
    // The dialog opens with the first choice in focus.
    radio.autofocus = name === 'form' && index === 0;
    set.append(element('label', {}, radio, ` ${text}`));
  });
  return set;
}

function select(
  name: string,
  label: MessageKey,
  options: readonly (readonly [string, string])[],
  shownFor: string,
): HTMLElement {
  const list = element('select', { name });
  for (const [value, text] of options) list.append(element('option', { value }, text));
  return element('label', { 'data-for': shownFor }, element('span', {}, say(label)), list);
}

function readForm(form: HTMLFormElement, subject: ShareSubject): Settings {
  const data = new FormData(form);
  const text = (name: string): string => {
    const value = data.get(name);
    return typeof value === 'string' ? value : '';
  };
  const language = text('lang');
  return {
    form: FORMS.find((one) => one === text('form')) ?? 'frame',
    kind: subject.kinds.find((one) => one === text('kind')) ?? subject.kinds[0] ?? 'fixed',
    choice: {
      theme: THEMES.find((one) => one === text('theme')) ?? 'auto',
      language: language === '' || language === pageLanguage() ? null : language,
      controls: data.has('controls'),
    },
    width: text('width') === '' ? null : Number(text('width')),
    shape: SHAPES.find((one) => one === text('shape')) ?? 'wide',
  };
}

function toSnippet(subject: ShareSubject, settings: Settings, height: number): string {
  const { kind, choice: chosen, width } = settings;
  const picture = subject.picture(kind);
  return writeSnippet({
    frame: subject.frame(kind, chosen),
    title: subject.framed ?? subject.title,
    page: subject.permalink,
    picture: picture === null ? null : { url: picture, alt: subject.alt },
    script: fileAddress('embed.js'),
    width,
    height,
    sandbox: subject.sandbox ?? EMBED_SANDBOX,
  });
}

function showFrame(
  subject: ShareSubject,
  settings: Settings,
  preview: HTMLElement,
  code: HTMLElement,
  height: number,
): void {
  const frame = element('iframe', {
    title: subject.framed ?? subject.title,
    sandbox: subject.sandbox ?? EMBED_SANDBOX,
    referrerpolicy: 'no-referrer',
  });
  frame.style.height = `${height}px`;
  frame.style.width = settings.width === null ? '100%' : `${settings.width}px`;
  frame.src = subject.frame(settings.kind, settings.choice);
  preview.replaceChildren(frame);
  const text = element('textarea', {
    readonly: '',
    rows: '9',
    spellcheck: 'false',
    'aria-label': say('share.code'),
  });
  text.value = toSnippet(subject, settings, height);
  text.addEventListener('focus', () => text.select());
  const said = element('span', { role: 'status' });
  const copy = element('button', { type: 'button', 'data-action': 'copy' }, say('share.copy'));
  copy.addEventListener('click', () => {
    navigator.clipboard.writeText(text.value).then(
      () => {
        said.textContent = say('share.copied');
      },
      () => {
        text.select();
        said.textContent = say('share.copy_failed');
      },
    );
  });
  code.replaceChildren(
    ...(subject.framed === null
      ? []
      : [element('p', { class: 'share-note' }, say('share.as_published'))]),
    text,
    element('p', { class: 'share-buttons' }, copy, ' ', said),
  );
  if (!subject.kinds.includes('fixed'))
    code.append(element('p', { class: 'share-note' }, say('share.explorer.note')));
}

function showPicture(
  subject: ShareSubject,
  { shape, choice: { theme } }: Settings,
  preview: HTMLElement,
  code: HTMLElement,
  keep: (blob: Blob) => string,
): void {
  const svg = writeOwnPicture(subject.parts, shape, theme === 'auto' ? readerTheme() : theme);
  const { width, height } = PICTURE_SHAPES[shape];
  const vector = new Blob([svg], { type: 'image/svg+xml' });
  const url = keep(vector);
  const image = element('img', {
    src: url,
    alt: subject.alt,
    width: String(width),
    height: String(height),
  });
  preview.replaceChildren(image);
  const name = `${subject.fileName}-${shape}`;
  const said = element('span', { role: 'status' });
  const png = element('button', { type: 'button', 'data-action': 'png' }, say('share.png'));
  png.addEventListener('click', () => {
    toPng(svg, shape).then(
      (blob) => save(keep(blob), `${name}.png`),
      () => {
        said.textContent = say('share.png_failed');
      },
    );
  });
  const link = element(
    'a',
    { href: url, download: `${name}.svg`, 'data-action': 'svg' },
    say('share.svg'),
  );
  code.replaceChildren(
    element('p', { class: 'share-buttons' }, png, ' ', link, ' ', said),
    element('p', { class: 'share-note' }, say('share.picture.note')),
  );
}

function readerTheme(): 'light' | 'dark' {
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

function showFile(
  subject: ShareSubject,
  { choice: chosen }: Settings,
  preview: HTMLElement,
  code: HTMLElement,
  keep: (blob: Blob) => string,
): void {
  const text = subject.file(chosen);
  const url = keep(new Blob([text], { type: 'text/html' }));
  if (subject.kinds.includes('fixed') && subject.framed === null) {
    const frame = element('iframe', { title: subject.title, sandbox: EMBED_SANDBOX });
    frame.style.height = `${FIRST_HEIGHT}px`;
    frame.style.width = '100%';
    // Framed here, the policy of this page would take its stylesheet away, so the served twin stands for it.
    frame.src = subject.frame('fixed', chosen);
    preview.replaceChildren(frame);
  } else {
    const svg = writeOwnPicture(
      subject.parts,
      'wide',
      chosen.theme === 'auto' ? readerTheme() : chosen.theme,
    );
    const picture = keep(new Blob([svg], { type: 'image/svg+xml' }));
    preview.replaceChildren(element('img', { src: picture, alt: subject.alt }));
  }
  code.replaceChildren(
    element(
      'p',
      { class: 'share-buttons' },
      element(
        'a',
        { href: url, download: `${subject.fileName}.html`, 'data-action': 'file' },
        say('share.file'),
      ),
      ` (${Math.ceil(text.length / 1000)} kB)`,
    ),
    element('p', { class: 'share-note' }, say('share.file.note')),
  );
}

function save(url: string, name: string): void {
  element('a', { href: url, download: name }).click();
}

function say(key: MessageKey): string {
  return translate(key);
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
