import { useQuestion } from '../../api/questions';
import { entityHref } from '../../changes/entity-href';
import { ForwardPages } from '../../changes/forward-pages';
import { ReadsOnRecordDocument, ReadsOnRecordQuery } from '../../generated/documents';
import { say } from '../../language/say';
import { Answered } from '../../layout/asked';
import { Link } from '../../routing/link';
import { place } from '../../routing/router';
import { showDayOf, showTime, timeZone } from '../../session/ledger';
import { Column, Table } from '../../table/table';
import { ENTITY_TYPES, isEntityType } from '../../terms/entities';
import { readFields } from './read-fields';
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
    cell: (read) => <WhatOf read={read} />,
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
    cell: ({ fields }) => <Fields paths={fields} />,
    csv: { title: say(TEXTS.fields), cell: ({ fields }) => fields.join(' ') },
  },
];

/** As the API says it. */
const whatOf = ({ entity, departments }: Read): string => entity ?? departments.join(', ');

/** One entity, or departments: their codes, patterns of codes, or all. */
function WhatOf({ read: { entity, departments } }: { readonly read: Read }) {
  if (entity === null)
    return <>{departments.map((code) => (code === '*' ? say(TEXTS.allDepartments) : code)).join(', ')}</>;
  const [, type = '', code = entity] = /^([^/]+)\/(.*)$/s.exec(entity) ?? [];
  if (!isEntityType(type)) return <>{entity}</>;
  return (
    <Link href={entityHref(type, code)}>
      {say(ENTITY_TYPES[type])} {code}
    </Link>
  );
}

/** What was asked for: the things in one line, and the fields of each when it is opened. */
function Fields({ paths }: { readonly paths: readonly string[] }) {
  const things = readFields(paths);
  const count = say(TEXTS.fieldCount(paths.length));
  return (
    <details>
      <summary>{[...things.map(({ of }) => say(of)), count].join(' · ')}</summary>
      <ul class="field-changes">
        {things.map(({ of, names }) => (
          <li key={of.en}>{[say(of), ...(names.length === 0 ? [] : [names.map(say).join(', ')])].join(': ')}</li>
        ))}
      </ul>
    </details>
  );
}
