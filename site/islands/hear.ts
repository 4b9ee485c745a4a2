/** Hear a chart over time: one tone for each row of its table. Nothing sounds, and no audio is opened, before a reader asks. */
import { translate } from '../i18n/translate.ts';
import { openTargets } from '../interact/reachable.ts';
import { toTones, type Tone } from '../view/tones.ts';
import { element } from './element.ts';
import { shownOrSay } from './shown-figure.ts';

/** Seconds: a tone at most, all of them at most, and how long one takes to fade so that it does not click. */
const LONGEST = 0.2;
const WHOLE = 15;
const FADE = 0.02;
const VOLUME = 0.2;

let stopPlaying: (() => void) | null = null;

/** Puts the button into *How to read this*, where the rows of the figure are periods. */
export async function offerHearing(details: HTMLElement, figure: HTMLElement): Promise<void> {
  if (details.querySelector('[data-action="hear"]') !== null) return;
  const said = element('span', '');
  said.setAttribute('role', 'status');
  const shown = await shownOrSay(figure, (text) => (said.textContent = text));
  if (shown === null || toTones(shown.view.table) === null) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.dataset['action'] = 'hear';
  button.textContent = translate('hear.play');
  const place = document.createElement('p');
  place.append(button, ' ', said);
  details.append(place);
  const listen = async (): Promise<void> => {
    const now = await shownOrSay(figure, (text) => (said.textContent = text));
    const heard = now === null ? null : toTones(now.view.table);
    if (heard === null) return;
    said.textContent = translate('hear.said', { what: heard.label, most: heard.most });
    button.textContent = translate('hear.stop');
    button.dataset['playing'] = '';
    play(figure, heard.tones, () => {
      button.textContent = translate('hear.play');
      delete button.dataset['playing'];
    });
  };
  button.addEventListener('click', () => {
    if (button.dataset['playing'] === undefined) void listen();
    else stopPlaying?.();
  });
  details.addEventListener('toggle', () => stopPlaying?.());
}

function play(figure: HTMLElement, tones: readonly Tone[], ended: () => void): void {
  stopPlaying?.();
  const audio = new AudioContext();
  const voice = audio.createOscillator();
  const volume = audio.createGain();
  volume.gain.value = 0;
  voice.connect(volume).connect(audio.destination);
  const step = Math.min(LONGEST, WHOLE / tones.length);
  const begin = audio.currentTime + FADE;
  for (const [index, { pitch }] of tones.entries()) {
    const at = begin + index * step;
    if (pitch === null) continue;
    voice.frequency.setValueAtTime(pitch, at);
    volume.gain.setTargetAtTime(VOLUME, at, FADE / 4);
    volume.gain.setTargetAtTime(0, at + step - FADE, FADE / 4);
  }
  let frame = 0;
  const stop = (): void => {
    stopPlaying = null;
    cancelAnimationFrame(frame);
    document.removeEventListener('keydown', onKey);
    document.removeEventListener('visibilitychange', stop);
    markPeriod(figure, null);
    void audio.close();
    ended();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') stop();
  };
  const follow = (): void => {
    const tone = tones[Math.floor((audio.currentTime - begin) / step)];
    markPeriod(figure, tone?.key ?? null);
    frame = requestAnimationFrame(follow);
  };
  document.addEventListener('keydown', onKey);
  document.addEventListener('visibilitychange', stop);
  voice.addEventListener('ended', () => {
    if (stopPlaying === stop) stop();
  });
  stopPlaying = stop;
  voice.start(begin);
  voice.stop(begin + tones.length * step);
  follow();
}

/** The mark that sounds, in both drawings. */
function markPeriod(figure: HTMLElement, period: string | null): void {
  openTargets(figure);
  for (const mark of figure.querySelectorAll('.drawing [data-period].read'))
    if (mark.getAttribute('data-period') !== period) mark.classList.remove('read');
  if (period !== null)
    for (const mark of figure.querySelectorAll(`.drawing [data-period="${CSS.escape(period)}"]`))
      mark.classList.add('read');
}
