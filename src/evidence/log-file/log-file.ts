import { z } from 'zod';
import { canonicalForm } from '../canonical-form';
import { HashText, InstantText, NumberText } from '../files/texts';

/**
 * A whole log as lines of JSON (docs/protocol/log-file.md): a header, a line for each leaf, which is the form that the leaf is made of, and
 * the end.
 */
export const LOG_FORMAT = 'mingjian-log/1';

/** Longer than any event that a ledger accepts. */
export const MOST_LINE_BYTES = 4_194_304;

export const HeaderSchema = z.strictObject({
  format: z.literal(LOG_FORMAT),
  streamPrefix: z.string().max(200),
  timeZone: z.string().max(200),
  /** The name of the ledger in its checkpoints; left out if it is not signed. */
  origin: z.string().max(1_000).optional(),
  /** The newest checkpoint that is kept of the events in the file: a signed note. */
  checkpoint: z.string().max(65_536).optional(),
});

export type LogHeader = z.output<typeof HeaderSchema>;

export const LineSchema = z.strictObject({
  data: z.record(z.string(), z.unknown()),
  id: z.string(),
  metadata: z.looseObject({ schemaVersion: z.number(), effectiveAt: z.string() }),
  position: NumberText,
  recordedAt: InstantText,
  revision: NumberText,
  sequence: NumberText,
  storedAt: InstantText,
  stream: z.string(),
  type: z.string(),
});

export const EndSchema = z.strictObject({
  end: z.strictObject({
    /** The number of events. */
    events: NumberText,
    /** The position of the last one. */
    position: NumberText,
    treeSize: NumberText,
    rootHash: HashText,
  }),
});

export type LogFileEnd = z.output<typeof EndSchema>['end'];

export const headerLine = (header: LogHeader): string => `${canonicalForm(header)}\n`;

export const endLine = ({ events, position, treeSize, rootHash }: LogFileEnd): string =>
  `${canonicalForm({
    end: {
      events: String(events),
      position: String(position),
      treeSize: String(treeSize),
      rootHash: rootHash.toString('base64'),
    },
  })}\n`;
