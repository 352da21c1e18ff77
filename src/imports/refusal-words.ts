import { messageOf, Refusal } from '../kernel/refusal';

/** The names of rules, and what each means: 中文。English. */
export type RuleMeanings = ReadonlyMap<string, string>;

/** Why an action was refused, in Chinese, with the answer of the API behind it. */
export const refusalWords = (refusal: Refusal, rules: RuleMeanings): string =>
  `${reasonOf(refusal, rules)}（${messageOf(refusal)}）`;

function reasonOf(refusal: Refusal, rules: RuleMeanings): string {
  switch (refusal.kind) {
    case 'RULE_VIOLATION':
      return rules.get(refusal.rule)?.split('。')[0] ?? refusal.rule;
    case 'FORBIDDEN':
      return '没有权限';
    case 'CONFLICT':
      return '与账本已有的记录冲突';
    case 'NOT_FOUND':
      return '账本中没有所指的部门、明细或指标';
    case 'BAD_USER_INPUT':
      return '内容不合要求';
    case 'LIMIT_EXCEEDED':
      return '超出限额';
    default:
      return '账本拒绝';
  }
}
