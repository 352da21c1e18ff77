import { Bar, Chart, Colour, Mark, Path, Point } from './chart';

/** A picture as rows of red, green and blue bytes. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Draws the marks of a chart on white, each of its units as `scale` pixels. It uses only exact arithmetic, so it is the same everywhere. */
export function drawn({ width, height, marks }: Pick<Chart, 'width' | 'height' | 'marks'>, scale: number): Pixels {
  const pixels = {
    width: width * scale,
    height: height * scale,
    data: new Uint8Array(width * height * scale ** 2 * 3),
  };
  pixels.data.fill(255);
  for (const mark of marks) draw(pixels, mark, scale);
  return pixels;
}

function draw(pixels: Pixels, mark: Mark, scale: number): void {
  if (mark.kind === 'bar') drawBar(pixels, mark, scale);
  else drawPath(pixels, mark, scale);
}

function drawBar(pixels: Pixels, { x, y, width, height, colour }: Bar, scale: number): void {
  const [left, right] = [Math.round(x * scale), Math.round((x + width) * scale)];
  const [top, bottom] = [Math.round(y * scale), Math.round((y + height) * scale)];
  const ink = inkOf(colour);
  for (let row = top; row < bottom; row++)
    for (let column = left; column < right; column++) blend(pixels, column, row, ink, 1);
}

function drawPath(pixels: Pixels, { points, thickness, colour }: Path, scale: number): void {
  const ink = inkOf(colour);
  const scaled = points.map(([x, y]): Point => [x * scale, y * scale]);
  for (const [index, to] of scaled.entries()) {
    const from = scaled[index - 1];
    if (from !== undefined) drawSegment(pixels, from, to, (thickness * scale) / 2, ink);
  }
}

/** A pixel takes as much of the colour as its centre is near the line. */
function drawSegment(pixels: Pixels, from: Point, to: Point, half: number, ink: Ink): void {
  const reach = half + 1;
  const [left, right] = [Math.min(from[0], to[0]) - reach, Math.max(from[0], to[0]) + reach];
  const [top, bottom] = [Math.min(from[1], to[1]) - reach, Math.max(from[1], to[1]) + reach];
  for (let row = Math.floor(top); row <= bottom; row++) {
    for (let column = Math.floor(left); column <= right; column++) {
      const cover = half + 0.5 - distance([column + 0.5, row + 0.5], from, to);
      if (cover > 0) blend(pixels, column, row, ink, Math.min(1, cover));
    }
  }
}

/** From a point to the nearest point of a segment. */
function distance([x, y]: Point, [fromX, fromY]: Point, [toX, toY]: Point): number {
  const [alongX, alongY] = [toX - fromX, toY - fromY];
  const length = alongX * alongX + alongY * alongY;
  const part = length === 0 ? 0 : ((x - fromX) * alongX + (y - fromY) * alongY) / length;
  const nearest = Math.min(1, Math.max(0, part));
  const [offX, offY] = [x - fromX - nearest * alongX, y - fromY - nearest * alongY];
  return Math.sqrt(offX * offX + offY * offY);
}

type Ink = readonly [red: number, green: number, blue: number];

const inkOf = (colour: Colour): Ink => {
  const value = Number.parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
};

function blend({ width, height, data }: Pixels, x: number, y: number, ink: Ink, cover: number): void {
  if (x < 0 || y < 0 || x >= width || y >= height) return;
  const at = (y * width + x) * 3;
  for (const [channel, wanted] of ink.entries()) {
    const there = data[at + channel] ?? 255;
    data[at + channel] = Math.round(there + (wanted - there) * cover);
  }
}
