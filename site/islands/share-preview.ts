/** What the share dialog gives away, as it will be: frame, picture or file, with the code or the links to take it. */
import { EMBED_SANDBOX, writeSnippet } from '../export/embed-code.ts';
import { translate } from '../i18n/translate.ts';
import type { FrameStay } from '../figures/page-figures.ts';
import { FRAME_HEIGHT } from '../charts/size.ts';
import { PICTURE_SHAPES } from '../render/picture.ts';
import { joinSentences } from '../../data-build/words/sentences.ts';
import { withOwnMarks } from '../render/own-marks.ts';
import { formatNotesLink, type OwnMark } from '../state/notes-link.ts';
import type { OwnMarks } from './share-marks.ts';
import { make } from './element.ts';
import { fileAddress } from './address.ts';
import { toPng, writeOwnPicture, type PictureParts } from './share-picture.ts';
import type { ShareSubject } from './share-subject.ts';
import type { Settings } from './share-form.ts';

/** Height before the preview has said its own. */
export const FIRST_HEIGHT: number = FRAME_HEIGHT.narrow;

export function toSnippet(subject: ShareSubject, settings: Settings, height: number): string {
  const { kind, choice: chosen, width } = settings;
  const picture = subject.picture;
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

export function showFrame(
  subject: ShareSubject,
  settings: Settings,
  preview: HTMLElement,
  code: HTMLElement,
  height: number,
): void {
  const frame = make('iframe', {
    title: subject.framed ?? subject.title,
    sandbox: subject.sandbox ?? EMBED_SANDBOX,
    referrerpolicy: 'no-referrer',
  });
  frame.style.height = `${height}px`;
  frame.style.width = settings.width === null ? '100%' : `${settings.width}px`;
  frame.src = subject.frame(settings.kind, settings.choice);
  preview.replaceChildren(frame);
  const text = make('textarea', {
    readonly: '',
    rows: '9',
    spellcheck: 'false',
    'aria-label': translate('share.code'),
  });
  text.value = toSnippet(subject, settings, height);
  text.addEventListener('focus', () => text.select());
  const said = make('span', { role: 'status' });
  const copy = make(
    'button',
    { type: 'button', class: 'primary', 'data-action': 'copy' },
    translate('share.copy'),
  );
  copy.addEventListener('click', () => {
    navigator.clipboard.writeText(text.value).then(
      () => {
        said.textContent = translate('share.copied');
      },
      () => {
        text.select();
        said.textContent = translate('share.copy_failed');
      },
    );
  });
  code.replaceChildren(
    ...(subject.framed === null
      ? []
      : [make('p', { class: 'share-note' }, translate('share.as_published'))]),
    text,
    make('p', { class: 'share-buttons' }, copy, ' ', said),
  );
  if (subject.stay !== null && settings.kind === 'fixed')
    code.append(make('p', { class: 'share-note', 'data-part': 'stay' }, formatStay(subject.stay)));
  if (!subject.kinds.includes('fixed'))
    code.append(make('p', { class: 'share-note' }, translate('share.explorer.note')));
}

function formatStay({ releases, months }: FrameStay): string {
  return joinSentences([
    months === 0
      ? translate('share.fixed.until', { n: releases })
      : translate('share.fixed.months', { n: months }),
    translate('share.fixed.after'),
  ]);
}

export function showPicture(
  subject: ShareSubject,
  { shape, note, choice: { theme } }: Settings,
  {
    preview,
    code,
    own,
  }: { readonly preview: HTMLElement; readonly code: HTMLElement; readonly own: OwnMarks },
  keep: (blob: Blob) => string,
): void {
  const isCard = shape === 'card';
  own.field.hidden = isCard;
  const parts = isCard ? subject.card : withOwn(subject.parts, note, own.list());
  const svg = writeOwnPicture(parts, shape, theme === 'auto' ? readerTheme() : theme);
  own.show(isCard ? null : { svg, shape, drawings: subject.parts.drawings });
  const { width, height } = PICTURE_SHAPES[shape];
  const vector = new Blob([svg], { type: 'image/svg+xml' });
  const url = keep(vector);
  const image = make('img', {
    src: url,
    alt: subject.alt,
    width: String(width),
    height: String(height),
  });
  preview.replaceChildren(image);
  const name = `${subject.fileName}-${shape}`;
  const said = make('span', { role: 'status' });
  const png = make(
    'button',
    { type: 'button', class: 'primary', 'data-action': 'png' },
    translate('share.png'),
  );
  png.addEventListener('click', () => {
    toPng(svg, shape).then(
      (blob) => save(keep(blob), `${name}.png`),
      () => {
        said.textContent = translate('share.png_failed');
      },
    );
  });
  const link = make(
    'a',
    { href: url, download: `${name}.svg`, class: 'control', 'data-action': 'svg' },
    translate('share.svg'),
  );
  code.replaceChildren(
    make('p', { class: 'share-buttons' }, png, ' ', link, ' ', said),
    make('p', { class: 'share-note' }, translate('share.picture.note')),
    ...(isCard || own.list().length === 0 ? [] : [linkNotes(subject, own.list())]),
  );
}

/** A link that opens the picture with the notes again. */
function linkNotes({ permalink, chart }: ShareSubject, marks: readonly OwnMark[]): HTMLElement {
  const address = new URL(permalink);
  address.hash = formatNotesLink(chart, marks);
  return make(
    'p',
    { class: 'share-note' },
    make('a', { href: address.href, 'data-action': 'notes' }, translate('share.own.link')),
    ` ${translate('share.own.link.note')}`,
  );
}

/** Above the other notes, and said to be of whoever took the picture. */
function withOwn(
  { words, drawings }: PictureParts,
  note: string,
  marks: readonly OwnMark[],
): PictureParts {
  const said = joinSentences([
    marks.length === 0 ? null : translate('share.own.said'),
    note === '' ? null : translate('share.note.said', { note }),
  ]);
  return {
    words: said === '' ? words : { ...words, notes: [said, ...words.notes] },
    drawings: drawings.map((drawing) => withOwnMarks(drawing, marks)),
  };
}

function readerTheme(): 'light' | 'dark' {
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export function showFile(
  subject: ShareSubject,
  { choice: chosen }: Settings,
  preview: HTMLElement,
  code: HTMLElement,
  keep: (blob: Blob) => string,
): void {
  const text = subject.file(chosen);
  const url = keep(new Blob([text], { type: 'text/html' }));
  if (subject.kinds.includes('fixed') && subject.framed === null) {
    const frame = make('iframe', { title: subject.title, sandbox: EMBED_SANDBOX });
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
    preview.replaceChildren(make('img', { src: picture, alt: subject.alt }));
  }
  code.replaceChildren(
    make(
      'p',
      { class: 'share-buttons' },
      make(
        'a',
        {
          href: url,
          download: `${subject.fileName}.html`,
          class: 'control primary',
          'data-action': 'file',
        },
        translate('share.file'),
      ),
      ` (${Math.ceil(text.length / 1000)} kB)`,
    ),
    make('p', { class: 'share-note' }, translate('share.file.note')),
  );
}

function save(url: string, name: string): void {
  make('a', { href: url, download: name }).click();
}
