import { isDay } from '../language/dates';
import { say } from '../language/say';
import { moment, showMoment } from '../routing/router';
import { dayOfLedger, showDay, showTime, today } from '../session/ledger';
import { CopyLink } from './copy-link';
import { isFixed, isNow, Moment, NOW } from './moment';
import { changesAfter, isTimelineComplete, isTimelineWhole, recordedAtOf, timeline } from './timeline';
import { momentWords } from './words';
import './moment-bar.css';

/** The two clocks in words, always on screen, with what sets them. */
export function MomentBar() {
  const at = moment.value;
  const words = momentWords({ known: knownText(at), effective: at.effectiveAt && timeOrDay(at.effectiveAt) });
  return (
    <div class="moment">
      <div class="moment-says">
        <p class="moment-words" role="status">
          <strong>{say(words.known)}</strong> · <strong>{say(words.effective)}</strong>
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

function knownText({ position, knownAt }: Moment): string | undefined {
  if (position === undefined) return knownAt && timeOrDay(knownAt);
  const recordedAt = recordedAtOf(position);
  return recordedAt === undefined ? say(TEXTS.change(position)) : showTime(recordedAt);
}

const timeOrDay = (text: string): string => (isDay(text) ? showDay(text) : showTime(text));

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
  change: (position: string) => ({ zh: `位置 ${position}`, en: `position ${position}` }),
};
