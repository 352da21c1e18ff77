import { say } from '../../language/say';
import { goTo, hrefOf } from '../../routing/router';
import { CITY_TEXTS } from './texts';

interface Props {
  readonly fiscalYear: number;
  /** The years that departments have something of, the newest first. */
  readonly years: readonly number[];
}

export function YearChoice({ fiscalYear, years }: Props) {
  const choices = years.includes(fiscalYear) ? years : [fiscalYear, ...years];
  return (
    <label class="choice">
      {say(CITY_TEXTS.year)}
      <select
        value={fiscalYear}
        onChange={({ currentTarget }) => {
          goTo(hrefOf('city', [currentTarget.value]));
        }}
      >
        {choices.map((year) => (
          <option key={year} value={year}>
            {year}
          </option>
        ))}
      </select>
    </label>
  );
}
