import { Change } from '../../read-model/change';
import { exportedChange } from './exported-change';
import { ExportFormat, Format } from './format';

/** CloudEvents 1.0 in their JSON batch format. */
const writer: Format = {
  contentType: 'application/cloudevents-batch+json; charset=utf-8',
  start: '[',
  item: (change, isFirst) => `${isFirst ? '\n' : ',\n'}${JSON.stringify(cloudEventOf(change))}`,
  end: () => '\n]\n',
};

/** The extension `sequence` can be ordered as a text. */
const SEQUENCE_DIGITS = 20;

function cloudEventOf(change: Change) {
  const data = exportedChange(change);
  const { stream } = change.event;
  return {
    specversion: '1.0',
    id: data.id,
    // The prefix of the ledger's streams: it tells the ledgers of one event store apart.
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

export const cloudEvents: ExportFormat = {
  mediaType: 'application/cloudevents-batch+json',
  paths: ['/changes', '/changes.ndjson'],
  writer: () => writer,
};
