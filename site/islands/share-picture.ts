/** Pictures that a reader takes away, made on the reader’s own device from the drawing in the page. */
import type { EmbedTheme } from '../export/embed-code.ts';
import {
  PICTURE_SHAPES,
  writePicture,
  type PictureShape,
  type PictureWords,
} from '../render/picture.ts';
import type { Drawing } from '../render/svg-string.ts';
import { pictureLook } from '../embed/look.ts';

/** What a picture is made of. */
export interface PictureParts {
  readonly words: PictureWords;
  readonly drawings: readonly Drawing[];
}

/** A picture has one theme: that of the reader when none is chosen. */
export function writeOwnPicture(
  { words, drawings }: PictureParts,
  shape: PictureShape,
  theme: EmbedTheme,
): string {
  return writePicture(words, drawings, shape, pictureLook(theme === 'dark' ? 'dark' : 'light'));
}

/** Draws SVG text on a canvas. Rejects where the browser refuses, with words for the reader. */
export async function toPng(svg: string, shape: PictureShape): Promise<Blob> {
  const { width, height } = PICTURE_SHAPES[shape];
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image(width, height);
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('This browser draws no canvas.');
    context.drawImage(image, 0, 0, width, height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => {
        if (blob === null) reject(new Error('The canvas gave no picture.'));
        else resolve(blob);
      }, 'image/png');
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}
