import { IndicatorDirection } from '../../features/indicators/events';
import { compareDecimals, Decimal } from '../../kernel/decimal';
import { CellAnswers, CellPlace } from './answers';
import { Said } from './form-reading';
import { directionOf, unitKey, writtenNumber, writtenRange } from './numbers';
import { cleaned } from './texts';

/** The cells of a row that say what is to be reached. The national form has only `target`, with the operator and the unit in it. */
export interface TargetCells {
  readonly direction?: CellPlace;
  readonly target?: CellPlace;
  readonly unit?: CellPlace;
}

export interface TargetRead {
  /** Left out if the row does not say. */
  readonly direction?: IndicatorDirection;
  readonly target?: Said<Decimal>;
  readonly targetUpper?: Decimal;
  readonly unit?: string;
}

/** Without an operator, a number is to be reached or passed (≥). A text without a number is a qualitative target. */
export function readTarget({ direction, target, unit }: TargetCells, answers: CellAnswers): TargetRead {
  const given = direction && directionOf(cleaned(direction.cell.text));
  if (direction !== undefined) {
    if (given === undefined) answers.refuse(direction, '指标性质无法识别');
    else answers.becomes(direction, `指标性质：${cleaned(direction.cell.text)}`);
  }
  const unitGiven = unit && unitKey(unit.cell.text);
  if (unit !== undefined && unitGiven !== undefined) answers.becomes(unit, `度量单位：${unitGiven}`);
  if (target === undefined) return { direction: given, unit: unitGiven };
  if (given === 'QUALITATIVE') return qualitative(target, answers);
  const range = writtenRange(target.cell.text);
  const number = range === undefined ? writtenNumber(target.cell.text) : undefined;
  if (range !== undefined && (given === undefined || given === 'RANGE')) {
    if (compareDecimals(range.from, range.to) > 0) answers.refuse(target, '区间下限大于上限');
    else answers.becomes(target, `区间 ${range.from} 至 ${range.to}${range.unit}`);
    return {
      direction: 'RANGE',
      target: { value: range.from, place: target },
      targetUpper: range.to,
      unit: agreed(target, unitGiven, range.unit, answers),
    };
  }
  const operator = number === undefined || number.operator === '' ? undefined : directionOf(number.operator);
  if (number === undefined || (number.operator !== '' && operator === undefined)) {
    if (given === undefined) return qualitative(target, answers);
    answers.refuse(target, '指标值不是数');
    return { direction: given, unit: unitGiven };
  }
  if (given === 'RANGE' || (given !== undefined && operator !== undefined && operator !== given)) {
    answers.refuse(target, '指标值与指标性质不符');
    return { direction: given, unit: unitGiven };
  }
  const meant = given ?? operator ?? 'AT_LEAST';
  const shared = agreed(target, unitGiven, number.unit, answers);
  const note = given ?? operator;
  const warning = note === undefined ? '指标值没有运算符，按 ≥ 读' : undefined;
  answers.becomes(target, `指标值 ${SIGNS[meant]} ${number.number}${shared ?? ''}`, warning);
  return { direction: meant, target: { value: number.number, place: target }, unit: shared };
}

const SIGNS: Readonly<Record<IndicatorDirection, string>> = {
  AT_LEAST: '≥',
  AT_MOST: '≤',
  EQUAL: '=',
  RANGE: '区间',
  QUALITATIVE: '定性',
};

function qualitative(target: CellPlace, answers: CellAnswers): TargetRead {
  answers.nothing(target, '定性指标没有指标值：文字不记录');
  return { direction: 'QUALITATIVE' };
}

/** The unit of the row, which two cells may name. */
function agreed(
  place: CellPlace,
  given: string | undefined,
  written: string,
  answers: CellAnswers,
): string | undefined {
  if (given !== undefined && written !== '' && given !== written) {
    answers.refuse(place, `指标值的单位 ${written} 与度量单位 ${given} 不同`);
  }
  return given ?? (written === '' ? undefined : written);
}
