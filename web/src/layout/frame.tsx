import { useSignalEffect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { isReachable, refreshes } from '../api/connection';
import { BlamePanel } from '../blame/blame-panel';
import { clicked } from '../blame/clicked';
import { say } from '../language/say';
import { MomentBar } from '../moment/moment-bar';
import { PresentBar } from '../moment/present-bar';
import { Slider } from '../moment/slider/slider';
import { readTimeline } from '../moment/timeline';
import { moment, place } from '../routing/router';
import { isDemo } from '../session/ledger';
import { token } from '../session/token';
import { Header } from './header';
import { followsClocks, isShowingPast } from './current';
import { CurrentView } from './current-view';
import { Guarded } from './guarded';
import { PROGRAM, title } from './title';
import './frame.css';

/** What is around every view. A coloured frame says that another moment than now is shown. */
export function Frame() {
  useEffect(() => void readTimeline(), [refreshes.value, token.value]);
  useSignalEffect(() => {
    document.title = title.value;
    return () => {
      document.title = PROGRAM;
    };
  });
  const at = JSON.stringify([place.value, moment.value]);
  return (
    <div class={isShowingPast.value ? 'frame is-past' : 'frame'}>
      <a class="skip" href="#main">
        {say(TEXTS.skip)}
      </a>
      <header>
        <Header />
        {isDemo.value && <p class="notice">{say(TEXTS.demo)}</p>}
      </header>
      <section class="clocks" aria-label={say(TEXTS.clocks)}>
        {!isReachable.value && (
          <p class="notice bad" role="alert">
            {say(TEXTS.unreachable)}
          </p>
        )}
        <Guarded shown={at}>
          {followsClocks.value ? <MomentBar /> : <PresentBar />}
          {followsClocks.value && <Slider />}
        </Guarded>
      </section>
      <main id="main" tabIndex={-1}>
        <Guarded shown={at}>
          <CurrentView />
        </Guarded>
      </main>
      <Guarded shown={JSON.stringify([clicked.value, moment.value])}>
        <BlamePanel />
      </Guarded>
    </div>
  );
}

const TEXTS = {
  clocks: { zh: '两个时钟', en: 'The two clocks' },
  skip: { zh: '跳到内容', en: 'Skip to content' },
  unreachable: {
    zh: '无法连接服务器。画面保持不变，恢复后会自动更新。',
    en: 'The server cannot be reached. What you see stays; it is asked again when the server is back.',
  },
  demo: {
    zh: '演示账本：合计为真实报告数字，日期和步骤为示意。',
    en: 'Demo ledger: the totals are those of a real report; dates and steps are illustrative.',
  },
};
