import { useQuestion } from '../../api/questions';
import { ForwardPages } from '../../changes/forward-pages';
import { ReadsOnRecordDocument, ReadsOnRecordQuery } from '../../generated/documents';
import { say } from '../../language/say';
import { Answered } from '../../layout/asked';
import { place } from '../../routing/router';
import { showDayOf, showTime, timeZone } from '../../session/ledger';
import { Column, Table } from '../../table/table';
import { ReadsFilter } from './reads-filter';
import { readFilterOf } from './read-filter';
import { operationText, READS_TEXTS as TEXTS } from './texts';

type Read = NonNullable<ReadsOnRecordQuery['reads']>['nodes'][number];

/** The reads that auditors may see, the newest first. */
export default function Reads() {
  const { query } = place.value;
  const asked = useQuestion(ReadsOnRecordDocument, { after: query.after, filter: readFilterOf(query, timeZone.value) });
  return (
    <>
      <h1>{say(TEXTS.title)}</h1>
      <p class="quiet">{say(TEXTS.intro)}</p>
      <ReadsFilter query={query} />
      <Answered asked={asked}>
        {({ reads }) =>
          reads && (
            <>
              <Table
                caption={say(TEXTS.title)}
                isStacked
                columns={columnsOf()}
                rows={reads.nodes}
                keyOf={({ id }) => id}
                order={{ column: 'at', isDescending: true }}
                fileName="mingjian-reads"
              />
              <ForwardPages next={reads.pageInfo.hasNextPage ? (reads.pageInfo.endCursor ?? undefined) : undefined} />
            </>
          )
        }
      </Answered>
    </>
  );
}

const columnsOf = (): readonly Column<Read>[] => [
  {
    name: 'who',
    title: say(TEXTS.who),
    cell: ({ name, sub }) => (
      <>
        {name ?? sub} {name !== null && <span class="quiet">{sub}</span>}
      </>
    ),
    csv: { title: say(TEXTS.who), cell: ({ sub }) => sub },
    sortKey: ({ sub }) => sub,
  },
  {
    name: 'at',
    title: say(TEXTS.last),
    cell: ({ at }) => <time dateTime={at}>{showTime(at)}</time>,
    csv: { title: say(TEXTS.last), cell: ({ at }) => at },
    sortKey: ({ at }) => at,
  },
  {
    name: 'count',
    title: say(TEXTS.count),
    isFigure: true,
    cell: ({ count }) => count,
    csv: { title: say(TEXTS.count), cell: ({ count }) => ({ number: String(count) }) },
    sortKey: ({ count }) => BigInt(count),
  },
  {
    name: 'operation',
    title: say(TEXTS.what),
    cell: ({ operation }) => say(operationText(operation)),
    csv: { title: say(TEXTS.what), cell: ({ operation }) => operation },
    sortKey: ({ operation }) => operation,
  },
  {
    name: 'of',
    title: say(TEXTS.of),
    cell: whatOf,
    csv: { title: say(TEXTS.of), cell: whatOf },
    sortKey: whatOf,
  },
  {
    name: 'moment',
    title: say(TEXTS.moment),
    cell: ({ position, effectiveAt }) =>
      [say(TEXTS.position(position)), ...(effectiveAt === null ? [] : [showDayOf(effectiveAt)])].join(' · '),
    csv: { title: say(TEXTS.moment), cell: ({ position }) => position },
    sortKey: ({ position }) => BigInt(position),
  },
  {
    name: 'fields',
    title: say(TEXTS.fields),
    cell: ({ fields }) => <FieldNames names={fields} />,
    csv: { title: say(TEXTS.fields), cell: ({ fields }) => fields.join(' ') },
  },
];

function whatOf({ entity, departments }: Read): string {
  return entity ?? departments.join(', ');
}

const SHOWN = 6;

function FieldNames({ names }: { readonly names: readonly string[] }) {
  const text = names.slice(0, SHOWN).join(', ');
  return <span title={names.join(', ')}>{names.length > SHOWN ? `${text}, … (${names.length})` : text}</span>;
}
