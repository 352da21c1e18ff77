import { useEffect, useRef } from 'preact/hooks';
import { say } from '../language/say';
import { momentKey } from '../moment/moment';
import { moment } from '../routing/router';
import { clicked, Clicked } from './clicked';
import { Origin } from './origin';
import './blame-panel.css';

/** Where the clicked figure comes from, beside the view. Escape closes it and returns to the figure in the view. */
export function BlamePanel() {
  const figure = clicked.value;
  const panel = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const opener = useRef<Element | null>(null);
  useEffect(() => {
    if (figure === undefined) return undefined;
    if (panel.current?.contains(document.activeElement) === false) opener.current = document.activeElement;
    heading.current?.focus();
    const onKey = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') close();
    };
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
    };
  }, [figure]);
  if (figure === undefined) return null;

  function close(): void {
    clicked.value = undefined;
    // A figure of a map is drawn as SVG.
    if (opener.current instanceof HTMLElement || opener.current instanceof SVGElement) opener.current.focus();
  }

  return (
    <aside class="blame" aria-labelledby="blame-title" ref={panel}>
      <header>
        <h2 id="blame-title" ref={heading} tabIndex={-1}>
          {figure.label}
        </h2>
        <button type="button" class="plain" onClick={close} aria-label={say(TEXTS.close)}>
          ✕
        </button>
      </header>
      <p class="blame-figure">
        {!isOfShownMoment(figure) && <span class="quiet">{say(TEXTS.before)} </span>}
        {figure.text}
      </p>
      {/* The answers about one figure are never shown as those about the next. */}
      <Origin key={JSON.stringify(figure.source)} source={figure.source} />
    </aside>
  );
}

/** Whether the figure, as it was clicked, is that of the moment that is shown now. */
const isOfShownMoment = ({ source, shownAt }: Clicked): boolean =>
  source.kind === 'change' ||
  (source.kind === 'field' && source.at !== undefined) ||
  shownAt === momentKey(moment.value);

const TEXTS = {
  close: { zh: '关闭', en: 'Close' },
  before: { zh: '点击时', en: 'When it was clicked' },
};
