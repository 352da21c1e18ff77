import { useEffect } from 'preact/hooks';
import { current, useSnapshot } from '../../api/questions';
import { Amount } from '../../blame/figure';
import { MEASURES } from '../../blame/figure-source';
import { Department, useAllDepartments, yearsOf } from '../../changes/departments';
import { CityDocument, CityQuery, CityYearsDocument } from '../../generated/documents';
import { UNIT_SIGNS } from '../../language/money';
import { say } from '../../language/say';
import { Answered } from '../../layout/asked';
import { useSubject } from '../../layout/subject';
import { unit } from '../../preferences/preferences';
import { goTo, hrefOf, place } from '../../routing/router';
import { readYear } from '../../routing/year';
import { Link } from '../../routing/link';
import { today } from '../../session/ledger';
import { Alerts } from './alerts';
import { CITY_TEXTS, EXPENDITURE_KINDS, FUND_SOURCES, MEASURE_TEXTS } from './texts';
import { TotalsTable } from './totals-table';
import { YearChoice } from './year-choice';
import './city.css';

type Snapshot = NonNullable<CityQuery['asOf']>;

/** What the departments have of the year, and what they have done with it. */
export default function City() {
  const [year] = place.value.parts;
  const fiscalYear = readYear(year);
  return fiscalYear === undefined ? <NewestYear /> : <CityYear fiscalYear={fiscalYear} />;
}

/** Goes to the newest year that a department has something of. */
function NewestYear() {
  const asked = useSnapshot(CityYearsDocument, {});
  const { nodes: departments, isWhole } = useAllDepartments(current(asked)?.asOf?.departments);
  const [newest] = yearsOf(departments);
  const isKnown = isWhole && !asked.isAsking;
  useEffect(() => {
    if (isKnown) goTo(hrefOf('city', [String(newest ?? today().slice(0, 4))]), { replace: true });
  }, [isKnown, newest]);
  return <Answered asked={asked}>{() => null}</Answered>;
}

function CityYear({ fiscalYear }: { readonly fiscalYear: number }) {
  useSubject(fiscalYear);
  const asked = useSnapshot(CityDocument, { fiscalYear });
  const { nodes: departments } = useAllDepartments(asked.data?.asOf?.departments);
  return (
    <>
      <div class="view-head">
        <h1>{say(CITY_TEXTS.title(fiscalYear))}</h1>
        <YearChoice fiscalYear={fiscalYear} years={yearsOf(departments)} />
      </div>
      <Answered asked={asked}>
        {({ asOf }) => asOf && <Totals snapshot={asOf} fiscalYear={fiscalYear} departments={departments} />}
      </Answered>
    </>
  );
}

interface Props {
  readonly snapshot: Snapshot;
  readonly fiscalYear: number;
  readonly departments: readonly Department[];
}

function Totals({ snapshot, fiscalYear, departments }: Props) {
  const names = new Map(departments.map(({ code, name }) => [code, name]));
  const [all] = snapshot.all ?? [];
  const shared = { fiscalYear, total: all };
  return (
    <>
      {all !== undefined && (
        <dl class="tiles">
          {MEASURES.filter((measure) => measure !== 'executionRate').map((measure) => (
            <div key={measure}>
              <dt>{say(MEASURE_TEXTS[measure])}</dt>
              <dd>
                <Amount
                  yuan={all[measure]}
                  label={`${say(CITY_TEXTS.total)} · ${say(MEASURE_TEXTS[measure])}`}
                  source={{ kind: 'total', fiscalYear, measure }}
                />{' '}
                <span class="unit">{say(UNIT_SIGNS[unit.value])}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <TotalsTable
        {...shared}
        caption={say(CITY_TEXTS.byDepartment)}
        dimension="department"
        rows={snapshot.byDepartment ?? []}
        heading={say(CITY_TEXTS.department)}
        nameOf={(code) => names.get(code) ?? code}
        cell={(code) => <Link href={hrefOf('department', [code, String(fiscalYear)])}>{names.get(code) ?? code}</Link>}
      />
      <div class="columns">
        <TotalsTable
          {...shared}
          caption={say(CITY_TEXTS.bySource)}
          dimension="fundSource"
          rows={snapshot.bySource ?? []}
          heading={say(CITY_TEXTS.source)}
          nameOf={(code) => nameIn(FUND_SOURCES, code)}
        />
        <TotalsTable
          {...shared}
          caption={say(CITY_TEXTS.byKind)}
          dimension="expenditureKind"
          rows={snapshot.byKind ?? []}
          heading={say(CITY_TEXTS.kind)}
          nameOf={(code) => nameIn(EXPENDITURE_KINDS, code)}
        />
      </div>
      <Alerts
        fiscalYear={fiscalYear}
        nameOf={(code) => names.get(code) ?? code}
        departments={(snapshot.byDepartment ?? []).flatMap(({ keys: [code] }) => code ?? [])}
      />
    </>
  );
}

function nameIn(texts: typeof FUND_SOURCES, code: string): string {
  const text = texts[code];
  return text === undefined ? code : say(text);
}
