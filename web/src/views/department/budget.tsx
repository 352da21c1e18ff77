import { Amount, Percent } from '../../blame/figure';
import { FieldSource } from '../../blame/figure-source';
import { UNIT_SIGNS } from '../../language/money';
import { say } from '../../language/say';
import { unit } from '../../preferences/preferences';
import { fieldText } from '../../terms/fields';
import { Bridge } from './bridge';
import { Year } from './year';
import { BudgetOfYear, budgetField } from './budget-field';
import { Months } from './months-chart';
import { DEPARTMENT_TEXTS } from './texts';

interface Props {
  readonly year: Year;
  readonly budget: BudgetOfYear;
  /** The moment that is shown: later months have not begun. */
  readonly until: string;
}

const AMOUNTS = ['opening', 'adjustment', 'revised', 'executed', 'remaining', 'carriedOut'] as const;

/** The amounts of the year, how the budget was adjusted, and how it was executed over time. */
export function Budget({ year, budget, until }: Props) {
  const source = (name: string): FieldSource => budgetField(year, `/${name}`);
  return (
    <section>
      <h2>
        {say(DEPARTMENT_TEXTS.budget)} {budget.closed && <span class="tag">{say(DEPARTMENT_TEXTS.closed)}</span>}
      </h2>
      <dl class="tiles">
        {AMOUNTS.filter((name) => name !== 'carriedOut' || budget.carriedOut !== '0.00').map((name) => (
          <div key={name}>
            <dt>{say(fieldText(name))}</dt>
            <dd>
              <Amount yuan={budget[name]} label={say(fieldText(name))} source={source(name)} />{' '}
              <span class="unit">{say(UNIT_SIGNS[unit.value])}</span>
            </dd>
          </div>
        ))}
        <div>
          <dt>{say(fieldText('executionRate'))}</dt>
          <dd>
            <Percent
              rate={budget.executionRate}
              label={say(fieldText('executionRate'))}
              source={source('executionRate')}
            />
          </dd>
        </div>
      </dl>
      {budget.goals.length > 0 && (
        <details>
          <summary>{say(DEPARTMENT_TEXTS.goals)}</summary>
          <ol>
            {budget.goals.map((goal) => (
              <li key={goal}>{goal}</li>
            ))}
          </ol>
        </details>
      )}
      <Bridge year={year} budget={budget} />
      <Months year={year} budget={budget} until={until} />
    </section>
  );
}
