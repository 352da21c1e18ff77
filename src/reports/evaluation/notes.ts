import { Source, SourceOfSum } from '../../figures/source';

/** The footnote of a figure that one fact gives. */
export function noteOf(source: Source | undefined): string | undefined {
  return source && `${placeOf(source)}。`;
}

/** The footnote of a figure that several facts make together. */
export function noteOfSum({ count, last }: SourceOfSum, what: string): string {
  if (last === undefined) return `账本没有记载${what}。`;
  return count === 1 ? `${placeOf(last)}。` : `共 ${count} 项${what}；最后登记的一项：${placeOf(last)}。`;
}

/** A footnote that says how a figure is computed from others. */
export const noteOfRule = (rule: string, ...sources: readonly (string | undefined)[]): string =>
  [`${rule}。`, ...sources.filter((source) => source !== undefined)].join('');

export function placeOf({ documentNo, position, effectiveOn, corrections = [] }: Source): string {
  const parts = [
    documentNo === undefined ? '无文号' : `文号 ${documentNo}`,
    `账本位置 ${position}`,
    `生效日 ${effectiveOn}`,
    ...(corrections.length === 0 ? [] : [`更正见位置 ${corrections.join('、')}`]),
  ];
  return parts.join('，');
}
