import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { EntityName } from '../../kernel/codes';
import { formatInstant, Instant, LedgerCalendar } from '../../kernel/time';
import { InstantText, NumberText } from './texts';

/** The moment of a question on both clocks. */
export interface AskedMoment {
  /** The newest event that the answer knows of. */
  readonly position: bigint;
  /** The known moment that was asked for; undefined if a position was asked for. */
  readonly knownAt?: Instant;
  readonly effectiveAt?: Instant;
}

/** One entity, or what a department has in a fiscal year. */
export type Subject = { readonly entity: EntityName } | { readonly fiscalYear: number };

interface AskedOf {
  readonly department: string;
  readonly subject: Subject;
  /** In which moments are shown to people. */
  readonly timeZone: string;
}

/** What the subject was at a moment, how it differs between two moments, or what one change did. */
export type Question = AskedOf &
  (
    | { readonly kind: 'STATE'; readonly at: AskedMoment }
    | { readonly kind: 'DIFFERENCE'; readonly from: AskedMoment; readonly to: AskedMoment }
    | { readonly kind: 'CHANGE'; readonly at: AskedMoment }
  );

export const momentsOf = (question: Question): readonly AskedMoment[] =>
  question.kind === 'DIFFERENCE' ? [question.from, question.to] : [question.at];

const MomentSchema = z.strictObject({
  position: NumberText,
  knownAt: InstantText.optional(),
  effectiveAt: InstantText.optional(),
});

const Code = z.string().min(1).max(200);

const asked = {
  department: Code,
  subject: z.union([
    z.strictObject({ entity: z.strictObject({ entityType: Code, code: Code }) }),
    z.strictObject({ fiscalYear: z.int() }),
  ]),
  timeZone: z.string().max(100).refine(isTimeZone, 'is no time zone'),
};

export const QuestionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...asked, kind: z.literal('STATE'), at: MomentSchema }),
  z.strictObject({ ...asked, kind: z.literal('DIFFERENCE'), from: MomentSchema, to: MomentSchema }),
  z.strictObject({ ...asked, kind: z.literal('CHANGE'), at: MomentSchema }),
]);

/** To look up a time zone takes long. */
const calendars = new LRUCache<string, LedgerCalendar>({ max: 100 });

/** Throws `RangeError` if there is no such time zone. */
export function calendarIn(timeZone: string): LedgerCalendar {
  let calendar = calendars.get(timeZone);
  if (calendar === undefined) calendars.set(timeZone, (calendar = new LedgerCalendar(timeZone)));
  return calendar;
}

function isTimeZone(name: string): boolean {
  try {
    return calendarIn(name).timeZone === name;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** As the file writes it. */
export type QuestionJson = z.input<typeof QuestionSchema>;

export function questionJson(question: Question): QuestionJson {
  const { department, subject, timeZone } = question;
  const asked = {
    department,
    subject: 'entity' in subject ? { entity: { ...subject.entity } } : { ...subject },
    timeZone,
  };
  return question.kind === 'DIFFERENCE'
    ? { ...asked, kind: question.kind, from: momentJson(question.from), to: momentJson(question.to) }
    : { ...asked, kind: question.kind, at: momentJson(question.at) };
}

const momentJson = ({ position, knownAt, effectiveAt }: AskedMoment) => ({
  position: String(position),
  ...(knownAt === undefined ? {} : { knownAt: formatInstant(knownAt) }),
  ...(effectiveAt === undefined ? {} : { effectiveAt: formatInstant(effectiveAt) }),
});
