import { say } from '../language/say';
import { Answered, Empty } from '../layout/asked';
import { Moment } from '../moment/moment';
import { Link } from '../routing/link';
import { hrefOf, moment } from '../routing/router';
import { BlamedField } from './blamed-field';
import { ChangeBlame } from './change-blame';
import { useEntityId } from './entity-id';
import { FieldSource, FigureSource, TotalSource } from './figure-source';
import { formulaAt } from './formula';
import { FormulaParts } from './formula-parts';
import { factsAt } from './facts';
import { FactsOfFigure } from './facts-of-figure';
import { FieldChain } from './field-chain';
import { FieldOrigin } from './field-origin';
import { BLAME_TEXTS } from './texts';
import './change.css';
import { SumParts } from './sum-parts';
import { ThenAndNow } from './then-and-now';
import { TotalParts } from './total-parts';

/** The changes that made a figure. */
export function Origin({ source }: { readonly source: FigureSource }) {
  switch (source.kind) {
    case 'field':
      return <FieldBlame source={source} />;
    case 'change':
      return <ChangeBlame source={source} />;
    case 'sum':
      return <SumParts source={source} />;
    case 'total':
      return isOneBudget(source) ? <FieldBlame source={budgetOf(source)} /> : <TotalParts source={source} />;
  }
}

/** Whether a total is that of a whole budget. */
const isOneBudget = ({ department, fundSource, expenditureKind }: TotalSource): boolean =>
  department !== undefined && fundSource === undefined && expenditureKind === undefined;

const budgetOf = ({ department = '', fiscalYear, measure }: TotalSource): FieldSource => ({
  kind: 'field',
  entityType: 'BUDGET',
  entity: `${department}.${String(fiscalYear)}`,
  path: `/${measure}`,
});

/** The moment of the figure. An amount of a part of the year is that of the last day of the part. */
export function momentOf({ at = moment.value, days }: FieldSource): Moment {
  const isLater = at.effectiveAt === undefined || (days !== undefined && at.effectiveAt.slice(0, 10) > days.to);
  return days !== undefined && isLater ? { ...at, effectiveAt: days.to } : at;
}

function FieldBlame({ source }: { readonly source: FieldSource }) {
  const { entityType, entity, path } = source;
  const at = momentOf(source);
  const asked = useEntityId(entityType, entity, at);
  const views = (
    <p class="blame-links">
      {path !== undefined && (
        <Link href={hrefOf('clocks', [entityType, entity], { field: path })}>{say(BLAME_TEXTS.onBothClocks)}</Link>
      )}
      <Link href={hrefOf('history', [entityType, entity])}>{say(BLAME_TEXTS.entityHistory)}</Link>
    </p>
  );
  return (
    <>
      {views}
      <Answered asked={asked}>
        {({ id }) =>
          id === null || path === undefined ? (
            <Empty>{say(id === null ? BLAME_TEXTS.noOrigin : BLAME_TEXTS.computedByRule)}</Empty>
          ) : (
            <FieldParts field={{ source: { ...source, path }, at, id }} />
          )
        }
      </Answered>
    </>
  );
}

function FieldParts({ field }: { readonly field: BlamedField }) {
  const { entityType, path, days } = field.source;
  const facts = entityType === 'BUDGET' ? factsAt(path) : undefined;
  // What was spent in a later month has no field of its own: it is only its facts.
  if (facts !== undefined && days !== undefined && !days.from.endsWith('-01-01'))
    return <FactsOfFigure field={field} wanted={facts} />;
  return (
    <>
      <ThenAndNow field={field} />
      {formulaAt(entityType, path) !== undefined && <FormulaParts field={field} />}
      <FieldOrigin field={field} />
      {facts === undefined ? <FieldChain field={field} /> : <FactsOfFigure field={field} wanted={facts} />}
    </>
  );
}
