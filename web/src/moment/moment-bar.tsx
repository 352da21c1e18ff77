import { isDay } from '../language/dates';
import { say } from '../language/say';
import { moment, showMoment } from '../routing/router';
import { dayOfLedger, today } from '../session/ledger';
import { CopyLink } from './copy-link';
import { isFixed, isNow, Moment, NOW } from './moment';
import { saidClocks } from './said-clocks';
import { changesAfter, isTimelineComplete, isTimelineWhole, timeline } from './timeline';
import './moment-bar.css';

/** The two clocks in words, always on screen, with what sets them. */
export function MomentBar() {
  const at = moment.value;
  const { known, effective } = saidClocks(at);
  return (
    <div class="moment">
      <div class="moment-says">
        <p class="moment-words" role="status">
          <strong>{known}</strong> · <strong>{effective}</strong>
        </p>
        <p class="moment-more">{more(at)}</p>
      </div>
      <div class="moment-controls">
        <label class="choice">
          {say(TEXTS.known)}
          <input
            type="date"
            max={today()}
            value={knownDay(at)}
            onChange={({ currentTarget: { value } }) => {
              showMoment({ effectiveAt: at.effectiveAt, knownAt: value === '' ? undefined : value });
            }}
          />
        </label>
        <label class="choice">
          {say(TEXTS.effective)}
          <input
            type="date"
            value={at.effectiveAt === undefined ? '' : dayIn(at.effectiveAt)}
            onChange={({ currentTarget: { value } }) => {
              showMoment({ ...at, effectiveAt: value === '' ? undefined : value });
            }}
          />
        </label>
        <button
          type="button"
          disabled={isNow(at)}
          onClick={() => {
            showMoment(NOW);
          }}
        >
          {say(TEXTS.now)}
        </button>
        <CopyLink />
      </div>
    </div>
  );
}

/** What is on record besides. What is shown at a moment of the past is the same for ever, and the page says so. */
function more(at: Moment): string {
  const known = timeline.value.length;
  if (!isFixed(at, today())) {
    if (!isTimelineComplete.value) return '';
    return say(isTimelineWhole.value ? TEXTS.onRecord(known) : TEXTS.newest(known));
  }
  const after = at.position === undefined ? undefined : changesAfter(at.position);
  const since = after === undefined || after === 0 ? '' : ` · ${say(TEXTS.since(after))}`;
  return `${say(TEXTS.fixed)}${since}`;
}

const knownDay = ({ knownAt }: Moment): string => (knownAt === undefined ? '' : dayIn(knownAt));

/** The day for a date field: that of the ledger, if it is an instant. */
const dayIn = (text: string): string => (isDay(text) ? text : dayOfLedger(text));

const TEXTS = {
  known: { zh: '所知截至', en: 'Known up to' },
  effective: { zh: '生效截至', en: 'In effect up to' },
  now: { zh: '回到现在', en: 'Now' },
  fixed: { zh: '固定时点：这些数字不会再变', en: 'A fixed moment: these figures never change' },
  onRecord: (changes: number) => ({ zh: `已记录 ${changes} 项变更`, en: `${changes} changes on record` }),
  newest: (changes: number) => ({
    zh: `滑块上有最新的 ${changes} 项变更`,
    en: `the newest ${changes} changes are on the slider`,
  }),
  since: (changes: number) => ({
    zh: `此后又记录了 ${changes} 项变更`,
    en: `${changes} changes have been recorded since`,
  }),
};
