import { useSnapshot } from '../../api/questions';
import { Figure } from '../../blame/figure';
import { DepartmentAlertsDocument } from '../../generated/documents';
import { readBoth } from '../../language/both';
import { formatDecimal } from '../../language/money';
import { say } from '../../language/say';
import { Answered } from '../../layout/asked';
import { hrefOf } from '../../routing/router';
import { Link } from '../../routing/link';
import { CITY_TEXTS } from './texts';

/** Each department is one question, so only the first ones are looked at by themselves. */
const MOST = 30;

interface Props {
  readonly fiscalYear: number;
  readonly departments: readonly string[];
  readonly nameOf: (department: string) => string;
}

/** The rules that are broken on the day, department by department. */
export function Alerts({ fiscalYear, departments, nameOf }: Props) {
  const more = departments.length - MOST;
  return (
    <section>
      <h2>{say(CITY_TEXTS.alerts)}</h2>
      {departments.slice(0, MOST).map((department) => (
        <DepartmentAlerts key={department} department={department} name={nameOf(department)} fiscalYear={fiscalYear} />
      ))}
      {more > 0 && <p class="quiet">{say(CITY_TEXTS.unlessMore(more))}</p>}
    </section>
  );
}

interface DepartmentProps {
  readonly department: string;
  readonly name: string;
  readonly fiscalYear: number;
}

function DepartmentAlerts({ department, name, fiscalYear }: DepartmentProps) {
  const asked = useSnapshot(DepartmentAlertsDocument, { department, fiscalYear });
  return (
    <Answered asked={asked}>
      {({ asOf }) => {
        const alerts = asOf?.monitoring?.alerts ?? [];
        return (
          <>
            <h3>
              <Link href={hrefOf('department', [department, String(fiscalYear)])}>{name}</Link>
            </h3>
            {alerts.length === 0 && <p class="quiet">{say(CITY_TEXTS.noAlerts)}</p>}
            <ul class="alerts">
              {alerts.map(({ rule, level, entityType, entity, text, value, threshold }) => (
                <li key={`${rule} ${entity}`} class={level === 'RED' ? 'red' : 'yellow'}>
                  <span>{say(readBoth(text))}</span>{' '}
                  <Figure label={rule} text={formatDecimal(value)} source={{ kind: 'field', entityType, entity }} />{' '}
                  <span class="quiet">({formatDecimal(threshold)})</span>
                </li>
              ))}
            </ul>
          </>
        );
      }}
    </Answered>
  );
}
