import { useSnapshot } from '../api/questions';
import { BudgetOriginDocument } from '../generated/documents';
import { say } from '../language/say';
import { Answered, Empty } from '../layout/asked';
import { showDayOf, showTime } from '../session/ledger';
import { FigureSource } from './figure-source';

/** The changes that made a figure. */
export function Origin({ source }: { readonly source: FigureSource }) {
  if (source.kind !== 'field' || source.entityType !== 'BUDGET') return <Empty>{say(TEXTS.none)}</Empty>;
  return <BudgetOrigin entity={source.entity} path={source.path} />;
}

function BudgetOrigin({ entity, path = '' }: { readonly entity: string; readonly path?: string }) {
  const end = entity.lastIndexOf('.');
  const asked = useSnapshot(BudgetOriginDocument, {
    department: entity.slice(0, end),
    fiscalYear: Number(entity.slice(end + 1)),
  });
  return (
    <Answered asked={asked}>
      {({ asOf }) => {
        const origins = (asOf?.budget?.blame ?? []).filter((origin) => origin.path.startsWith(path));
        if (origins.length === 0) return <Empty>{say(TEXTS.none)}</Empty>;
        return (
          <dl>
            {origins.map(({ path: field, change }) => (
              <div key={field}>
                <dt>
                  <code>{field}</code>
                </dt>
                <dd>
                  {change.type}, {showTime(change.recordedAt)}, {showDayOf(change.effectiveAt)} {change.documentNo}{' '}
                  {change.actor.name ?? change.actor.sub}
                </dd>
              </div>
            ))}
          </dl>
        );
      }}
    </Answered>
  );
}

const TEXTS = { none: { zh: '没有相关变更。', en: 'No change on record made it.' } };
