import { CalendarStep } from './time';

/** What a limit allows, and what it counts: in Chinese, then in English. */
type Entry = readonly [value: number, meaning: string];

/** The limits that a client can look up (`Ledger.limits`). A refusal names the limit in `extensions.limit`. */
const LIMITS = {
  maxPageSize: [200, '每页条数。Items of one page, and ids that are asked for at once.'],
  maxDepth: [12, '查询深度。Levels of fields in a query, with fragments written out.'],
  maxComplexity: [
    50_000,
    '查询复杂度。Fields that a query may answer. Below a list, a field counts once for each item of a page.',
  ],
  maxListLength: [
    2_000,
    '列表长度。Items of a list that is answered as a whole. A longer list is refused; if there is a page beside it, such as linesPage beside lines, ask for that.',
  ],
  maxTotalsRows: [10_000, '汇总行数。Rows of one answer of totals.'],
  maxAnswerFields: [
    100_000,
    '回答字段数。Fields of one answer, as many as there are: a field of an item counts for each item of its list, and a JSON value counts as the values in it. MAX_ANSWER_FIELDS sets it.',
  ],
  maxAnswerBytes: [8_388_608, '回答字节数。Bytes of the data of one answer. MAX_ANSWER_BYTES sets it.'],
  maxCpuMs: [5_000, '处理器毫秒数。Milliseconds of CPU time that one request may take. MAX_CPU_MS sets it.'],
  maxRequestBytes: [
    1_048_576,
    '请求字节数。Bytes of an HTTP body, and of a WebSocket message. More is answered with 413, or closes the WebSocket.',
  ],
  maxImportBytes: [4_194_304, '导入文件字节数。Bytes of the body of an import. More is answered with 413.'],
  maxReceivingBytes: [
    33_554_432,
    '接收中字节数。Bytes of requests that one caller is sending to one node at the same time. More is answered with 429.',
  ],
  maxRequestsInFlight: [
    256,
    '未完成请求数。Requests of one caller that one node is answering at the same time; operations of a WebSocket count too, subscriptions only until they begin. More is answered with 429. MAX_REQUESTS_IN_FLIGHT sets it.',
  ],
  maxTokens: [2_500, '文档词元数。Tokens of a document: names, punctuators and values.'],
  maxIdentifierLength: [128, '标识符长度。Characters of a name in a document, such as an alias, and of operationName.'],
  maxDocumentLength: [100_000, '文档长度。Characters of a document. Send long values as variables.'],
  maxFieldComparisons: [
    10_000,
    '字段比较次数。Pairs of fields with one response name that have to be compared, with fragments written out. Select a field once, not again and again.',
  ],
  maxListItems: [
    1_000,
    '列表项数。Items of a list in the variables of a request. More is BAD_USER_INPUT, at the list.',
  ],
  maxInputValues: [50_000, '输入值个数。Values in the variables of a request. A variable counts each time it is used.'],
  maxScalarLength: [
    128,
    '标量长度。Characters of a DateTime, LocalDate, Moment, Decimal or Position. More is BAD_USER_INPUT.',
  ],
  maxNameLength: [500, '名称长度。Characters of a name or a title. More is BAD_USER_INPUT.'],
  maxSearchLength: [200, '检索词长度。Characters of a search. More is BAD_USER_INPUT.'],
  maxTextLength: [20_000, '文本长度。Characters of a text, such as a reason. More is BAD_USER_INPUT.'],
  maxViolations: [
    50,
    '违规条数。Violations that one answer reports. The others are counted in extensions.violationsOmitted.',
  ],
  maxSnapshots: [10, '快照个数。Different snapshots that the ids of one `nodes` may carry.'],
  maxSeriesDays: [1_000, '按日序列点数。Points of a series by DAY.'],
  maxSeriesWeeks: [1_000, '按周序列点数。Points of a series by WEEK.'],
  maxSeriesMonths: [240, '按月序列点数。Points of a series by MONTH.'],
  maxSeriesQuarters: [80, '按季序列点数。Points of a series by QUARTER.'],
  maxEvidenceChanges: [20_000, '证据变更数。Changes that one evidence file may show. More is answered with 429.'],
  maxFeedReaders: [5_000, '订阅读者数。Readers of the feed on one node at the same time: subscriptions and exports.'],
  maxFeedReadersPerPrincipal: [500, '每人订阅读者数。Readers of the feed of one caller on one node at the same time.'],
  maxWebhooks: [50, '推送订阅个数。Webhooks of one ledger that have not ended.'],
  ratePoints: [
    Infinity,
    '每人点数。Points that one principal may spend in a window, on all nodes together. RATE_LIMIT sets it; null while there is no rate limit.',
  ],
  ratePointsPerAddress: [
    Infinity,
    '每地址点数。Points that all callers from one address may spend in a window. RATE_LIMIT_ADDRESS sets it; null while there is no rate limit.',
  ],
  rateWindowSeconds: [
    Infinity,
    '窗口秒数。Seconds of a window. RATE_LIMIT sets it; null while there is no rate limit.',
  ],
  rateOvershootPoints: [
    Infinity,
    '超出点数。Several nodes together may let through fewer than this many points, and one for each node, beyond ratePoints: they settle every 250 ms. 0 for one process; null while there is no rate limit.',
  ],
  maxMessagesPerSecond: [
    500,
    '每秒消息数。Messages of one WebSocket in a second on average, pings and pongs included; twice as many at once. More closes it with 4429.',
  ],
  // The default of EventStoreDB.
  maxAppendBytes: [
    1_048_576,
    '单次写入字节数。Bytes of the changes that one mutation may record, with the reason, evidence and other origin of each; the same for every event store.',
  ],
} satisfies Record<string, Entry>;

