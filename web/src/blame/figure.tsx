import { say } from '../language/say';
import { formatYuan, percentText, UNIT_TEXTS } from '../language/money';
import { unit } from '../preferences/preferences';
import { clicked, openOrigin } from './clicked';
import { FigureSource } from './figure-source';
import './figure.css';

interface Props {
  /** What the figure is, such as "revised budget of 441300-DSJ". */
  readonly label: string;
  readonly text: string;
  readonly source: FigureSource;
  /** What a pointer shows, such as the exact amount in yuan. */
  readonly title?: string;
}

/** A figure that opens its origin. Every figure on the page is one. */
export function Figure({ label, text, source, title }: Props) {
  const isOpen = clicked.value?.source === source;
  return (
    <button
      type="button"
      class="figure"
      title={title}
      aria-expanded={isOpen}
      aria-label={`${label}: ${text}`}
      onClick={() => {
        openOrigin({ source, label, text });
      }}
    >
      {text}
    </button>
  );
}

/** An exact amount in yuan, in the unit that the person has chosen. */
export function Amount({ yuan, ...others }: Omit<Props, 'text' | 'title'> & { readonly yuan: string }) {
  return (
    <Figure
      {...others}
      text={formatYuan(yuan, unit.value)}
      title={`${formatYuan(yuan, 'YUAN')} ${say(UNIT_TEXTS.YUAN)}`}
    />
  );
}

export const Percent = ({ rate, ...others }: Omit<Props, 'text' | 'title'> & { readonly rate: string | null }) => (
  <Figure {...others} text={percentText(rate)} />
);
