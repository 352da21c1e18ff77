import { z } from 'zod';
import { formatInstant, Instant, readInstant } from '../../kernel/time';
import { readHash, readNumber } from '../notes/fields';
import { Hash } from '../tree/hashes';
import { UnsoundEvidence } from '../unsound';

/** Values that an evidence file writes as texts. Each value has one text. */

const read =
  <Value>(parse: (text: string) => Value, expected: string) =>
  (text: string, context: z.RefinementCtx): Value => {
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof UnsoundEvidence)) throw error;
      context.addIssue({ code: 'custom', message: expected });
      return z.NEVER;
    }
  };

/** A 64-bit number. */
export const NumberText = z.string().transform(read((text) => readNumber(text, 'A number'), 'is no number in a text'));

export const HashText = z
  .string()
  .transform<Hash>(read((text) => readHash(text, 'A hash'), 'is no SHA-256 hash in base64'));

/** As `formatInstant` writes it. */
export const InstantText = z.string().transform(read(readMoment, 'is no moment in UTC with milliseconds'));

function readMoment(text: string): Instant {
  const at = readInstant(text);
  if (Number.isNaN(at) || formatInstant(at) !== text) throw new UnsoundEvidence('It is no moment');
  return at;
}
