/** The settings of the share dialog: the form, and what was chosen in it. */
import { PLAIN_EMBED, THEMES, type EmbedChoice } from '../export/embed-code.ts';
import type { EmbedKind } from '../export/embed-links.ts';
import { languageOf } from '../../data-build/words/languages.ts';
import { translate, type MessageKey } from '../i18n/translate.ts';
import { PICTURE_SHAPES, type PictureShape } from '../render/picture.ts';
import { make } from './element.ts';
import type { ShareSubject } from './share-subject.ts';

const FORMS = ['frame', 'picture', 'file'] as const;

type Form = (typeof FORMS)[number];

export interface Settings {
  readonly form: Form;
  readonly kind: EmbedKind;
  readonly choice: EmbedChoice;
  readonly width: number | null;
  readonly shape: PictureShape;
  /** What the reader writes into the picture; empty: nothing. */
  readonly note: string;
}

export function writeForm(subject: ShareSubject): HTMLFormElement {
  const form = make('form', {});
  form.append(
    choice(
      'form',
      'share.form',
      FORMS.map((value) => [value, translate(`share.form.${value}`)]),
    ),
  );
  if (subject.kinds.length > 1)
    form.append(
      choice(
        'kind',
        'share.kind',
        subject.kinds.map((value) => [value, translate(`share.kind.${value}`)]),
        'frame',
      ),
    );
  form.append(
    make(
      'div',
      { class: 'share-row' },
      select(
        'theme',
        'share.theme',
        THEMES.map((value) => [value, translate(`share.theme.${value}`)]),
        'frame picture file',
      ),
      select(
        'lang',
        'share.language',
        subject.languages.map((tag) => [tag, languageOf(tag).endonym]),
        'frame',
      ),
      select(
        'width',
        'share.width',
        WIDTHS.map((value) => [
          value,
          value === '' ? translate('share.width.full') : `${value} px`,
        ]),
        'frame',
      ),
      select(
        'shape',
        'share.shape',
        SHAPES.map((value) => [value, shapeName(value)]),
        'picture',
      ),
      controlsBox(),
      noteField(),
    ),
  );
  return form;
}

const WIDTHS = ['', '720', '560', '360'];

const SHAPES = [
  'wide',
  'square',
  'story',
  'print',
  'card',
] as const satisfies readonly PictureShape[];

function shapeName(shape: (typeof SHAPES)[number]): string {
  const { width, height } = PICTURE_SHAPES[shape];
  return translate('share.shape.size', { shape: translate(`share.shape.${shape}`), width, height });
}

function controlsBox(): HTMLElement {
  const box = make('input', { type: 'checkbox', name: 'controls' });
  box.defaultChecked = PLAIN_EMBED.controls;
  return make(
    'label',
    { class: 'share-check', 'data-for': 'frame' },
    box,
    ` ${translate('share.controls')}`,
  );
}

function noteField(): HTMLElement {
  const field = make('input', {
    type: 'text',
    name: 'note',
    maxlength: '160',
    autocomplete: 'off',
  });
  return make('label', { 'data-for': 'picture' }, make('span', {}, translate('share.note')), field);
}

export function choice(
  name: string,
  label: MessageKey,
  options: readonly (readonly [string, string])[],
  shownFor = 'frame picture file',
): HTMLElement {
  const set = make('fieldset', { class: `share-${name}`, 'data-for': shownFor });
  set.append(make('legend', {}, translate(label)));
  options.forEach(([value, text], index) => {
    const radio = make('input', { type: 'radio', name, value });
    radio.checked = index === 0;
    // The dialog opens with the first choice in focus.
    radio.autofocus = name === 'form' && index === 0;
    set.append(make('label', {}, radio, ` ${text}`));
  });
  return set;
}

function select(
  name: string,
  label: MessageKey,
  options: readonly (readonly [string, string])[],
  shownFor: string,
): HTMLElement {
  const list = make('select', { name });
  for (const [value, text] of options) list.append(make('option', { value }, text));
  return make('label', { 'data-for': shownFor }, make('span', {}, translate(label)), list);
}

/** The form opens with the picture instead of the frame. */
export function choosePicture(form: HTMLFormElement): void {
  for (const radio of form.querySelectorAll<HTMLInputElement>('input[name="form"]')) {
    radio.checked = radio.value === ('picture' satisfies Form);
    radio.autofocus = radio.checked;
  }
}

export function readForm(form: HTMLFormElement, subject: ShareSubject): Settings {
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
      language: language === '' || language === subject.languages[0] ? null : language,
      controls: data.has('controls'),
    },
    width: text('width') === '' ? null : Number(text('width')),
    note: text('note').trim(),
    shape: SHAPES.find((one) => one === text('shape')) ?? 'wide',
  };
}
