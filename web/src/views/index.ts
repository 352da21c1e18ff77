import { CITY } from './city';
import { CLOCKS } from './clocks';
import { DEPARTMENT } from './department';
import { DIFFERENCE } from './difference';
import { EVIDENCE } from './evidence';
import { FEED } from './feed';
import { HISTORY } from './history';
import { LATE } from './late';
import { PROPOSALS } from './proposals';
import { READS } from './reads';
import { RECORD } from './record';
import { SEARCH } from './search';
import { View } from './view';

/** All views, in the order of the navigation. A new view needs a folder and a line here. */
export const VIEWS: readonly View[] = [
  CITY,
  DEPARTMENT,
  DIFFERENCE,
  HISTORY,
  CLOCKS,
  FEED,
  SEARCH,
  LATE,
  PROPOSALS,
  READS,
  EVIDENCE,
  RECORD,
];

/** What the page shows first. */
export const FIRST_VIEW = CITY;
