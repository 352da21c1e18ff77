import { computed } from '@preact/signals';
import { isNow } from '../moment/moment';
import { moment, place } from '../routing/router';
import { VIEWS } from '../views';

/** The view that the address names; undefined: there is none of that name. */
export const currentView = computed(() => VIEWS.find(({ name }) => name === place.value.view));

/** Whether the clocks choose what is shown. */
export const followsClocks = computed(() => currentView.value?.isAlwaysNow !== true);

/** Whether what is shown is the state of another moment than now. */
export const isShowingPast = computed(() => followsClocks.value && !isNow(moment.value));
