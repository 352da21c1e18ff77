// Printed by `npm run client-types`.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/**
 * 两个时钟。Both clocks; {} means now, an explicit null means left out.
 *
 * Known: only facts recorded up to then. A time resolves to the last event recorded at or before it, once per request. Now is the later of the server's clock and the head's recordedAt. Today's date means now. Anything later: AS_OF_IN_FUTURE. If the read models have not passed it after a short wait: READ_MODEL_BEHIND.
 *
 * Effective: of the facts on record, only those whose effective date is not later; left out, no upper bound; it may lie in the future. It filters facts, not existence: what was recorded when an entity was registered, planned or defined, and every budget line, is true from the beginning. Before its effective date a fact has no effect. If a fact replaces another (name, target, progress, status) the one with the later effective date holds, ties by position.
 *
 * revision, lastChange and history follow the record, whatever is in force.
 */
export type AsOfInput = {
  /** 生效时点。Only facts that are effective up to then; a date means its end. Left out: all. */
  readonly effectiveAt?: string | null | undefined;
  /** 知悉时点。Only what was recorded up to then; a date means its end. Later than now: AS_OF_IN_FUTURE. */
  readonly knownAt?: string | null | undefined;
  /** 账本位置。An exact place instead of a time; excludes knownAt. Beyond the head: AS_OF_IN_FUTURE. */
  readonly position?: string | null | undefined;
};

/** 变更筛选。须符合所给的每一项；未给的项不作限制，空列表不匹配任何变更。永远不可能匹配的筛选（代码格式错误、未知的类型、空值、起晚于止的区间）报 BAD_USER_INPUT。Changes that match every part that is given; a part that is left out matches all, an empty list matches none. A filter that can never match (a malformed code, an unknown type, an empty value, a reversed range) is refused with BAD_USER_INPUT. */
export type ChangeFilter = {
  /** 操作人或确认人。The subjects (sub) of persons who made the change, or confirmed it. */
  readonly actors?: ReadonlyArray<string> | null | undefined;
  /** 更正。Corrections only, or anything but them. */
  readonly corrections?: boolean | null | undefined;
  /** 部门。Codes of departments. */
  readonly departments?: ReadonlyArray<string> | null | undefined;
  /** 起始时间。Inclusive; a date means its 00:00. */
  readonly effectiveFrom?: string | null | undefined;
  /** 截止时间。Inclusive; a date means its end. */
  readonly effectiveTo?: string | null | undefined;
  /** 实体。Codes of entities; of budgets and evaluations DEPARTMENT.YEAR. */
  readonly entities?: ReadonlyArray<string> | null | undefined;
  /** 实体类型。Kinds of entity. */
  readonly entityTypes?: ReadonlyArray<EntityType> | null | undefined;
  /** 预算年度。Fiscal years. */
  readonly fiscalYears?: ReadonlyArray<number> | null | undefined;
  /** 迟报天数。Recorded at least this many days after its effective date, as first recorded, in days of the ledger's time zone. */
  readonly lateByDays?: number | null | undefined;
  /** 起始时间。Inclusive; a date means its 00:00. */
  readonly recordedFrom?: string | null | undefined;
  /** 截止时间。Inclusive; a date means its end. */
  readonly recordedTo?: string | null | undefined;
  /** 变更类型。Types of event, such as "ExpenditureRecorded"; upper and lower case count. */
  readonly types?: ReadonlyArray<string> | null | undefined;
};

/** 实体类型。The kinds of entity that the ledger holds. */
export type EntityType =
  /** 部门预算。The budget of a department for one fiscal year, named DEPARTMENT.YEAR. */
  | 'BUDGET'
  /** 部门。A department, named by its code. */
  | 'DEPARTMENT'
  /** 绩效自评。The self-evaluation of a department for one fiscal year, named DEPARTMENT.YEAR. */
  | 'EVALUATION'
  /** 绩效指标。A performance indicator of a department, named by its code. */
  | 'INDICATOR'
  /** 提议。A command that waits for a second person, or has been decided on. */
  | 'PROPOSAL'
  /** 评分模板。A scoring template, named by its code. */
  | 'SCORING_TEMPLATE'
  /** 工作任务。A task of a department, named by its code. */
  | 'TASK';

/** 标记类型。What a mark in the feed means. */
export type FeedMarkKind =
  /** 已追上。All recorded changes have been sent; from here on the feed is live. */
  | 'CAUGHT_UP'
  /** 已落后。The subscriber was too slow, and the feed closes. Resume after `position`: nothing is lost. */
  | 'LAGGED'
  /** 进展。Nothing matched lately, but the point to resume from moved to `position`. */
  | 'PROGRESS';

export type ChangesPageQueryVariables = Exact<{
  after?: string | null | undefined;
  filter?: ChangeFilter | null | undefined;
  first: number;
}>;


export type ChangesPageQuery = { readonly changes: { readonly position: string, readonly nodes: ReadonlyArray<{ readonly eventId: string, readonly position: string, readonly sequence: string, readonly revision: number, readonly type: string, readonly entityType: EntityType, readonly entity: string, readonly department: string, readonly fiscalYear: number | null, readonly recordedAt: string, readonly effectiveAt: string, readonly reason: string | null, readonly documentNo: string | null, readonly data: unknown, readonly actor: { readonly sub: string, readonly name: string | null }, readonly confirmedBy: { readonly sub: string, readonly name: string | null } | null, readonly corrects: { readonly eventId: string } | null, readonly reverses: { readonly eventId: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean } } | null };

export type ChangesSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  filter?: ChangeFilter | null | undefined;
}>;


export type ChangesSubscription = { readonly changes:
    | { readonly __typename: 'Change', readonly eventId: string, readonly position: string, readonly sequence: string, readonly revision: number, readonly type: string, readonly entityType: EntityType, readonly entity: string, readonly department: string, readonly fiscalYear: number | null, readonly recordedAt: string, readonly effectiveAt: string, readonly reason: string | null, readonly documentNo: string | null, readonly data: unknown, readonly actor: { readonly sub: string, readonly name: string | null }, readonly confirmedBy: { readonly sub: string, readonly name: string | null } | null, readonly corrects: { readonly eventId: string } | null, readonly reverses: { readonly eventId: string } | null }
    | { readonly __typename: 'FeedMark', readonly kind: FeedMarkKind, readonly position: string }
   };

export type FeedChangeFragment = { readonly eventId: string, readonly position: string, readonly sequence: string, readonly revision: number, readonly type: string, readonly entityType: EntityType, readonly entity: string, readonly department: string, readonly fiscalYear: number | null, readonly recordedAt: string, readonly effectiveAt: string, readonly reason: string | null, readonly documentNo: string | null, readonly data: unknown, readonly actor: { readonly sub: string, readonly name: string | null }, readonly confirmedBy: { readonly sub: string, readonly name: string | null } | null, readonly corrects: { readonly eventId: string } | null, readonly reverses: { readonly eventId: string } | null };

export type PinQueryVariables = Exact<{
  at: AsOfInput;
}>;


export type PinQuery = { readonly asOf: { readonly position: string, readonly knownAt: string, readonly effectiveAt: string | null } | null };

/** The selection of FeedChangeFragment, without what is always selected. */
export const FEED_CHANGE_FIELDS =
  'sequence revision type entityType entity department fiscalYear recordedAt effectiveAt actor { sub name } confirmedBy { sub name } corrects { eventId } reverses { eventId } reason documentNo data';
