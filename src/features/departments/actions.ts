import { actionsOn, ActionsOf } from '../../actions/action';
import { commandInput } from '../../actions/command-fields';
import { label, list, optional } from '../../input/fields';
import { INPUT_BOUNDS } from '../../kernel/limits';
import { codeOf } from '../shared/fields';
import { DepartmentCommand, departmentDecider } from './decider';
import { departmentProjection } from './projection';
import { departmentReading } from './readings';

const action = actionsOn({
  decider: departmentDecider,
  reading: departmentReading,
  projection: departmentProjection,
  codeOf: ({ code }: { readonly code: string }) => code,
});

const code = codeOf('部门代码', 'The code of the department');
const name = label('名称，非空，最多 500 个字符。The name; not blank, at most 500 characters.');

export const departmentActions = {
  register: action({
    name: 'registerDepartment',
    description:
      '登记部门；内容自始成立。代码已用：CONFLICT。Registers a department; what it says is true from the beginning. If the code is in use: CONFLICT.',
    input: commandInput(
      'RegisterDepartmentInput',
      '部门登记。A department to register. What it says is true from the beginning.',
      {
        code,
        name,
        level: optional(
          label(
            '级别，例如正处级，非空，最多 500 个字符。The rank, for example 正处级; not blank, at most 500 characters.',
          ),
        ),
        functions: optional(
          list(
            label(),
            { most: INPUT_BOUNDS.maxTexts },
            '职能，最多 100 条，每条非空，最多 500 个字符。What the department is in charge of: at most 100 items, none blank, each of at most 500 characters.',
          ),
        ),
      },
    ),
    toCommand: ({ code, name, level, functions = [] }) => ({
      kind: 'register',
      registration: { code, name, level, functions },
    }),
  }),
  rename: action({
    name: 'renameDepartment',
    description: '部门更名，自生效时间起使用新名称。Renames a department from the effective date on.',
    input: commandInput('RenameDepartmentInput', '部门更名。A new name of a department.', { code, name }),
    toCommand: ({ code, name }) => ({ kind: 'rename', code, name }),
  }),
} satisfies ActionsOf<DepartmentCommand>;
