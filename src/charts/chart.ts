/** A picture without letters, and the texts that belong beside it. A renderer writes the texts in its own way. */
export interface Chart {
  /** What it shows, in one sentence, for readers that do not see it too. */
  readonly title: string;
  readonly width: number;
  readonly height: number;
  /** In the order of drawing. Their origin is the top left corner. */
  readonly marks: readonly Mark[];
  /** The horizontal lines of the scale, with what they stand for. */
  readonly ticks: readonly Tick[];
  /** From left to right, each of the same width. */
  readonly columns: readonly Column[];
  readonly legend: readonly LegendEntry[];
}

export type Mark = Bar | Path;

export interface Bar {
  readonly kind: 'bar';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly colour: Colour;
}

/** A line through points. */
export interface Path {
  readonly kind: 'path';
  readonly points: readonly Point[];
  readonly thickness: number;
  readonly colour: Colour;
}

export type Point = readonly [x: number, y: number];

export interface Tick {
  readonly y: number;
  readonly text: string;
}

export interface Column {
  /** Below the column. */
  readonly label: string;
  /** The figure that the column shows. */
  readonly value: string;
}

export interface LegendEntry {
  readonly colour: Colour;
  readonly text: string;
}

/** `#rrggbb` */
export type Colour = `#${string}`;

/** They differ in lightness too, so that a print without colours shows the difference. */
export const COLOURS = {
  total: '#1f3a5f',
  more: '#4f8a5b',
  less: '#c0504d',
  line: '#e08e1b',
  grid: '#d9d9d9',
  axis: '#7f7f7f',
} as const satisfies Readonly<Record<string, Colour>>;

export const PLOT = { width: 640, height: 240 } as const;
