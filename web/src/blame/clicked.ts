import { computed, signal } from '@preact/signals';
import { momentKey } from '../moment/moment';
import { moment, place } from '../routing/router';
import { viewer } from '../session/viewer';
import { ClickedFigure } from './figure-source';

export interface Clicked extends ClickedFigure {
  /** The moment that was shown. */
  readonly shownAt: string;
}

/** The figure whose origin is shown beside the view; undefined: none. */
export const clicked = signal<Clicked | undefined>(undefined);

/** Shows where a figure comes from. */
export function openOrigin(figure: ClickedFigure): void {
  clicked.value = { ...figure, shownAt: momentKey(moment.peek()) };
}

/** Nothing of one person stays on the screen of the next, and nothing of one place covers another. */
const whereAndWho = computed(() => JSON.stringify([viewer.value?.sub, place.value.view, place.value.parts]));
whereAndWho.subscribe(() => {
  clicked.value = undefined;
});
