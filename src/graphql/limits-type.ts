import { Field, Int, ObjectType } from 'type-graphql';
import { LIMIT_NAMES, LimitName } from '../kernel/limits';

const MEANINGS: Readonly<Record<LimitName, string>> = {
  maxPageSize: '每页条数。Items of one page, and ids that are asked for at once.',
  maxDepth: '查询深度。Levels of fields in a query, with fragments written out.',
  maxComplexity:
    '查询复杂度。Fields that a query may answer. Below a list, a field counts once for each item of a page.',
  maxRequestBytes:
    '请求字节数。Bytes of an HTTP body, and of a WebSocket message. More is answered with 413, or closes the WebSocket.',
  maxTokens: '文档词元数。Tokens of a document: names, punctuators and values.',
  maxDocumentLength: '文档长度。Characters of a document. Send long values as variables.',
  maxFieldComparisons:
    '字段比较次数。Pairs of fields with one response name that have to be compared, with fragments written out. Select a field once, not again and again.',
  maxListItems: '列表项数。Items of a list in the variables of a request. More is BAD_USER_INPUT, at the list.',
  maxInputValues: '输入值个数。Values in the variables of a request. A variable counts each time it is used.',
  maxScalarLength:
    '标量长度。Characters of a DateTime, LocalDate, Moment, Decimal or Position. More is BAD_USER_INPUT.',
  maxNameLength: '名称长度。Characters of a name or a title. More is BAD_USER_INPUT.',
  maxTextLength: '文本长度。Characters of a text, such as a reason. More is BAD_USER_INPUT.',
  maxViolations:
    '违规条数。Violations that one answer reports. The others are counted in extensions.violationsOmitted.',
  maxSnapshots: '快照个数。Different snapshots that the ids of one `nodes` may carry.',
  maxSeriesDays: '按日序列点数。Points of a series by DAY.',
  maxSeriesWeeks: '按周序列点数。Points of a series by WEEK.',
  maxSeriesMonths: '按月序列点数。Points of a series by MONTH.',
  maxSeriesQuarters: '按季序列点数。Points of a series by QUARTER.',
  maxFeedReaders: '订阅读者数。Readers of the feed on one node at the same time: subscriptions and exports.',
  maxFeedReadersPerPrincipal: '每人订阅读者数。Readers of the feed of one caller on one node at the same time.',
  maxAppendBytes: '单次写入字节数。Bytes that a change may have in EventStoreDB, as it is configured by default.',
};

@ObjectType('Limits', {
  description:
    '限制。What a request may ask for. More is LIMIT_EXCEEDED, with the name of the limit in extensions.limit, if nothing else is said.',
})
export class LimitsType {}

for (const name of LIMIT_NAMES) {
  Field(() => Int, { simple: true, description: MEANINGS[name] })(LimitsType.prototype, name);
}
