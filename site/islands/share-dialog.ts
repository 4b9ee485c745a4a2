/** The dialog behind *Embed*: frame, picture or file, previewed as it will be, with its settings in the address. */
import { translate } from '../i18n/translate.ts';
import { formatNotice } from '../state/notice.ts';
import type { NotesLink } from '../state/notes-link.ts';
import { make } from './element.ts';
import type { ShareSubject } from './share-subject.ts';
import { createOwnMarks } from './share-marks.ts';
import { choosePicture, writeForm, readForm } from './share-form.ts';
import { FIRST_HEIGHT, toSnippet, showFrame, showPicture, showFile } from './share-preview.ts';

/** Opens the dialog; it goes away with all it made when it is closed, and the focus returns. `linked`: notes of a link. */
export function openShareDialog(
  subject: ShareSubject,
  opener: HTMLElement,
  linked: NotesLink | null = null,
): void {
  const dialog = document.createElement('dialog');
  dialog.className = 'share';
  const made: string[] = [];
  const form = writeForm(subject);
  const preview = make('div', { class: 'share-preview' });
  const code = make('div', { class: 'share-code' });
  const close = make('button', { type: 'button', class: 'share-close' }, translate('share.close'));
  const heading = make('h2', { id: 'share-heading' }, translate('share.title'));
  const finding = make('p', { class: 'share-finding' });
  const own = createOwnMarks(preview, () => show());
  form.append(own.field);
  if (linked !== null) {
    own.put(linked.marks);
    choosePicture(form);
    own.field.append(
      ...(linked.marks.length === 0
        ? []
        : [make('p', { class: 'share-note' }, translate('share.own.linked'))]),
      ...linked.notices.map((notice) =>
        make('p', { class: 'share-note', role: 'status' }, formatNotice(notice)),
      ),
    );
  }
  dialog.setAttribute('aria-labelledby', heading.id);
  dialog.append(make('div', { class: 'share-head' }, heading, close), finding, form, code, preview);
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
    else if (settings.form === 'picture')
      showPicture(subject, settings, { preview, code, own }, keep);
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
