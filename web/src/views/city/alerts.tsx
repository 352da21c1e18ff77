import { batchesOf } from '../../api/batches';
import { useSnapshots } from '../../api/questions';
import { Figure } from '../../blame/figure';
import { CityAlertsDocument } from '../../generated/documents';
import { readBoth } from '../../language/both';
import { say } from '../../language/say';
import { Answered } from '../../layout/asked';
import { hrefOf } from '../../routing/router';
import { Link } from '../../routing/link';
import { Column, Table } from '../../table/table';
import { AlertOfDepartment, alertsIn, alertVariables, AT_ONCE } from './alert-pages';
import { ALERT_LEVELS, CITY_TEXTS } from './texts';

interface Props {
  readonly fiscalYear: number;
  readonly departments: readonly string[];
  readonly nameOf: (department: string) => string;
}

/** The rules that are broken on the day, the serious ones first. */
export function Alerts({ fiscalYear, departments, nameOf }: Props) {
  const batches = batchesOf(departments, AT_ONCE);
  const asked = useSnapshots(
    CityAlertsDocument,
    batches.map((batch) => alertVariables(batch, fiscalYear)),
  );
  return (
    <section>
      <Answered asked={asked}>
        {(answers) => {
          const alerts = batches.flatMap((batch, index) => alertsIn(answers[index]?.asOf ?? null, batch));
          const alerted = new Set(alerts.map(({ department }) => department)).size;
          return (
            <Table
              caption={say(CITY_TEXTS.alerts)}
              note={say(CITY_TEXTS.alerted(alerted, departments.length))}
              isStacked
              columns={columnsOf(fiscalYear, nameOf)}
              rows={alerts}
              keyOf={({ department, rule, text }) => `${department} ${rule} ${text}`}
              order={{ column: 'level', isDescending: true }}
              fileName={`mingjian-${fiscalYear}-alerts`}
            />
          );
        }}
      </Answered>
    </section>
  );
}

const columnsOf = (fiscalYear: number, nameOf: Props['nameOf']): readonly Column<AlertOfDepartment>[] => {
  const level = (alert: AlertOfDepartment) => say(ALERT_LEVELS[alert.level]);
  const text = (alert: AlertOfDepartment) => say(readBoth(alert.text));
  const name = ({ department }: AlertOfDepartment) => nameOf(department);
  return [
    {
      name: 'department',
      title: say(CITY_TEXTS.department),
      cell: (alert) => <Link href={hrefOf('department', [alert.department, String(fiscalYear)])}>{name(alert)}</Link>,
      csv: { title: say(CITY_TEXTS.department), cell: name },
      sortKey: name,
    },
    {
      name: 'level',
      title: say(CITY_TEXTS.level),
      cell: (alert) => <span class={`alert-level ${alert.level.toLowerCase()}`}>{level(alert)}</span>,
      csv: { title: say(CITY_TEXTS.level), cell: level },
      sortKey: (alert) => (alert.level === 'RED' ? 1n : 0n),
    },
    {
      name: 'text',
      title: say(CITY_TEXTS.broken),
      cell: (alert) => (
        <Figure
          label={alert.rule}
          text={text(alert)}
          source={{ kind: 'field', entityType: alert.entityType, entity: alert.entity }}
        />
      ),
      csv: { title: say(CITY_TEXTS.broken), cell: text },
    },
  ];
};
