import { ChangeFigure } from '../../blame/change-figure';
import { FieldChanges } from '../../blame/field-changes';
import { personText } from '../../blame/person';
import { showValue } from '../../blame/show-value';
import { EntityHistoryQuery } from '../../generated/documents';
import { say } from '../../language/say';
import { showDayOf, showTime } from '../../session/ledger';
import { Column } from '../../table/table';
import { HISTORY_TEXTS } from './texts';

type Change = Extract<
  NonNullable<EntityHistoryQuery['node']>,
  { readonly history: unknown }
>['history']['nodes'][number];

/** `nameOf` says a path in words. */
export const historyColumns = (nameOf: (path: string) => string): readonly Column<Change>[] => [
  {
    name: 'position',
    title: say(HISTORY_TEXTS.position),
    isFigure: true,
    cell: ({ position }) => position,
    csv: { title: say(HISTORY_TEXTS.position), cell: ({ position }) => ({ number: position }) },
    sortKey: ({ position }) => BigInt(position),
  },
  {
    name: 'type',
    title: say(HISTORY_TEXTS.what),
    cell: ({ type, entity, entityType, position, corrects }) => (
      <span class="nowrap">
        <ChangeFigure {...{ type, entity, entityType, position }} />
        {corrects !== null && (
          <div class="quiet">
            {say(HISTORY_TEXTS.corrects)} {corrects.position}
          </div>
        )}
      </span>
    ),
    csv: { title: say(HISTORY_TEXTS.what), cell: ({ type }) => type },
  },
  {
    name: 'changed',
    title: say(HISTORY_TEXTS.changed),
    cell: ({ fieldsPage, revision }) =>
      revision === 1 ? (
        <span class="quiet">{say(HISTORY_TEXTS.first)}</span>
      ) : (
        <div class="words what-changed">
          <FieldChanges fields={fieldsPage.nodes} nameOf={nameOf} hasMore={fieldsPage.pageInfo.hasNextPage} />
        </div>
      ),
    csv: {
      title: say(HISTORY_TEXTS.changed),
      cell: ({ fieldsPage }) =>
        fieldsPage.nodes
          .map(({ path, before, after }) => `${nameOf(path)}: ${showValue(path, before)} → ${showValue(path, after)}`)
          .join('; '),
    },
  },
  {
    name: 'recorded',
    title: say(HISTORY_TEXTS.recorded),
    cell: ({ recordedAt }) => <span class="nowrap">{showTime(recordedAt)}</span>,
    csv: { title: say(HISTORY_TEXTS.recorded), cell: ({ recordedAt }) => recordedAt },
    sortKey: ({ recordedAt }) => recordedAt,
  },
  {
    name: 'effective',
    title: say(HISTORY_TEXTS.effective),
    cell: ({ effectiveAt }) => <span class="nowrap">{showDayOf(effectiveAt)}</span>,
    csv: { title: say(HISTORY_TEXTS.effective), cell: ({ effectiveAt }) => effectiveAt },
    sortKey: ({ effectiveAt }) => effectiveAt,
  },
  {
    name: 'by',
    title: say(HISTORY_TEXTS.by),
    cell: ({ actor }) => (
      <span class="nowrap" title={actor.sub}>
        {actor.name ?? actor.sub}
      </span>
    ),
    csv: { title: say(HISTORY_TEXTS.by), cell: ({ actor }) => personText(actor) },
  },
  {
    name: 'document',
    title: say(HISTORY_TEXTS.document),
    cell: ({ documentNo }) => documentNo,
    csv: { title: say(HISTORY_TEXTS.document), cell: ({ documentNo }) => documentNo },
  },
  {
    name: 'reason',
    title: say(HISTORY_TEXTS.reason),
    cell: ({ reason }) => reason && <span class="words">{reason}</span>,
    csv: { title: say(HISTORY_TEXTS.reason), cell: ({ reason }) => reason },
  },
];
