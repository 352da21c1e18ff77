import { useSnapshot } from '../../api/questions';
import { Figure } from '../../blame/figure';
import { YearBudgetDocument } from '../../generated/documents';
import { say } from '../../language/say';
import { Answered, Empty } from '../../layout/asked';
import { useSubject } from '../../layout/subject';
import { Link } from '../../routing/link';
import { hrefOf, place } from '../../routing/router';
import { readYear } from '../../routing/year';
import { Budget } from './budget';
import { Evaluation } from './evaluation';
import { Indicators } from './indicators';
import { Lines } from './lines';
import { Tasks } from './tasks';
import { DEPARTMENT_TEXTS } from './texts';
import { Year } from './year';
import { YearChoice } from './year-choice';
import './department.css';

/** A department in one fiscal year, as of the moment that is shown. */
export default function Department() {
  const [department = '', year] = place.value.parts;
  const fiscalYear = readYear(year);
  return fiscalYear === undefined ? (
    <Empty>{say(DEPARTMENT_TEXTS.none)}</Empty>
  ) : (
    <DepartmentYear key={department} year={{ department, fiscalYear }} />
  );
}

function DepartmentYear({ year }: { readonly year: Year }) {
  const { department, fiscalYear } = year;
  const asked = useSnapshot(YearBudgetDocument, { ...year, from: `${fiscalYear}-01-01`, to: `${fiscalYear}-12-31` });
  useSubject(asked.data?.asOf?.department?.name, department, fiscalYear);
  return (
    <Answered asked={asked}>
      {({ asOf }) => {
        const found = asOf?.department;
        if (!asOf || !found) return <Empty>{say(DEPARTMENT_TEXTS.none)}</Empty>;
        return (
          <>
            <div class="view-head">
              <h1>
                <Figure
                  label={say(DEPARTMENT_TEXTS.name)}
                  text={found.name}
                  source={{ kind: 'field', entityType: 'DEPARTMENT', entity: department, path: '/name' }}
                />
              </h1>
              <YearChoice year={year} years={found.fiscalYears} />
              <nav class="view-links">
                <Link href={hrefOf('history', ['BUDGET', `${department}.${fiscalYear}`])}>
                  {say(DEPARTMENT_TEXTS.history)}
                </Link>
                <Link href={hrefOf('difference', [department, String(fiscalYear)])}>
                  {say(DEPARTMENT_TEXTS.difference)}
                </Link>
              </nav>
            </div>
            {asOf.budget ? (
              <Budget year={year} budget={asOf.budget} until={asOf.effectiveAt ?? asOf.knownAt} />
            ) : (
              <Empty>{say(DEPARTMENT_TEXTS.noBudget)}</Empty>
            )}
            {asOf.budget && <Lines year={year} />}
            <Tasks year={year} />
            <Indicators year={year} />
            <Evaluation year={year} />
          </>
        );
      }}
    </Answered>
  );
}
