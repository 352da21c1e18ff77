import { choice, Choice } from '../../input/choice';
import { Field, InputObject, inputObject } from '../../input/field';
import { anyOf, code, object, oneOf, optional, orDefault, text } from '../../input/fields';
import { INPUT_BOUNDS, MAX_SEARCH_LENGTH } from '../../kernel/limits';
import { CODE, codeField, Ordering, SORT_DIRECTIONS, SortDirection, SortField } from '../../reading/lists/ordering';

/** Arguments of the lists that can be searched and sorted. */

export const SEARCH = {
  codes: optional(
    anyOf(
      code(),
      { most: INPUT_BOUNDS.maxFilterValues },
      '仅限这些代码中存在的，按代码排列；空列表不匹配任何一项。Only those of these codes that exist, by code; an empty list matches none.',
    ),
  ),
  search: optional(
    text(
      `检索名称或标题，按该快照的内容：按空白拆分，每一部分都须出现；NFKC 规范化并忽略大小写。空白或超过 ${MAX_SEARCH_LENGTH} 个字符为 BAD_USER_INPUT。Each part of this text, split at white space, must be in the name or title as it is at the snapshot; both are NFKC-normalised and case-folded. Blank, or more than ${MAX_SEARCH_LENGTH} characters: BAD_USER_INPUT.`,
      { most: MAX_SEARCH_LENGTH, blank: 'refused' },
    ),
  ),
};

export const departmentsFilter = optional(
  anyOf(
    code(),
    { most: INPUT_BOUNDS.maxFilterValues },
    '仅限这些代码的部门；空列表不匹配任何一项。Only the departments with these codes; an empty list matches none.',
  ),
);

const SortDirections = choice('SortDirection', SORT_DIRECTIONS, '排序方向。The direction of an order.', {
  ASC: '升序。Ascending.',
  DESC: '降序。Descending.',
});

/** What a client sends as `orderBy`. */
export interface OrderBy<Name extends string> {
  readonly field: Name;
  readonly direction: SortDirection;
}

const ORDER =
  '排列：按所印的值，再按代码，方向相同；没有值的总在最后。By the value as it is printed, then by code in the same direction; entities without a value come last in either direction.';

export const orderInput = <Name extends string>(name: string, fields: Choice<Name>): InputObject<OrderBy<Name>> =>
  inputObject(name, ORDER, {
    field: oneOf(fields, '按什么排列。What to order by.'),
    direction: orDefault(oneOf(SortDirections, '方向；不填为升序。The direction; ascending if left out.'), 'ASC'),
  });

export const orderBy = <Name extends string>(input: InputObject<OrderBy<Name>>): Field<OrderBy<Name> | undefined> =>
  optional(
    object(
      input,
      '排列方式；不填则按代码升序。游标只适用于同一排列，否则为 BAD_USER_INPUT。The order; by code, ascending, if left out. A cursor is good only for the same order: else BAD_USER_INPUT.',
    ),
  );

/** The values that a list can be ordered by, without the code, which every list has. */
export type SortFields<Name extends string, Summary> = Readonly<Record<Exclude<Name, typeof CODE>, SortField<Summary>>>;

export function orderingOf<Name extends string, Summary>(
  fields: SortFields<Name, Summary>,
  asked: OrderBy<Name> | undefined,
): Ordering<Summary> | undefined {
  if (asked === undefined) return undefined;
  const all: Readonly<Record<string, SortField<Summary>>> = { ...fields, [CODE]: codeField };
  return new Ordering<Summary>(asked.field, asked.direction, all[asked.field] ?? codeField);
}
