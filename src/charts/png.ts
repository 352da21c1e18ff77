import { encode } from 'fast-png';
import { Chart } from './chart';
import { drawn } from './pixels';

/** Pixels for one unit of a chart: enough for print. */
const SCALE = 2;

/** The picture of the chart, which has no letters. */
export const pngOf = (chart: Chart): Uint8Array => encode({ ...drawn(chart, SCALE), channels: 3, depth: 8 });
