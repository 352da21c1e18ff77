import { useState } from 'preact/hooks';
import { useSnapshot } from '../../api/questions';
import { Figure } from '../../blame/figure';
import { CityAlertsDocument } from '../../generated/documents';
import { readBoth } from '../../language/both';
import { formatDecimal } from '../../language/money';
import { say } from '../../language/say';
import { Answered } from '../../layout/asked';
import { hrefOf } from '../../routing/router';
import { Link } from '../../routing/link';
import { Alert, alertsIn, alertVariables, AT_ONCE } from './alert-pages';
import { CITY_TEXTS } from './texts';

interface Props {
  readonly fiscalYear: number;
  readonly departments: readonly string[];
  readonly nameOf: (department: string) => string;
}

/** The rules that are broken on the day, department by department. */
export function Alerts({ fiscalYear, departments, nameOf }: Props) {
  const [first, setFirst] = useState(0);
  // At another moment there may be fewer of them.
  const from = first < departments.length ? first : 0;
  const looked = departments.slice(from, from + AT_ONCE);
  const move = (to: number, text: string) =>
    to >= 0 &&
    to < departments.length && (
      <button
        type="button"
        onClick={() => {
          setFirst(to);
        }}
      >
        {text}
      </button>
    );
  return (
    <section>
      <h2>{say(CITY_TEXTS.alerts)}</h2>
      {looked.length === 0 ? (
        <p class="quiet">{say(CITY_TEXTS.noAlerts)}</p>
      ) : (
        <AlertsOf key={looked.join(' ')} fiscalYear={fiscalYear} departments={looked} nameOf={nameOf} />
      )}
      {departments.length > AT_ONCE && (
        <p class="pages">
          <span class="quiet">{say(CITY_TEXTS.looked(from + 1, from + looked.length, departments.length))}</span>
          {move(from - AT_ONCE, say(CITY_TEXTS.previous))}
          {move(from + AT_ONCE, say(CITY_TEXTS.next))}
        </p>
      )}
    </section>
  );
}

function AlertsOf({ fiscalYear, departments, nameOf }: Props) {
  const asked = useSnapshot(CityAlertsDocument, alertVariables(departments, fiscalYear));
  return (
    <Answered asked={asked}>
      {({ asOf }) =>
        alertsIn(asOf, departments).map(({ department, alerts = [] }) => (
          <div key={department}>
            <h3>
              <Link href={hrefOf('department', [department, String(fiscalYear)])}>{nameOf(department)}</Link>
            </h3>
            {alerts.length === 0 && <p class="quiet">{say(CITY_TEXTS.noAlerts)}</p>}
            <AlertList alerts={alerts} />
          </div>
        ))
      }
    </Answered>
  );
}

const AlertList = ({ alerts }: { readonly alerts: readonly Alert[] }) => (
  <ul class="alerts">
    {alerts.map(({ rule, level, entityType, entity, text, value, threshold }) => (
      <li key={`${rule} ${entity}`} class={level === 'RED' ? 'red' : 'yellow'}>
        <span>{say(readBoth(text))}</span>{' '}
        <Figure label={rule} text={formatDecimal(value)} source={{ kind: 'field', entityType, entity }} />{' '}
        <span class="quiet">({formatDecimal(threshold)})</span>
      </li>
    ))}
  </ul>
);
