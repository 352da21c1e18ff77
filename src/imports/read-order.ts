import { readMapping, MappingError } from '../forms/reading/payment-mapping';
import { Body, bytesIn } from '../http/body';
import { hasMoreContainers } from '../http/json-containers';
import { FormPart, MalformedForm, partsOf } from '../http/multipart';
import { isCode, isFiscalYear } from '../kernel/codes';
import { jsonPointer } from '../kernel/json-pointer';
import { Refused, Violation } from '../kernel/refusal';
import { Worker } from '../kernel/turns';
import { ImportOrder } from './import-file';

const FIELDS = ['file', 'map', 'department', 'fiscalYear', 'dryRun'];
const NAME_LENGTH = 200;
/** Enough for the names of a thousand lines. To parse megabytes of a mapping would hold the process for seconds. */
const MOST_MAP_BYTES = 131_072;
/** A mapping has three objects. */
const MOST_MAP_CONTAINERS = 10;
/** Of any other text. */
const MOST_TEXT_BYTES = 1_000;
/** Some more than there are, so that the answer can say which ones are wrong. */
const MOST_PARTS = 2 * FIELDS.length;

/** What a multipart body orders. Throws BAD_USER_INPUT with everything that is wrong. */
export async function readOrder(contentType: string, body: Body, work: Worker): Promise<ImportOrder> {
  const violations: Violation[] = [];
  const refuse = (name: string, message: string): void => {
    violations.push({ path: jsonPointer([name]), message });
  };
  const parts = await formIn(contentType, body, work);
  const named = (name: string) => parts.filter((part) => part.name === name);
  for (const name of new Set(parts.map((part) => part.name))) {
    if (!FIELDS.includes(name)) refuse(name.slice(0, 100), `is no part; there are ${FIELDS.join(', ')}`);
    else if (named(name).length > 1) refuse(name, 'is given once');
  }
  const piecesOf = (name: string): Body => named(name)[0]?.pieces ?? [];
  const text = (name: string): string | undefined => {
    const pieces = piecesOf(name);
    if (bytesIn(pieces) <= MOST_TEXT_BYTES) return Buffer.concat(pieces).toString() || undefined;
    refuse(name, `must have at most ${MOST_TEXT_BYTES} bytes`);
    return undefined;
  };
  const [file] = named('file');
  if (file?.fileName === undefined) refuse('file', 'must be a file');
  const department = text('department');
  if (department !== undefined && !isCode(department)) refuse('department', 'must be the code of a department');
  const year = text('fiscalYear');
  if (year !== undefined && !isFiscalYear(Number(year))) refuse('fiscalYear', 'must be a fiscal year');
  const dryRun = text('dryRun') ?? '0';
  if (dryRun !== '0' && dryRun !== '1') refuse('dryRun', 'must be 0 or 1');
  const mapping = mappingIn(piecesOf('map'), refuse);
  if (violations.length > 0 || file?.fileName === undefined) throw new Refused({ kind: 'BAD_USER_INPUT', violations });
  return {
    file: file.pieces,
    name: file.fileName.slice(-NAME_LENGTH) || 'file',
    dryRun: dryRun === '1',
    mapping,
    department,
    fiscalYear: year === undefined ? undefined : Number(year),
  };
}

async function formIn(contentType: string, body: Body, work: Worker): Promise<FormPart[]> {
  try {
    return await partsOf(contentType, body, MOST_PARTS, work);
  } catch (error) {
    if (!(error instanceof MalformedForm)) throw error;
    throw new Refused({
      kind: 'BAD_USER_INPUT',
      violations: [{ path: '', message: 'must be multipart/form-data with few parts' }],
    });
  }
}

function mappingIn(pieces: Body, refuse: (name: string, message: string) => void) {
  const bytes = bytesIn(pieces);
  if (bytes === 0) return undefined;
  const json = bytes > MOST_MAP_BYTES ? undefined : Buffer.concat(pieces);
  if (json === undefined || hasMoreContainers(json, MOST_MAP_CONTAINERS)) {
    refuse('map', `must have at most ${MOST_MAP_BYTES} bytes and ${MOST_MAP_CONTAINERS} objects`);
    return undefined;
  }
  try {
    return readMapping(json.toString());
  } catch (error) {
    if (!(error instanceof MappingError)) throw error;
    refuse('map', error.message);
    return undefined;
  }
}