/** What single parts of an input may hold, in every ledger. More is BAD_USER_INPUT, unless the meaning says something else. */
const BOUNDS = {
  maxCodeLength: [64, '代码长度。Characters of a code.'],
  maxIdLength: [512, '标识长度。Characters of an id in an input. `node` and `nodes` answer null to a longer id.'],
  maxFilterValues: [1_000, '筛选值个数。Values in one list of a filter.'],
  // No input type of the API nests this deep. The bound keeps a type that contains itself from exhausting the stack.
  maxInputDepth: [100, '输入嵌套层数。Levels of lists and objects in a variable.'],
  maxIdempotencyKeyLength: [200, '幂等键长度。Characters of an idempotency key.'],
  maxDocumentNoLength: [200, '文号长度。Characters of the number of a document.'],
  maxEvidence: [50, '佐证材料份数。Documents that prove one change.'],
  maxUriLength: [2_000, '材料地址长度。Characters of the address of a document.'],
  maxTexts: [
    100,
    '文本条数。Items of a list of texts: performance goals, problems, improvements, functions of a department.',
  ],
  maxBudgetLines: [1_000, '预算明细条数。Lines of the approval of a budget.'],
  maxProjectCodeLength: [64, '项目代码长度。Characters of the code of a project.'],
  maxExpenditures: [1_000, '支出笔数。Expenditures of one recordExpenditures.'],
  maxPayeeLength: [500, '收款人长度。Characters of a payee.'],
  maxMemoLength: [2_000, '摘要长度。Characters of the memo of an expenditure.'],
  maxMilestones: [100, '里程碑个数。Milestones of a task.'],
  maxUnitLength: [50, '度量单位长度。Characters of the unit of an indicator.'],
  maxTemplateLines: [500, '评分模板行数。Lines of a scoring template, headings included.'],
  maxTemplateDepth: [10, '评分模板层数。Levels of the lines of a scoring template.'],
  maxRuleItems: [50, '评分项个数。Items of a CHECKLIST, and bands of a BAND.'],
  maxSourceLength: [500, '数据来源长度。Characters of the source of an observation.'],
  maxRequestIdLength: [
    128,
    '请求标识长度。Characters of the headers X-Correlation-Id and X-Causation-Id. More is answered with 400.',
  ],
  maxAuthorizationLength: [8_192, '令牌长度。Characters of the header Authorization. More is UNAUTHENTICATED.'],
} satisfies Record<string, Entry>;

/** What one process keeps of the read models in its memory. */
const CACHES = {
  knownVersionsBytes: [
    16_777_216,
    '文档版本缓存字节数。Bytes of versions of documents that were read from the read models, as texts; in memory they take two or three times as much.',
  ],
  knownMembersBytes: [4_194_304, '成员页缓存字节数。Bytes of pages of the members of lists that were read from Redis.'],
  knownAnswersBytes: [
    16_777_216,
    '答案缓存字节数。Bytes of answers as of a position, and of what was put on record for them. A character counts as two bytes.',
  ],
} satisfies Record<string, Entry>;

type Values<Entries> = Readonly<Record<keyof Entries, number>>;

const valuesOf = <Entries extends Record<string, Entry>>(entries: Entries): Values<Entries> =>
  Object.fromEntries(Object.entries(entries).map(([name, [value]]) => [name, value])) as Values<Entries>;

const meaningsOf = <Entries extends Record<string, Entry>>(entries: Entries): Readonly<Record<keyof Entries, string>> =>
  Object.fromEntries(Object.entries(entries).map(([name, [, meaning]]) => [name, meaning])) as Record<
    keyof Entries,
    string
  >;

export type LimitName = keyof typeof LIMITS;
export type Limits = Values<typeof LIMITS>;

export const LIMIT_NAMES = Object.keys(LIMITS) as LimitName[];
export const DEFAULT_LIMITS: Limits = valuesOf(LIMITS);
export const LIMIT_MEANINGS = meaningsOf(LIMITS);

export const INPUT_BOUNDS = valuesOf(BOUNDS);
export const INPUT_BOUND_MEANINGS = meaningsOf(BOUNDS);

export const CACHE_BOUNDS = valuesOf(CACHES);
export const CACHE_BOUND_MEANINGS = meaningsOf(CACHES);

/** These limits are the same in every ledger. */
export const {
  maxScalarLength: MAX_SCALAR_LENGTH,
  maxNameLength: MAX_NAME_LENGTH,
  maxSearchLength: MAX_SEARCH_LENGTH,
  maxTextLength: MAX_TEXT_LENGTH,
  maxViolations: MAX_VIOLATIONS,
  maxSnapshots: MOST_SNAPSHOTS,
} = DEFAULT_LIMITS;

/** How many items a page has if the request does not say. */
export const DEFAULT_PAGE_SIZE = 50;

export const SERIES_LIMITS = {
  DAY: 'maxSeriesDays',
  WEEK: 'maxSeriesWeeks',
  MONTH: 'maxSeriesMonths',
  QUARTER: 'maxSeriesQuarters',
} as const satisfies Record<CalendarStep, LimitName>;

/** The points of a series: the days of over two years, the weeks of nearly twenty, the months and quarters of twenty. */
export const MOST_POINTS: Readonly<Record<CalendarStep, number>> = {
  DAY: DEFAULT_LIMITS.maxSeriesDays,
  WEEK: DEFAULT_LIMITS.maxSeriesWeeks,
  MONTH: DEFAULT_LIMITS.maxSeriesMonths,
  QUARTER: DEFAULT_LIMITS.maxSeriesQuarters,
};
