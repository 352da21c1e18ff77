import { z } from 'zod';
import { KeptCheckpoint } from '../kept-checkpoint';

const Digits = z.string().regex(/^\d{1,20}$/).transform(BigInt); // prettier-ignore
const Line = z.strictObject({
  treeSize: Digits,
  position: Digits,
  recordedAt: z.number(),
  note: z.string(),
  headsNote: z.string(),
});

/** A checkpoint as one line of JSON, with the line break. */
export const checkpointLine = ({ treeSize, position, ...rest }: KeptCheckpoint): string =>
  `${JSON.stringify({ treeSize: String(treeSize), position: String(position), ...rest })}\n`;

/** undefined if the text is not the line of a checkpoint. */
export function readCheckpointLine(text: string): KeptCheckpoint | undefined {
  try {
    return Line.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
