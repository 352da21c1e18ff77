import { useSnapshot } from '../api/questions';
import { ResolvedMomentDocument } from '../generated/documents';
import { isDay } from '../language/dates';
import { say } from '../language/say';
import { moment, showMoment } from '../routing/router';
import { showDay, showTime, today } from '../session/ledger';
import { CopyLink } from './copy-link';
import { isNow, Moment, NOW } from './moment';
import { changesAfter, recordedAtOf } from './timeline';
import { momentWords } from './words';
import './moment-bar.css';

/** The two clocks in words, always on screen, with what sets them. */
export function MomentBar() {
  const at = moment.value;
  const words = momentWords({ known: knownText(at), effective: at.effectiveAt && timeOrDay(at.effectiveAt) });
  return (
    <section class="moment" aria-label={say(TEXTS.clocks)}>
      <p class="moment-words" role="status">
        <strong>{say(words.known)}</strong> · <strong>{say(words.effective)}</strong>
      </p>
      {at.position !== undefined && <Pinned at={at} />}
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
            value={at.effectiveAt?.slice(0, 10) ?? ''}
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
    </section>
  );
}

/** A link with a position gives the same figures for ever, and says so. */
function Pinned({ at }: { readonly at: Moment }) {
  const { data } = useSnapshot(ResolvedMomentDocument, {});
  const after = changesAfter(at.position);
  return (
    <p class="pinned">
      {say(TEXTS.pinned)} <code>{data?.asOf?.position ?? at.position}</code>
      {after !== undefined && after > 0 && <> · {say(TEXTS.since(after))}</>}
    </p>
  );
}

function knownText({ position, knownAt }: Moment): string | undefined {
  if (position === undefined) return knownAt && timeOrDay(knownAt);
  const recordedAt = recordedAtOf(position);
  return recordedAt === undefined ? say(TEXTS.change(position)) : showTime(recordedAt);
}

const timeOrDay = (text: string): string => (isDay(text) ? showDay(text) : showTime(text));

const knownDay = ({ knownAt }: Moment): string => knownAt?.slice(0, 10) ?? '';

const TEXTS = {
  clocks: { zh: '两个时钟', en: 'The two clocks' },
  known: { zh: '所知截至', en: 'Known up to' },
  effective: { zh: '生效截至', en: 'In effect up to' },
  now: { zh: '回到现在', en: 'Now' },
  pinned: {
    zh: '此链接固定在账本的一个位置，任何时候打开数字都相同：',
    en: 'This link is pinned to a place in the ledger. Whenever it is opened, its figures are the same:',
  },
  since: (changes: number) => ({
    zh: `此后又记录了 ${changes} 项变更`,
    en: `${changes} changes have been recorded since`,
  }),
  change: (position: string) => ({ zh: `位置 ${position}`, en: `position ${position}` }),
};
