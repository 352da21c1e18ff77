/** Descriptions of what several features share, so that each reads the same everywhere. */

export const FISCAL_YEAR =
  '预算年度，账本时区的 1 月 1 日至 12 月 31 日。The fiscal year: 1 January to 31 December in the time zone of the ledger.';
export const FISCAL_YEAR_GIVEN =
  '预算年度，1949 至 9998；超出为 BAD_USER_INPUT。The fiscal year, from 1949 to 9998; any other: BAD_USER_INPUT.';
export const FISCAL_YEAR_FILTER =
  '仅限该预算年度，1949 至 9998；不填则不限。Only this fiscal year, from 1949 to 9998; left out: every year.';

export const DEPARTMENT_CODE = '部门代码，区分大小写。The code of the department; its case matters.';
export const DEPARTMENT_FILTER =
  '仅限该代码的部门；不填则不限。Only the department with this code; left out: every one.';
export const DEPARTMENT_OF_ENTITY = '所属部门，按同一快照。The department that it belongs to, at the same snapshot.';

export const ANY_OF = '符合其中任何一项；空列表不匹配任何一项。Any of these; an empty list matches none.';

export const WRITTEN_ENTITY =
  '写入后的实体；projected 为 false 时为 null。The entity as this write left it; null while projected is false.';

export const CORRECTIONS = '更正它的变更，按记录顺序。The changes that corrected it, in order of recording.';
export const CORRECTIONS_PAGE = '更正分页。A page of `corrections`, in order of recording; a cursor is a position.';

export const POINT_MOMENT =
  '时点：步长末尾，最后一步止于 `to`。The moment: the end of a step, the last one cut at `to`.';
