import { TotalsFiguresFragment } from '../../generated/documents';
import { readYuan } from '../../language/money';

interface Props {
  readonly row: TotalsFiguresFragment;
  /** The greatest amount of the table, in fen. */
  readonly most: bigint;
}

const WIDTH = 120;
const HEIGHT = 12;

/** How much of the revised budget is executed, at the scale of the greatest budget of the table. The cells beside it have the figures. */
export function ShareBar({ row, most }: Props) {
  // A total would make all other bars short.
  if (row.keys.length === 0) return null;
  const width = (yuan: string): number => Math.max(0, Number((readYuan(yuan) * 1000n) / most) / 1000) * WIDTH;
  return (
    <svg class="share" width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <rect class="revised" width={width(row.revised)} height={HEIGHT} />
      <rect class="executed" y={3} width={width(row.executed)} height={HEIGHT - 6} />
    </svg>
  );
}

/** The amount that the longest bar of a table has, in fen. */
export const mostOf = (rows: readonly TotalsFiguresFragment[]): bigint =>
  rows.reduce((most, { revised, executed }) => max(most, readYuan(revised), readYuan(executed)), 1n);

const max = (...values: readonly bigint[]): bigint => values.reduce((most, value) => (value > most ? value : most));
