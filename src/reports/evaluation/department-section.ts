import { DepartmentFigures } from '../../figures/department';
import { Block, figure, heading, list, paragraph } from '../document/block';
import { noteOf } from './notes';

/** 部门职能 */
export function departmentSection({
  name,
  nameSource,
  level,
  levelSource,
  functions,
  functionsSource,
}: DepartmentFigures): readonly Block[] {
  const levelText = level === undefined ? [] : ['，', figure(level, noteOf(levelSource))];
  return [
    heading(2, '（一）部门职能'),
    paragraph(figure(name, noteOf(nameSource)), ...levelText, '。'),
    ...(functions.length === 0
      ? [paragraph('账本没有记载部门职能。')]
      : [
          paragraph('账本记载的职能共 ', figure(`${functions.length} 项`, noteOf(functionsSource)), '：'),
          list(functions.map((duty, index) => [`${index + 1}．${duty}`])),
        ]),
  ];
}
