import { ChangeFilter } from '../change-feed/filter';
import { isBlank } from '../kernel/blank';
import { isCode, isEntityCode, isFiscalYear } from '../kernel/codes';
import { INPUT_BOUNDS } from '../kernel/limits';
import { ok, refused, Result, Violation } from '../kernel/refusal';
import { LedgerCalendar, parseMoment } from '../kernel/time';
import { ChangeFilterInput } from './change-filter';
import { given } from './command-input';
import { Bounds, boundsOf, reversedRange } from '../reading/moment-bounds';
import { CODE_EXPECTED, FISCAL_YEAR_EXPECTED, MOMENT_EXPECTED, NOT_BLANK_EXPECTED } from './validation';

/** What a filter is judged by. */
export interface FilterTerms {
  readonly calendar: LedgerCalendar;
  /** The types of all events that the ledger may hold. */
  readonly eventTypes: ReadonlySet<string>;
}

const ENTITY_EXPECTED = 'must be the code of an entity; of a budget or an evaluation DEPARTMENT.YEAR';
const TYPE_EXPECTED = 'must be a type of event, such as "BudgetApproved"';

/** The `validateFn` of an argument that `readFilter` judges. */
export const JUDGED_BY_READER = (): void => undefined;

/** The filter that the argument `filter` means, or why it is refused. */
export function readFilter(input: ChangeFilterInput | null | undefined, terms: FilterTerms): Result<ChangeFilter> {
  if (!input) return ok({});
  const violations = filterViolations(input, terms).map(({ path, message }) => ({ path: `/filter${path}`, message }));
  return violations.length > 0 ? refused({ kind: 'BAD_USER_INPUT', violations }) : ok(toFilter(input, terms.calendar));
}

/**
 * What is wrong with a filter, with paths from the filter on. One that can never match is refused: a feed would answer nothing, and
 * move the reader's cursor past all that the reader wanted. A well-formed code of something that is not on record may match later.
 */
export const filterViolations = (
  input: ChangeFilterInput,
  { calendar, eventTypes }: FilterTerms,
): readonly Violation[] => [
  ...inList('departments', input.departments, isCode, CODE_EXPECTED),
  ...inList('fiscalYears', input.fiscalYears, isFiscalYear, FISCAL_YEAR_EXPECTED),
  ...inList('entityTypes', input.entityTypes),
  ...inList('entities', input.entities, isEntityCode, ENTITY_EXPECTED),
  ...inList('types', input.types, (type) => eventTypes.has(type), TYPE_EXPECTED),
  ...inList('actors', input.actors, (sub) => !isBlank(sub), NOT_BLANK_EXPECTED),
  ...((input.lateByDays ?? 0) < 0 ? [{ path: '/lateByDays', message: 'must not be less than 0' }] : []),
  ...noMoments(input, ['recordedFrom', 'recordedTo', 'effectiveFrom', 'effectiveTo']),
  ...reversedRange(recordedBounds(input, calendar), { from: 'recordedFrom', to: 'recordedTo' }),
  ...reversedRange(effectiveBounds(input, calendar), { from: 'effectiveFrom', to: 'effectiveTo' }),
];

/** The filter that an input without violations means. */
export function toFilter(input: ChangeFilterInput, calendar: LedgerCalendar): ChangeFilter {
  const recorded = recordedBounds(input, calendar);
  const effective = effectiveBounds(input, calendar);
  return {
    departments: given(input.departments),
    fiscalYears: given(input.fiscalYears),
    entityTypes: given(input.entityTypes),
    entities: given(input.entities),
    types: given(input.types),
    actors: given(input.actors),
    lateByDays: given(input.lateByDays),
    corrections: given(input.corrections),
    recordedFrom: recorded.from,
    recordedTo: recorded.to,
    effectiveFrom: effective.from,
    effectiveTo: effective.to,
  };
}

const recordedBounds = ({ recordedFrom, recordedTo }: ChangeFilterInput, calendar: LedgerCalendar): Bounds =>
  boundsOf(recordedFrom, recordedTo, calendar);
const effectiveBounds = ({ effectiveFrom, effectiveTo }: ChangeFilterInput, calendar: LedgerCalendar): Bounds =>
  boundsOf(effectiveFrom, effectiveTo, calendar);

function inList<T>(
  name: keyof ChangeFilterInput,
  values: readonly T[] | null | undefined,
  isGood: (value: T) => boolean = () => true,
  message = '',
): readonly Violation[] {
  if (!values) return [];
  const most = INPUT_BOUNDS.maxFilterValues;
  if (values.length > most) return [{ path: `/${name}`, message: `must have at most ${most} values` }];
  return values.flatMap((value, index) => (isGood(value) ? [] : [{ path: `/${name}/${index}`, message }]));
}

type MomentName = 'recordedFrom' | 'recordedTo' | 'effectiveFrom' | 'effectiveTo';

function noMoments(input: ChangeFilterInput, names: readonly MomentName[]): readonly Violation[] {
  const isNone = (text: string | null | undefined): boolean =>
    typeof text === 'string' && parseMoment(text) === undefined;
  return names.flatMap((name) => (isNone(input[name]) ? [{ path: `/${name}`, message: MOMENT_EXPECTED }] : []));
}
