import { entityHref } from '../../changes/entity-href';
import { LineNames, useLineNames } from '../../changes/line-names';
import { partsOf } from '../../blame/differences';
import { ChangeFigure } from '../../blame/change-figure';
import { showValue } from '../../blame/show-value';
import { ItemName, namedPath } from '../../entering/named-path';
import { LateChangesQuery } from '../../generated/documents';
import { say } from '../../language/say';
import { Link } from '../../routing/link';
import { place } from '../../routing/router';
import { writeAddress } from '../../routing/place';
import { showDayOf, showTime } from '../../session/ledger';
import { Column, Table } from '../../table/table';
import { changeTypeText } from '../../terms/changes';
import { ENTITY_TYPES } from '../../terms/entities';
import { LATE_TEXTS as TEXTS } from './texts';

type Change = NonNullable<LateChangesQuery['changes']>['nodes'][number];

const DAY_MS = 86_400_000;
const daysLate = ({ recordedAt, effectiveAt }: Change): number =>
  Math.floor((Date.parse(recordedAt) - Date.parse(effectiveAt)) / DAY_MS);

interface Props {
  readonly changes: readonly Change[];
  readonly isCorrected: boolean;
}

export function ChangesTable({ changes, isCorrected }: Props) {
  const lineNames = useLineNames([...new Set(changes.map(({ department }) => department))]);
  return (
    <Table
      caption={say(isCorrected ? TEXTS.corrected : TEXTS.late)}
      isStacked
      columns={columnsOf(isCorrected, lineNames)}
      rows={changes}
      keyOf={({ eventId }) => eventId}
      order={{ column: 'recorded', isDescending: false }}
      fileName={isCorrected ? 'mingjian-corrected' : 'mingjian-late'}
    />
  );
}

const columnsOf = (isCorrected: boolean, lineNames: LineNames): readonly Column<Change>[] => [
  {
    name: 'what',
    title: say(TEXTS.what),
    cell: ({ type, entityType, entity, position }) => <ChangeFigure {...{ type, entityType, entity, position }} />,
    csv: { title: say(TEXTS.what), cell: ({ type }) => say(changeTypeText(type)) },
    sortKey: ({ type }) => say(changeTypeText(type)),
  },
  {
    name: 'of',
    title: say(TEXTS.of),
    cell: ({ entityType, entity }) => (
      <Link href={entityHref(entityType, entity)}>
        {say(ENTITY_TYPES[entityType])} {entity}
      </Link>
    ),
    csv: { title: say(TEXTS.of), cell: ({ entity }) => entity },
    sortKey: ({ entity }) => entity,
  },
  {
    name: 'recorded',
    title: say(TEXTS.recorded),
    cell: (change) => (
      <Link class="nowrap" href={writeAddress({ place: place.value, moment: { position: change.position } })}>
        {showTime(change.recordedAt)}
      </Link>
    ),
    csv: { title: say(TEXTS.recorded), cell: ({ recordedAt }) => recordedAt },
    sortKey: ({ position }) => BigInt(position),
  },
  {
    name: 'effective',
    title: say(TEXTS.inEffect),
    cell: ({ effectiveAt }) => <span class="nowrap">{showDayOf(effectiveAt)}</span>,
    csv: { title: say(TEXTS.inEffect), cell: ({ effectiveAt }) => effectiveAt },
    sortKey: ({ effectiveAt }) => effectiveAt,
  },
  ...(isCorrected ? [] : [daysColumn()]),
  {
    name: 'did',
    title: say(TEXTS.did),
    cell: (change) => <Did change={change} itemName={lineNames(change.entity)} />,
    csv: {
      title: say(TEXTS.did),
      cell: ({ entity, fieldsPage: { nodes, pageInfo } }) =>
        [
          ...partsOf(nodes).map(
            ({ path, before, after }) =>
              `${namedPath(path, say, lineNames(entity))}: ${showValue(path, before)} → ${showValue(path, after)}`,
          ),
          ...(pageInfo.hasNextPage ? [say(TEXTS.more)] : []),
        ].join('; '),
    },
  },
  {
    name: 'by',
    title: say(TEXTS.by),
    cell: ({ actor }) => <span class="nowrap">{actor.name ?? actor.sub}</span>,
    csv: { title: say(TEXTS.by), cell: ({ actor }) => actor.sub },
    sortKey: ({ actor }) => actor.name ?? actor.sub,
  },
  {
    name: 'document',
    title: say(TEXTS.document),
    cell: ({ documentNo, reason }) => [documentNo, reason].filter((part) => part !== null).join(' · '),
    csv: {
      title: say(TEXTS.document),
      cell: ({ documentNo, reason }) => [documentNo, reason].filter((part) => part !== null).join(' · '),
    },
  },
];

const daysColumn = (): Column<Change> => ({
  name: 'days',
  title: say(TEXTS.days),
  isFigure: true,
  cell: (change) => daysLate(change),
  csv: { title: say(TEXTS.days), cell: (change) => ({ number: String(daysLate(change)) }) },
  sortKey: (change) => BigInt(daysLate(change)),
});

/** The figures that it changed, before and after. */
function Did({ change: { fieldsPage }, itemName }: { readonly change: Change; readonly itemName: ItemName }) {
  const { nodes, pageInfo } = fieldsPage;
  if (nodes.length === 0) return <span class="quiet">{say(TEXTS.nothing)}</span>;
  return (
    <ul class="did">
      {partsOf(nodes).map(({ path, before, after }) => (
        <li key={path}>
          {namedPath(path, say, itemName)}: {showValue(path, before)} → <strong>{showValue(path, after)}</strong>
        </li>
      ))}
      {pageInfo.hasNextPage && <li class="quiet">{say(TEXTS.more)}</li>}
    </ul>
  );
}
