import { formatInstant } from '../kernel/time';
import { Change } from '../read-model/change';
import { ChangeType } from '../graphql/change';
import { Cell, csvLine } from './csv';

/** How an answer is written, piece by piece. */
export interface Form {
  readonly contentType: string;
  readonly start: string;
  item(change: Change, isFirst: boolean): string;
  /** `position`: where to resume. */
  end(position: bigint): string;
}

export const NDJSON: Form = {
  contentType: 'application/x-ndjson; charset=utf-8',
  start: '',
  item: (change) => `${JSON.stringify(shown(change))}\n`,
  end: (position) => `${JSON.stringify({ kind: 'END', position: position.toString() })}\n`,
};

/** CloudEvents 1.0 in their JSON batch format. */
export const CLOUD_EVENTS: Form = {
  contentType: 'application/cloudevents-batch+json; charset=utf-8',
  start: '[',
  item: (change, isFirst) => `${isFirst ? '\n' : ',\n'}${JSON.stringify(cloudEventOf(change))}`,
  end: () => '\n]\n',
};

export interface CsvOptions {
  /** By it Excel knows that the text is UTF-8. */
  readonly byteOrderMark: boolean;
  /** Whether texts are protected from spreadsheets, which would change some of them. */
  readonly forSpreadsheets: boolean;
}

export const csv = ({ byteOrderMark, forSpreadsheets }: CsvOptions): Form => ({
  contentType: 'text/csv; charset=utf-8; header=present',
  start: `${byteOrderMark ? '\ufeff' : ''}${csvLine(TITLES, false)}`,
  item: (change) => {
    const values = shown(change);
    const cells = COLUMNS.map(([, cell]) => cell(values));
    return csvLine(cells, forSpreadsheets);
  },
  end: () => '',
});

type Shown = ReturnType<typeof shown>;

/** The fields of a change as GraphQL answers them; `id` is the eventId. */
function shown(change: Change) {
  const fields = new ChangeType(change, 'FEED');
  const { actor, evidence } = fields;
  return {
    id: fields.eventId,
    position: fields.position.toString(),
    sequence: fields.sequence,
    type: fields.type,
    entityType: fields.entityType,
    entity: fields.entity,
    department: fields.department,
    fiscalYear: fields.fiscalYear ?? null,
    revision: fields.revision,
    recordedAt: formatInstant(fields.recordedAt),
    storedAt: formatInstant(fields.storedAt),
    effectiveAt: formatInstant(fields.effectiveAt),
    actor: { sub: actor.sub, name: actor.name ?? null },
    reason: fields.reason ?? null,
    documentNo: fields.documentNo ?? null,
    evidence: evidence.map(({ uri, sha256 = null, title = null }) => ({ uri, sha256, title })),
    correlationId: fields.correlationId ?? null,
    causationId: fields.causationId ?? null,
    data: fields.data,
  };
}

const COLUMNS: readonly (readonly [string, (change: Shown) => Cell])[] = [
  ['id', ({ id }) => id],
  ['position', ({ position }) => position],
  ['sequence', ({ sequence }) => sequence],
  ['type', ({ type }) => type],
  ['entityType', ({ entityType }) => entityType],
  ['entity', ({ entity }) => entity],
  ['department', ({ department }) => department],
  ['fiscalYear', ({ fiscalYear }) => fiscalYear],
  ['revision', ({ revision }) => revision],
  ['recordedAt', ({ recordedAt }) => recordedAt],
  ['storedAt', ({ storedAt }) => storedAt],
  ['effectiveAt', ({ effectiveAt }) => effectiveAt],
  ['actor', ({ actor }) => actor.sub],
  ['actorName', ({ actor }) => actor.name],
  ['reason', ({ reason }) => reason],
  ['documentNo', ({ documentNo }) => documentNo],
  ['evidence', ({ evidence }) => (evidence.length === 0 ? null : JSON.stringify(evidence))],
  ['correlationId', ({ correlationId }) => correlationId],
  ['causationId', ({ causationId }) => causationId],
  ['data', ({ data }) => JSON.stringify(data)],
];

const TITLES = COLUMNS.map(([title]) => title);

/** The extension `sequence` is to be orderable as a text. */
const SEQUENCE_DIGITS = 20;

function cloudEventOf(change: Change) {
  const data = shown(change);
  const { stream } = change.event;
  return {
    specversion: '1.0',
    id: data.id,
    // The prefix of the ledger's streams, which tells the ledgers of one house apart.
    source: `/${stream.slice(0, stream.indexOf('-'))}`,
    type: `mingjian.${data.type}`,
    subject: `${data.entityType}/${data.entity}`,
    time: data.recordedAt,
    sequence: data.sequence.padStart(SEQUENCE_DIGITS, '0'),
    position: data.position,
    datacontenttype: 'application/json',
    data,
  };
}
