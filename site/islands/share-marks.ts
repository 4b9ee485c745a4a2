/** The reader's own notes with arrows, in the share dialog: added, moved by pointer or keys, taken away again. */
import { translate } from '../i18n/translate.ts';
import { findDrawing, movePlace, placeAt, startPlace } from '../render/own-marks.ts';
import { PICTURE_SHAPES, type PictureShape } from '../render/picture.ts';
import type { Drawing } from '../render/svg-string.ts';
import {
  cleanNote,
  MOST_NOTES,
  NOTE_LENGTH,
  type OwnMark,
  type OwnPlace,
} from '../state/notes-link.ts';
import { make } from './element.ts';

/** The picture that is shown, in which a pointer can say where. */
export interface ShownPicture {
  readonly svg: string;
  readonly shape: PictureShape;
  readonly drawings: readonly Drawing[];
}

export interface OwnMarks {
  readonly field: HTMLElement;
  /** Those with words. */
  list(): readonly OwnMark[];
  /** From now on the pointer means this picture. */
  show(picture: ShownPicture | null): void;
  /** Adds those of a link. */
  put(marks: readonly OwnMark[]): void;
}

interface Entry {
  readonly item: HTMLElement;
  readonly words: HTMLInputElement;
  at: OwnPlace;
}

const ARROWS: Readonly<Record<string, readonly [dx: number, dy: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** `changed` is called after each change; `preview` holds the picture. */
export function createOwnMarks(preview: HTMLElement, changed: () => void): OwnMarks {
  const entries: Entry[] = [];
  let current: Entry | null = null;
  let picture: ShownPicture | null = null;
  const found = () => (picture === null ? null : findDrawing(picture.svg, picture.drawings));

  const list = make('ul', { class: 'share-marks' });
  const add = make('button', { type: 'button', 'data-action': 'mark' }, translate('share.own.add'));
  const field = make(
    'fieldset',
    { class: 'share-own', 'data-for': 'picture' },
    make('legend', {}, translate('share.own.title')),
    make('p', { class: 'share-note' }, translate('share.own.help')),
    list,
    add,
  );

  const remove = (entry: Entry): void => {
    entries.splice(entries.indexOf(entry), 1);
    entry.item.remove();
    current = entries.at(-1) ?? null;
    add.disabled = false;
    (current?.words ?? add).focus();
    changed();
  };

  const put = ({ text, at }: OwnMark): HTMLInputElement => {
    const words = make('input', {
      type: 'text',
      maxlength: String(NOTE_LENGTH),
      autocomplete: 'off',
      'aria-label': translate('share.own.words'),
    });
    words.value = text;
    const move = make('button', { type: 'button', 'data-action': 'move' });
    move.textContent = translate('share.own.move');
    const away = make('button', { type: 'button', 'data-action': 'remove' });
    away.textContent = translate('share.own.remove');
    const entry: Entry = {
      item: make('li', {}, words, move, away),
      words,
      at,
    };
    entry.item.addEventListener('focusin', () => {
      current = entry;
    });
    move.addEventListener('keydown', (event) => {
      const step = ARROWS[event.key];
      const shown = found();
      if (step === undefined || shown === null) return;
      event.preventDefault();
      entry.at = movePlace(shown.drawing, entry.at, ...step);
      changed();
    });
    away.addEventListener('click', () => remove(entry));
    entries.push(entry);
    current = entry;
    add.disabled = entries.length >= MOST_NOTES;
    list.append(entry.item);
    return words;
  };

  add.addEventListener('click', () => {
    const drawing = found()?.drawing ?? picture?.drawings[0];
    if (drawing === undefined) return;
    const words = put({ text: translate('share.own.first'), at: startPlace(drawing) });
    words.focus();
    words.select();
    changed();
  });

  const point = (event: PointerEvent): void => {
    const image = preview.querySelector('img');
    const shown = found();
    if (current === null || picture === null || shown === null || image === null) return;
    const frame = image.getBoundingClientRect();
    const { width, height } = PICTURE_SHAPES[picture.shape];
    const { box, drawing } = shown;
    const at = (given: number, start: number, size: number, whole: number): number =>
      ((given - start) / size) * whole;
    const x = (at(event.clientX, frame.left, frame.width, width) - box.x) / box.width;
    const y = (at(event.clientY, frame.top, frame.height, height) - box.y) / box.height;
    if (x < 0 || x > 1 || y < 0 || y > 1) return;
    event.preventDefault();
    current.at = placeAt(drawing, x * drawing.width, y * drawing.height);
    changed();
  };
  preview.addEventListener('pointerdown', point);
  preview.addEventListener('pointermove', (event) => {
    if (event.buttons === 1) point(event);
  });

  return {
    field,
    list: () =>
      entries.flatMap(({ words, at }) => {
        const text = cleanNote(words.value);
        return text === '' ? [] : [{ text, at }];
      }),
    show: (next) => {
      picture = next;
    },
    put: (marks) => marks.forEach(put),
  };
}
