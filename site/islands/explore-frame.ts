/** The script of `/explore/frame/`: offers to draw what the address asks for, with its price; says why when it may not. */
import './page-language.ts';
import { totalBytes } from '../catalog/files.ts';
import { writeEmbedPage } from '../export/embed-page.ts';
import { formatBytes } from '../i18n/bytes.ts';
import { translate } from '../i18n/translate.ts';
import { parseState } from '../state/state.ts';
import { answerQuestion, describeData } from './engine-loader.ts';
import { loadShapes } from './map-shapes.ts';
import { exploreLink, exportExplored } from './explore-export.ts';
import { askFigure } from '../figures/ask-figure.ts';
import { explore } from '../figures/explore/figure.ts';
import { planExplore } from '../figures/explore/plan.ts';
import { openStatus } from './status.ts';

const place = document.querySelector<HTMLElement>('#frame');
if (place !== null) void startFrame(place);

async function startFrame(root: HTMLElement): Promise<void> {
  const status = openStatus(root);
  const answer = root.querySelector<HTMLElement>('[data-part="answer"]');
  const { state, notices } = parseState(dropOwn(location.search));
  if (answer === null) return;
  const open = document.createElement('a');
  open.href = exploreLink(state, 'explore/');
  open.target = '_blank';
  open.rel = 'noopener';
  open.textContent = translate('frame.open');
  status.showNotices(notices);
  // A sandbox without allow-same-origin makes the origin opaque; there `new Worker` throws.
  if (self.origin === 'null' || typeof Worker === 'undefined') {
    status.showResult(translate('frame.forbidden'));
    answer.replaceChildren(open);
    return;
  }
  try {
    const manifest = await describeData();
    const plan = planExplore(manifest, state);
    const bytes = totalBytes([...plan.files.values()].flat());
    status.showNotices([...notices, ...plan.notices]);
    status.showResult(
      translate('frame.offer', {
        engine: root.dataset['engineSize'] ?? '',
        bytes: formatBytes(bytes),
      }),
    );
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = translate('frame.draw');
    const draw = async (): Promise<void> => {
      button.disabled = true;
      status.showWorking();
      if (plan.question.onMap) await loadShapes();
      const { signal } = new AbortController();
      const made = await askFigure(
        async (query) => answerQuestion(query, plan.files, status.progressUntil(signal), signal),
        explore,
        plan.request,
      );
      if (made === null) throw new Error('The chart builder answers every state.');
      const exported = await exportExplored(made.view, manifest);
      const permalink = exploreLink({ ...state, release: exported.release }, 'explore/');
      // The same writer as for files; of its page only the figure is wanted here.
      const text = writeEmbedPage(exported, { kind: 'file', css: '', theme: 'auto', permalink });
      const figure = new DOMParser().parseFromString(text, 'text/html').querySelector('figure');
      if (figure === null) throw new Error('The embed has no figure.');
      figure.querySelector('[data-part="file"]')?.remove();
      status.showResult('');
      status.showNotices([...notices, ...plan.notices, ...made.view.notices]);
      // The finding is the heading now.
      root.querySelector('h1')?.remove();
      answer.replaceChildren(document.importNode(figure, true));
    };
    const begin = (): void => {
      draw().catch((error: unknown) => {
        button.disabled = false;
        status.showFailure(error, begin);
      });
    };
    button.addEventListener('click', begin);
    answer.replaceChildren(button, ' ', open);
  } catch (error) {
    status.showFailure(error, () => location.reload());
    answer.replaceChildren(open);
  }
}

/** Theme, language and controls are read by the script that all embeds share. */
function dropOwn(search: string): string {
  const kept = search
    .replace(/^\?/, '')
    .split('&')
    .filter((part) => part !== '' && !/^(?:theme|lang|controls)=/.test(part));
  return kept.length === 0 ? '' : `?${kept.join('&')}`;
}
