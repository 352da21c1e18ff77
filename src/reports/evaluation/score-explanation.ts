import { TemplateLine } from '../../features/templates/events';
import { Json, JsonObject } from '../../kernel/json';
import { readYuan } from '../../kernel/money';
import { UNDEFINED_CASES, undefinedCaseIn } from '../../scoring/outcome';
import { LineScore } from '../../scoring/score-line';
import { wan } from './texts';

/** Why a score is what it is: what it was computed from, and what people say. */
export function explanationOf(line: TemplateLine, score: LineScore): string {
  const { reason, deviationReason, improvement } = score;
  const undefinedCase = reasonOfRule(score);
  return [
    inputsText(line, score.inputs),
    undefinedCase,
    reason === undefined || isRulesOwn(score) ? undefined : `理由：${reason}`,
    deviationReason && `偏差原因：${deviationReason}`,
    improvement && `改进措施：${improvement}`,
  ]
    .filter((text) => text !== undefined && text !== '')
    .join('；');
}

function reasonOfRule({ inputs, applicable }: LineScore): string | undefined {
  const found = undefinedCaseIn(inputs);
  return found === undefined || !applicable ? undefined : `规则无法计算：${chinese(UNDEFINED_CASES[found])}`;
}

/** Whether the reason is the one of the rule, which is said in Chinese already. */
function isRulesOwn({ reason, inputs }: LineScore): boolean {
  const found = undefinedCaseIn(inputs);
  return found !== undefined && reason === UNDEFINED_CASES[found];
}

const chinese = (text: string): string => text.split('。')[0] ?? text;

function inputsText(line: TemplateLine, inputs: JsonObject): string {
  switch (line.rule) {
    case 'EXECUTION_RATE':
      return executionText(inputs);
    case 'RATIO':
    case 'RANGE':
    case 'DEDUCTION':
      return indicatorsIn(inputs).map(indicatorText).join('，');
    case 'CHECKLIST': {
      const met = (inputs.met ?? []) as readonly string[];
      const items = line.parameters.items.filter(({ code }) => met.includes(code)).map(({ name }) => name);
      return inputs.met === undefined ? '' : `已满足：${items.join('、') || '无'}`;
    }
    case 'BAND': {
      const band = line.parameters.bands.find(({ code }) => code === inputs.band);
      return band === undefined ? '' : `档次：${band.name}`;
    }
    case 'MANUAL':
    case undefined:
      return '';
  }
}

function executionText({ denominator, opening, revised, executed }: JsonObject): string {
  if (executed === undefined) return '';
  const [name, whole] = denominator === 'REVISED' ? ['调整后预算', revised] : ['年初预算', opening];
  return `执行 ${amountText(executed)} 万元 ÷ ${name} ${amountText(whole)} 万元`;
}

const amountText = (yuan: Json | undefined): string => (typeof yuan === 'string' ? wan(readYuan(yuan)) : '');

/** More would fill the cell. */
const MOST_INDICATORS = 20;

function indicatorsIn({ indicators, indicator }: JsonObject): readonly JsonObject[] {
  const all = (indicators ?? (typeof indicator === 'object' ? [indicator] : [])) as readonly JsonObject[];
  return all.slice(0, MOST_INDICATORS);
}

const indicatorText = ({ code, value, target }: JsonObject): string =>
  `${textOf(code)}：完成值 ${textOf(value)}，指标值 ${textOf(target)}`;

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '无');
