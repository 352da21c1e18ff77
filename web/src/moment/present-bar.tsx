import { say } from '../language/say';
import { momentWords } from './words';
import './moment-bar.css';

/** The two clocks of a view that always shows the present. */
export function PresentBar() {
  const words = momentWords({ known: undefined, effective: undefined });
  return (
    <div class="moment">
      <div class="moment-says">
        <p class="moment-words" role="status">
          <strong>{say(words.known)}</strong> · <strong>{say(words.effective)}</strong>
        </p>
        <p class="moment-more">{say(TEXTS.always)}</p>
      </div>
    </div>
  );
}

const TEXTS = { always: { zh: '本页始终显示现在', en: 'This view always shows the present' } };
