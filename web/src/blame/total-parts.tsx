import { useList } from '../api/use-list';
import { useSnapshot } from '../api/questions';
import { useAllDepartments } from '../changes/departments';
import { FundSource, TotalDepartmentsDocument, TotalLinesDocument } from '../generated/documents';
import { say } from '../language/say';
import { Answered, Empty } from '../layout/asked';
import { moment } from '../routing/router';
import { fieldText } from '../terms/fields';
import { Figure } from './figure';
import { FigureSource, TotalSource } from './figure-source';
import { pathOf } from './paths';
import { showValue } from './show-value';
import { BLAME_TEXTS } from './texts';

/** What a sum over many budgets is made from: first the departments, then the lines of one of them. */
export function TotalParts({ source }: { readonly source: TotalSource }) {
  return source.department === undefined ? (
    <DepartmentParts source={source} />
  ) : (
    <LineParts source={source} department={source.department} />
  );
}

function DepartmentParts({ source }: { readonly source: TotalSource }) {
  const { fiscalYear, fundSource, expenditureKind, measure } = source;
  const asked = useSnapshot(TotalDepartmentsDocument, {
    fiscalYear,
    by: expenditureKind === undefined ? ['DEPARTMENT'] : ['DEPARTMENT', 'EXPENDITURE_KIND'],
    filter: fundSource === undefined ? null : { fundSources: [fundSource as FundSource] },
  });
  const names = new Map(useAllDepartments(asked.data?.asOf?.departments).nodes.map(({ code, name }) => [code, name]));
  return (
    <section>
      <h3>{say(BLAME_TEXTS.parts)}</h3>
      <Answered asked={asked}>
        {({ asOf }) => {
          const rows = (asOf?.totals ?? []).filter(
            ({ keys }) => expenditureKind === undefined || keys[1] === expenditureKind,
          );
          return (
            <Parts
              parts={rows.map((row) => {
                const code = row.keys[0] ?? '';
                return {
                  key: code,
                  name: names.get(code) ?? code,
                  value: row[measure],
                  source: { ...source, department: code },
                };
              })}
              measure={measure}
            />
          );
        }}
      </Answered>
    </section>
  );
}

function LineParts({ source, department }: { readonly source: TotalSource; readonly department: string }) {
  const { fiscalYear, fundSource = null, expenditureKind, measure } = source;
  const asked = useList({
    document: TotalLinesDocument,
    variables: { at: moment.value, department, fiscalYear, fundSource: fundSource as FundSource | null },
    pageIn: ({ asOf }) => asOf?.budget?.linesPage,
    most: Infinity,
  });
  const entity = `${department}.${String(fiscalYear)}`;
  return (
    <section>
      <h3>{say(BLAME_TEXTS.lineParts)}</h3>
      <Answered asked={asked}>
        {({ nodes }) => (
          <Parts
            parts={nodes
              .filter((line) => expenditureKind === undefined || line.expenditureKind === expenditureKind)
              .map((line) => ({
                key: line.code,
                name: line.name,
                value: line[measure],
                source: { kind: 'field', entityType: 'BUDGET', entity, path: pathOf('lines', line.code, measure) },
              }))}
            measure={measure}
          />
        )}
      </Answered>
    </section>
  );
}

interface Part {
  readonly key: string;
  readonly name: string;
  readonly value: string | null;
  readonly source: FigureSource;
}

function Parts({ parts, measure }: { readonly parts: readonly Part[]; readonly measure: TotalSource['measure'] }) {
  if (parts.length === 0) return <Empty>{say(BLAME_TEXTS.noFacts)}</Empty>;
  return (
    <ul class="parts">
      {parts.map(({ key, name, value, source }) => (
        <li key={key}>
          <span>{name}</span>{' '}
          <Figure
            label={`${name} · ${say(fieldText(measure))}`}
            text={showValue(`/${measure}`, value)}
            source={source}
          />
        </li>
      ))}
    </ul>
  );
}
