import { ChangeData, ExportedChange } from './exported-change';
import { ExportFormat, Format } from './format';

/** CloudEvents 1.0 in their JSON batch format. */
const writer: Format<ExportedChange> = {
  contentType: 'application/cloudevents-batch+json; charset=utf-8',
  start: '[',
  item: (change, isFirst) => `${isFirst ? '\n' : ',\n'}${JSON.stringify(cloudEventOf(change))}`,
  end: () => '\n]\n',
};

/** What the attributes of the event are made of. */
type EventData = Pick<ChangeData, 'id' | 'type' | 'entityType' | 'entity' | 'recordedAt' | 'sequence' | 'position'>;

/** The extension `sequence` can be ordered as a text. */
const SEQUENCE_DIGITS = 20;

/** The CloudEvent of one change, in JSON. */
export function cloudEventOf<Data extends EventData>({
  source,
  data,
}: {
  readonly source: string;
  readonly data: Data;
}) {
  return {
    specversion: '1.0',
    id: data.id,
    source,
    type: `mingjian.${data.type}`,
    subject: `${data.entityType}/${data.entity}`,
    time: data.recordedAt,
    sequence: data.sequence.padStart(SEQUENCE_DIGITS, '0'),
    position: data.position,
    datacontenttype: 'application/json',
    data,
  };
}

export const cloudEvents: ExportFormat = {
  mediaType: 'application/cloudevents-batch+json',
  paths: ['/changes', '/changes.ndjson'],
  writer: () => writer,
};
