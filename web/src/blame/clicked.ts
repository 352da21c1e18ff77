import { signal } from '@preact/signals';
import { ClickedFigure } from './figure-source';

/** The figure whose origin is shown beside the view; undefined: none. */
export const clicked = signal<ClickedFigure | undefined>(undefined);
