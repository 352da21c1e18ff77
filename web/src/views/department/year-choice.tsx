import { say } from '../../language/say';
import { goTo, hrefOf } from '../../routing/router';
import { Year } from './year';
import { DEPARTMENT_TEXTS } from './texts';

interface Props {
  readonly year: Year;
  /** The years that the department has something of. */
  readonly years: readonly number[];
}

export function YearChoice({ year: { department, fiscalYear }, years }: Props) {
  const choices = [...new Set([fiscalYear, ...years])].sort((left, right) => right - left);
  return (
    <label class="choice">
      {say(DEPARTMENT_TEXTS.year)}
      <select
        value={fiscalYear}
        onChange={({ currentTarget }) => {
          goTo(hrefOf('department', [department, currentTarget.value]));
        }}
      >
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
    </label>
  );
}
