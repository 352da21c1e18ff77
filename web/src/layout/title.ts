import { computed } from '@preact/signals';
import { say } from '../language/say';
import { saidClocks } from '../moment/said-clocks';
import { moment } from '../routing/router';
import { currentView, isShowingPast } from './current';
import { subject } from './subject';

export const PROGRAM = '明鉴 Mingjian';

/** The title of the browser's tab. What tells tabs apart is first: a tab has room for a few words. */
export const title = computed(() => {
  const view = currentView.value;
  const { known, effective } = saidClocks(moment.value);
  return [
    subject.value,
    view === undefined ? '' : say(view.title),
    ...(isShowingPast.value ? [known, effective] : []),
    PROGRAM,
  ]
    .filter((part) => part !== '')
    .join(' · ');
});
