import { line } from 'd3-shape';
import { Point } from '../../../src/charts/chart';

const path = line<Point>().digits(2);

/** A line through points, as SVG writes it. */
export const linePath = (points: readonly Point[]): string => path(points) ?? '';
