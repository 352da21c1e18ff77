import { Dice, pick } from './dice';
import { Command, Known } from './known';

const DEPARTMENTS = ['D1', 'd-2'];
const NAMES = ['市政务服务数据管理局', '市政数局', '市数据局'];

export const departmentCommands = {
  register: (dice: Dice, known: Known): Command => ({
    mutation: 'registerDepartment',
    kind: 'department',
    input: {
      code: pick(dice.blind ? DEPARTMENTS : known.missing('department', DEPARTMENTS), dice.entity),
      name: pick(NAMES, dice.part),
      level: pick([undefined, '正处级'], dice.other),
      functions: pick([undefined, ['统筹政务服务', '管理数据']], dice.part),
    },
  }),
  rename: (dice: Dice, known: Known): Command => ({
    mutation: 'renameDepartment',
    kind: 'department',
    input: { code: pick(known.existing('department', DEPARTMENTS), dice.entity), name: pick(NAMES, dice.part) },
  }),
};
