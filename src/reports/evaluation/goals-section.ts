import { BudgetFigures } from '../../figures/budget';
import { Block, figure, heading, list, paragraph } from '../document/block';
import { noteOf } from './notes';

/** 部门整体支出绩效目标 */
export function goalsSection(budget: BudgetFigures | undefined): readonly Block[] {
  const title = heading(2, '（三）部门整体支出绩效目标');
  if (budget === undefined || budget.goals.length === 0) return [title, paragraph('账本没有记载绩效目标。')];
  return [
    title,
    paragraph('随预算批复的绩效目标共 ', figure(`${budget.goals.length} 项`, noteOf(budget.approval)), '：'),
    list(budget.goals.map((goal, index) => [`${index + 1}．${goal}`])),
  ];
}
