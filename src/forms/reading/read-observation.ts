import { CellAnswers, CellPlace } from './answers';
import { ObservationRead } from './form-reading';
import { qualifierOf, writtenNumber } from './numbers';
import { TargetRead } from './read-target';
import { cleaned, saysNothing, written } from './texts';

/** What a row says was reached. A numeric indicator takes only a number in its unit: `完成` says nothing about how much. */
export function readObservation(
  place: CellPlace | undefined,
  { direction, unit }: TargetRead,
  answers: CellAnswers,
): ObservationRead | undefined {
  if (place === undefined) return undefined;
  const text = cleaned(place.cell.text);
  if (place.cell.isError) {
    answers.refuse(place, `公式没有可用的结果：${place.cell.text}`);
    return undefined;
  }
  if (saysNothing(place.cell.text)) {
    answers.nothing(place, '空值，不作 0');
    return undefined;
  }
  const number = writtenNumber(text);
  const qualifier = number && qualifierOf(number.operator);
  if (direction === 'QUALITATIVE' || (direction === undefined && qualifier === undefined)) {
    const words = written(place.cell.text);
    answers.becomes(place, `观测描述：${words}`);
    return { place, text: words, qualifier: 'EQ' };
  }
  if (number === undefined || qualifier === undefined) {
    answers.nothing(place, '数值指标的完成值不是数，无法计算：不记录，请填写数值');
    return undefined;
  }
  if (number.unit !== '' && number.unit !== unit) {
    answers.refuse(place, `完成值的单位 ${number.unit} 与指标的单位 ${unit ?? '（无）'} 不同`);
    return undefined;
  }
  answers.becomes(place, `完成值 ${number.operator}${number.number}${unit ?? ''}`);
  return { place, value: number.number, qualifier };
}
