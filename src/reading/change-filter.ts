import { ChangeFilter } from '../change-feed/filter';
import { Choice } from '../input/choice';
import { InputObject, inputObject } from '../input/field';
import {
  anyOf,
  code,
  fiscalYear,
  flag,
  integer,
  NOT_BLANK_EXPECTED,
  oneOf,
  optional,
  texts,
  timeOfFact,
  upperBound,
} from '../input/fields';
import { refuseReversed } from '../input/ranges';
import { isBlank } from '../kernel/blank';
import { isEntityCode } from '../kernel/codes';
import { INPUT_BOUNDS } from '../kernel/limits';

const ENTITY_EXPECTED = 'must be the code of an entity; of a budget or an evaluation DEPARTMENT.YEAR';
const TYPE_EXPECTED = 'must be a type of event, such as "BudgetApproved"';
const FROM = '起始时间。Inclusive; a date means its 00:00.';
const TO = '截止时间。Inclusive; a date means its end.';
const MOST = { most: INPUT_BOUNDS.maxFilterValues };
const refuseReversedRecorded = refuseReversed('recordedFrom', 'recordedTo');
const refuseReversedEffective = refuseReversed('effectiveFrom', 'effectiveTo');

/** What the ledger may hold. */
export interface LedgerTypes {
  readonly entityTypes: Choice;
  /** The types of all events. */
  readonly eventTypes: ReadonlySet<string>;
}

/**
 * The filter that every entry point accepts. A filter that can never match is refused: a feed would send nothing, but still move the
 * subscriber's cursor past all changes. A well-formed code of something that is not on record may match later.
 */
export const changeFilterOf = ({ entityTypes, eventTypes }: LedgerTypes): InputObject<ChangeFilter> =>
  inputObject(
    'ChangeFilter',
    '变更筛选。须符合所给的每一项；未给的项不作限制，空列表不匹配任何变更。永远不可能匹配的筛选（代码格式错误、未知的类型、空值、起晚于止的区间）报 BAD_USER_INPUT。Changes that match every part that is given; a part that is left out matches all, an empty list matches none. A filter that can never match (a malformed code, an unknown type, an empty value, a reversed range) is refused with BAD_USER_INPUT.',
    {
      departments: optional(anyOf(code(''), MOST, '部门。Codes of departments.')),
      fiscalYears: optional(anyOf(fiscalYear(''), MOST, '预算年度。Fiscal years.')),
      entityTypes: optional(anyOf(oneOf(entityTypes, ''), MOST, '实体类型。Kinds of entity.')),
      entities: optional(
        anyOf(
          texts('STRING', '', isEntityCode, ENTITY_EXPECTED),
          MOST,
          '实体。Codes of entities; of budgets and evaluations DEPARTMENT.YEAR.',
        ),
      ),
      types: optional(
        anyOf(
          texts('STRING', '', (type) => eventTypes.has(type), TYPE_EXPECTED),
          MOST,
          '变更类型。Types of event, such as "ExpenditureRecorded"; upper and lower case count.',
        ),
      ),
      actors: optional(
        anyOf(
          texts('ID', '', (sub) => !isBlank(sub), NOT_BLANK_EXPECTED),
          MOST,
          '操作人或确认人。The subjects (sub) of persons who made the change, or confirmed it.',
        ),
      ),
      lateByDays: optional(
        integer(
          "迟报天数。Recorded at least this many days after its effective date, as first recorded, in days of the ledger's time zone.",
          (days) => days >= 0,
          'must not be less than 0',
        ),
      ),
      corrections: optional(flag('更正。Corrections only, or anything but them.')),
      recordedFrom: optional(timeOfFact(FROM)),
      recordedTo: optional(upperBound(TO)),
      effectiveFrom: optional(timeOfFact(FROM)),
      effectiveTo: optional(upperBound(TO)),
    },
    (value, context) => {
      refuseReversedRecorded(value, context);
      refuseReversedEffective(value, context);
    },
  );
