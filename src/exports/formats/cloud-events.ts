import { ExportedChange } from './exported-change';
import { ExportFormat, Format } from './format';

/** CloudEvents 1.0 in their JSON batch format. */
const writer: Format<ExportedChange> = {
  contentType: 'application/cloudevents-batch+json; charset=utf-8',
  start: '[',
  item: (change, isFirst) => `${isFirst ? '\n' : ',\n'}${JSON.stringify(cloudEventOf(change))}`,
  end: () => '\n]\n',
};

/** The extension `sequence` can be ordered as a text. */
const SEQUENCE_DIGITS = 20;

function cloudEventOf({ source, data }: ExportedChange) {
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
