import { say } from '../language/say';
import { NOW } from './moment';
import { saidClocks } from './said-clocks';
import './moment-bar.css';

/** The two clocks of a view that always shows the present. */
export function PresentBar() {
  const { known, effective } = saidClocks(NOW);
  return (
    <div class="moment">
      <div class="moment-says">
        <p class="moment-words" role="status">
          <strong>{known}</strong> · <strong>{effective}</strong>
        </p>
        <p class="moment-more">{say(TEXTS.always)}</p>
      </div>
    </div>
  );
}

const TEXTS = { always: { zh: '本页始终显示现在', en: 'This view always shows the present' } };
