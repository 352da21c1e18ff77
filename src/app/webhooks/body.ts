import { cloudEventOf } from '../../exports/formats/cloud-events';
import { ExportedChange, exportedChange } from '../../exports/formats/exported-change';
import { Refused } from '../../kernel/refusal';
import { Change } from '../../read-model/change';
import { fieldsChangedBy } from '../../reading/change-lineage';
import { ReadingServices } from '../../reading/services';

/** Of the body of one delivery, in UTF-8. */
export const MOST_BODY_BYTES = 1_048_576;

/**
 * The change as a CloudEvent in JSON, with each field that it changed, before and after. If that is too long, or too much work, `fields`
 * and `data` of the change are null, and the receiver asks for them.
 */
export async function bodyOf(services: ReadingServices, change: Change): Promise<string> {
  const exported = await withFields(services, change);
  if (exported !== undefined) {
    const body = JSON.stringify(cloudEventOf(exported));
    if (Buffer.byteLength(body) <= MOST_BODY_BYTES) return body;
  }
  const { source, data } = exportedChange(services.lineages, change);
  return JSON.stringify(cloudEventOf({ source, data: { ...data, fields: null, data: null } }));
}

async function withFields(services: ReadingServices, change: Change): Promise<ExportedChange | undefined> {
  try {
    return exportedChange(services.lineages, change, await fieldsChangedBy(services, services, change));
  } catch (error) {
    if (error instanceof Refused && error.refusal.kind === 'LIMIT_EXCEEDED') return undefined;
    throw error;
  }
}
