/** Fills *Cite* of a figure each time it is opened, so that it follows what is displayed. */
import {
  fullCitation,
  shortCitation,
  writeBibtex,
  writeCsl,
  writeRis,
  type Citable,
} from '../export/citation.ts';
import { translate } from '../i18n/translate.ts';
import { element } from './element.ts';
import { aboutFigure, fileStem } from './figure-about.ts';
import { shownOrSay } from './shown-figure.ts';

const CITATIONS: readonly {
  readonly form: 'short' | 'full' | 'bibtex' | 'ris' | 'csl';
  readonly extension: string | null;
  readonly write: (cited: Citable) => string;
}[] = [
  { form: 'short', extension: null, write: shortCitation },
  { form: 'full', extension: null, write: fullCitation },
  { form: 'bibtex', extension: 'bib', write: writeBibtex },
  { form: 'ris', extension: 'ris', write: writeRis },
  { form: 'csl', extension: 'json', write: writeCsl },
];

/** Fills the opened panel. */
export async function fillCite(details: HTMLDetailsElement, figure: HTMLElement): Promise<void> {
  const place = details.querySelector<HTMLElement>('[data-part="citations"]');
  const link = details.querySelector<HTMLAnchorElement>('[data-part="permalink"]');
  if (place === null) return;
  const shown = await shownOrSay(figure, (text) => place.replaceChildren(element('p', text)));
  if (shown === null) return;
  const { cited } = aboutFigure(figure.id, shown);
  const stem = fileStem(figure.id, '', shown);
  // The list below says it again, whole and with a button.
  link?.closest('p')?.setAttribute('hidden', '');
  const said = element('span', '');
  said.setAttribute('role', 'status');
  const list = document.createElement('ul');
  list.className = 'take-citations';
  list.append(
    citeItem(translate('cite.permalink'), 'permalink', cited.url, null, said, stem),
    ...CITATIONS.map(({ form, extension, write }) =>
      citeItem(translate(`cite.form.${form}`), form, write(cited), extension, said, stem),
    ),
  );
  for (const old of place.querySelectorAll('a')) URL.revokeObjectURL(old.href);
  place.replaceChildren(list, said);
}

function citeItem(
  label: string,
  form: string,
  text: string,
  extension: string | null,
  said: HTMLElement,
  stem: string,
): HTMLLIElement {
  const item = document.createElement('li');
  const copy = document.createElement('button');
  copy.type = 'button';
  copy.textContent = translate('cite.copy');
  copy.setAttribute(
    'aria-label',
    translate('phrase.named', { name: translate('cite.copy'), text: label }),
  );
  copy.addEventListener('click', () => {
    navigator.clipboard.writeText(text).then(
      () => (said.textContent = translate('cite.copied', { what: label })),
      () => (said.textContent = translate('explore.copy_failed')),
    );
  });
  const body = element(extension === null ? 'p' : 'pre', text.trimEnd());
  body.dataset['citation'] = form;
  if (extension === null) {
    item.append(element('strong', label), ' ', copy, body);
    return item;
  }
  body.tabIndex = 0;
  const fold = document.createElement('details');
  const file = document.createElement('a');
  file.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  file.download = `${stem}.${extension}`;
  file.textContent = `.${extension}`;
  fold.append(element('summary', label), body);
  item.append(fold, copy, ' ', file);
  return item;
}
