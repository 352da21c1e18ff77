import { useDepartments, yearsOf } from '../../changes/departments';
import { say } from '../../language/say';
import { useSubject } from '../../layout/subject';
import { goTo, hrefOf, place } from '../../routing/router';
import { DIFFERENCE_TEXTS } from './texts';

interface Props {
  readonly department: string | undefined;
  readonly year: string | undefined;
}

/** Of which department, and of which of its years, the differences are shown. */
export function DepartmentChoice({ department, year }: Props) {
  const departments = useDepartments().data?.nodes ?? [];
  const go = (...parts: readonly (string | undefined)[]): void => {
    const given = parts.filter((part): part is string => part !== undefined && part !== '');
    goTo(hrefOf('difference', given, place.value.query));
  };
  useSubject(departments.find(({ code }) => code === department)?.name, department, year);
  const years = yearsOf(departments.filter(({ code }) => code === department));
  const choices = [...new Set([...(year === undefined ? [] : [year]), ...years.map(String)])];
  return (
    <div class="filter">
      <label class="choice">
        {say(DIFFERENCE_TEXTS.department)}
        <select
          value={department ?? ''}
          onChange={({ currentTarget }) => {
            go(currentTarget.value);
          }}
        >
          <option value="">{say(DIFFERENCE_TEXTS.all)}</option>
          {department !== undefined && !departments.some(({ code }) => code === department) && (
            <option value={department}>{department}</option>
          )}
          {departments.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {department !== undefined && (
        <label class="choice">
          {say(DIFFERENCE_TEXTS.year)}
          <select
            value={year ?? ''}
            onChange={({ currentTarget }) => {
              go(department, currentTarget.value);
            }}
          >
            <option value="">{say(DIFFERENCE_TEXTS.all)}</option>
            {choices.map((choice) => (
              <option key={choice} value={choice}>
                {choice}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}
