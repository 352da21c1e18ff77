import { MIMEType } from 'node:util';
import { readMapping, MappingError } from '../forms/reading/payment-mapping';
import { hasMoreContainers } from '../http/json-containers';
import { isCode, isFiscalYear } from '../kernel/codes';
import { jsonPointer } from '../kernel/json-pointer';
import { Refused, Violation } from '../kernel/refusal';
import { ImportOrder } from './import-file';

const FIELDS = ['file', 'map', 'department', 'fiscalYear', 'dryRun'];
const NAME_LENGTH = 200;
/** Enough for the names of a thousand lines. To parse megabytes of a mapping would hold the process for seconds. */
const MOST_MAP_BYTES = 131_072;
/** A mapping has three objects. */
const MOST_MAP_CONTAINERS = 10;
/** Each part begins with one, and the body ends with one. */
const MOST_MARKS = 2 * FIELDS.length + 1;

/** The parts of a multipart body. Throws BAD_USER_INPUT with everything that is wrong. */
export async function readOrder(contentType: string, body: Buffer): Promise<ImportOrder> {
  const violations: Violation[] = [];
  const refuse = (name: string, message: string): void => {
    violations.push({ path: jsonPointer([name]), message });
  };
  const form = await formIn(contentType, body);
  for (const name of new Set(form.keys())) {
    if (!FIELDS.includes(name)) refuse(name.slice(0, 100), `is no part; there are ${FIELDS.join(', ')}`);
    else if (form.getAll(name).length > 1) refuse(name, 'is given once');
  }
  const text = async (name: string): Promise<string | undefined> => {
    const value = form.get(name);
    const given = value === null || typeof value === 'string' ? value : await value.text();
    return given === null || given === '' ? undefined : given;
  };
  const file = form.get('file');
  if (file === null || typeof file === 'string') refuse('file', 'must be a file');
  const department = await text('department');
  if (department !== undefined && !isCode(department)) refuse('department', 'must be the code of a department');
  const year = await text('fiscalYear');
  if (year !== undefined && !isFiscalYear(Number(year))) refuse('fiscalYear', 'must be a fiscal year');
  const dryRun = (await text('dryRun')) ?? '0';
  if (dryRun !== '0' && dryRun !== '1') refuse('dryRun', 'must be 0 or 1');
  const map = await text('map');
  const mapping = map === undefined ? undefined : mappingIn(map, refuse);
  if (violations.length > 0 || file === null || typeof file === 'string') {
    throw new Refused({ kind: 'BAD_USER_INPUT', violations });
  }
  return {
    file: Buffer.from(await file.arrayBuffer()),
    name: file.name.slice(-NAME_LENGTH) || 'file',
    dryRun: dryRun === '1',
    mapping,
    department,
    fiscalYear: year === undefined ? undefined : Number(year),
  };
}

async function formIn(contentType: string, body: Buffer): Promise<FormData> {
  try {
    requireFewParts(new MIMEType(contentType).params.get('boundary') ?? '', body);
    return await new Response(body as Buffer<ArrayBuffer>, { headers: { 'content-type': contentType } }).formData();
  } catch {
    throw new Refused({
      kind: 'BAD_USER_INPUT',
      violations: [{ path: '', message: 'must be multipart/form-data with few parts' }],
    });
  }
}

/** To parse tens of thousands of parts would take much time. */
function requireFewParts(boundary: string, body: Buffer): void {
  const mark = Buffer.from(`--${boundary}`);
  let marks = 0;
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at + mark.length)) {
    if (++marks > MOST_MARKS) throw new RangeError('too many parts');
  }
}

function mappingIn(json: string, refuse: (name: string, message: string) => void) {
  const bytes = Buffer.from(json);
  if (bytes.length > MOST_MAP_BYTES || hasMoreContainers(bytes, MOST_MAP_CONTAINERS)) {
    refuse('map', `must have at most ${MOST_MAP_BYTES} bytes and ${MOST_MAP_CONTAINERS} objects`);
    return undefined;
  }
  try {
    return readMapping(json);
  } catch (error) {
    if (!(error instanceof MappingError)) throw error;
    refuse('map', error.message);
    return undefined;
  }
}
