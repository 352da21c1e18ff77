import { signal } from '@preact/signals';

/** While the slider is dragged, only a moment at which the pointer rests is asked for. */
export const isDragging = signal(false);
