import { CITY } from './city';
import { View } from './view';

/** All views, in the order of the navigation. A new view needs a folder and a line here. */
export const VIEWS: readonly View[] = [CITY];

/** What the page shows first. */
export const FIRST_VIEW = CITY;
