import { CITY } from './city';
import { CLOCKS } from './clocks';
import { DEPARTMENT } from './department';
import { DIFFERENCE } from './difference';
import { HISTORY } from './history';
import { View } from './view';

/** All views, in the order of the navigation. A new view needs a folder and a line here. */
export const VIEWS: readonly View[] = [CITY, DEPARTMENT, DIFFERENCE, HISTORY, CLOCKS];

/** What the page shows first. */
export const FIRST_VIEW = CITY;
