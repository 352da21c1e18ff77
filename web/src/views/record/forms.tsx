import { useEffect, useState } from 'preact/hooks';
import { ActionFormView } from '../../entering/action-form';
import { Option, Values } from '../../entering/field';
import { ActionForm } from '../../entering/forms/form';
import { WriteInput } from '../../entering/written';
import { place } from '../../routing/router';
import { useDepartmentChoice, useIndicators, useLines, useTasks } from './references';

interface Props<Input extends WriteInput> {
  readonly form: ActionForm<Input>;
}

/** A fact on a line of a budget. */
export function BudgetFactForm<Input extends WriteInput>({ form }: Props<Input>) {
  const [values, setValues] = useValues();
  const { departments, yearsOf } = useDepartmentChoice();
  const { department = '', fiscalYear = '' } = values;
  const years = yearsOf(department);
  const lines = useLines(department, fiscalYear);
  useOnlyChoice(values, setValues, 'department', departments);
  useOnlyChoice(values, setValues, 'fiscalYear', years);
  return (
    <ActionFormView
      form={form}
      values={values}
      onChange={setValues}
      options={{ department: departments, fiscalYear: years, line: lines.options }}
      itemName={lines.itemName}
    />
  );
}

export function TaskForm<Input extends WriteInput>({ form }: Props<Input>) {
  const [values, setValues] = useValues();
  const { departments } = useDepartmentChoice();
  useOnlyChoice(values, setValues, 'department', departments);
  const tasks = useTasks(values.department ?? '');
  return (
    <ActionFormView
      form={form}
      values={values}
      onChange={setValues}
      options={{ department: departments, code: tasks }}
    />
  );
}

export function IndicatorForm<Input extends WriteInput>({
  form,
  qualifiers,
}: Props<Input> & { readonly qualifiers: readonly Option[] }) {
  const [values, setValues] = useValues();
  const { departments } = useDepartmentChoice();
  useOnlyChoice(values, setValues, 'department', departments);
  const indicators = useIndicators(values.department ?? '');
  return (
    <ActionFormView
      form={form}
      values={values}
      onChange={setValues}
      options={{ department: departments, code: indicators, qualifier: qualifiers }}
    />
  );
}

/** What is filled in. A link may say the first values. */
export const useValues = (): [Values, (values: Values) => void] => useState<Values>(() => place.peek().query);

/** If there is only one choice, it is made. */
function useOnlyChoice(
  values: Values,
  setValues: (values: Values) => void,
  name: string,
  options: readonly Option[] | undefined,
): void {
  const only = options?.length === 1 ? options[0]?.value : undefined;
  useEffect(() => {
    if (only !== undefined && values[name] === undefined) setValues({ ...values, [name]: only });
  }, [only, values[name]]);
}
