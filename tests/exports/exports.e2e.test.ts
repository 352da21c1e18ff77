import { once } from 'node:events';
import { get, IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { queryObjects } from 'node:v8';
import { gunzipSync } from 'node:zlib';
import { buffer } from 'node:stream/consumers';
import { read, utils } from '@e965/xlsx';
import { GraphQLObjectType } from 'graphql';
import { schema } from '../../src/app/features';
import { spreadsheetText } from '../../src/exports/formats/spreadsheet-text';
import { Change, LogPoint } from '../../src/read-model/change';
import { EventStore } from '../../src/event-store/event-store';
import { MemoryTemporalStore } from '../../src/read-model/adapters/memory';
import { Outage } from '../../src/kernel/outage';
import { startApi, TestApi } from '../support/api';
import { storedEvent } from '../support/change';
import { eventually } from '../support/eventually';
import { Gate } from '../support/gate';
import { NO_TELEMETRY } from '../../src/kernel/telemetry';

/** The change feed, exported over plain HTTP. */

interface Pulled {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

async function pull(api: TestApi, address: string, headers: Record<string, string> = {}): Promise<Pulled> {
  const authorization = `Bearer ${await api.token({ roles: ['auditor'] })}`;
  const response = await fetch(`${api.url}${address}`, { headers: { authorization, ...headers } });
  // `Response.text()` removes a byte order mark.
  const text = Buffer.from(await response.arrayBuffer()).toString();
  return { status: response.status, headers: response.headers, text };
}

const linesOf = (text: string): any[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
const positionsOf = (text: string): string[] => linesOf(text).map(({ position, kind = '' }) => `${kind}${position}`);
const CLOUD_EVENTS = { accept: 'application/cloudevents-batch+json' };

describe('a small ledger', () => {
  let api: TestApi;
  const answer = (address: string, headers?: Record<string, string>) => pull(api, address, headers);

  beforeAll(async () => {
    api = await startApi({ now: '2023-06-30T04:00:00.000Z' });
    await api.write('registerDepartment', { code: 'D1', name: '甲局' });
    await api.write('registerDepartment', { code: 'D2', name: '=cmd|"/c calc"!A1' });
    await api.write('approveBudget', {
      department: 'D1',
      fiscalYear: 2023,
      effectiveAt: '2023-02-01',
      reason: '＝1+1',
      documentNo: '441300202306300000123',
      evidence: [{ uri: 'https://example.org/1', title: '批复' }],
      lines: [{ code: 'L1', name: '甲', fundSource: 'UNIT_FUNDS', amount: '100.00' }],
    });
    await api.write('renameDepartment', { code: 'D2', name: '乙局', reason: '更名' });
  });
  afterAll(() => api.close());

  test('an export that is over is not kept in memory', async () => {
    const before = queryObjects(ServerResponse, { format: 'count' });
    for (let n = 0; n < 20; n++)
      await answer('/changes.ndjson', { 'accept-encoding': n % 2 === 0 ? 'gzip' : 'identity' });
    await eventually('their memory is free', () =>
      Promise.resolve(queryObjects(ServerResponse, { format: 'count' }) < before + 10),
    );
  });

  /** Of a change that corrects and reverses nothing, and that nobody proposed. */
  const NOTHING_MORE = { corrects: null, reverses: null, confirmedBy: null, proposal: null };

  test('NDJSON: every change as GraphQL answers it, and then a mark', async () => {
    const { status, headers, text } = await answer('/changes.ndjson');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    expect(headers.get('x-position')).toBe('4');
    const lines = linesOf(text);
    expect(lines.pop()).toEqual({ kind: 'END', position: '4' });
    const { changes } = await api.data(`{ changes { nodes {
      id: eventId position sequence type entityType entity department fiscalYear revision recordedAt storedAt effectiveAt
      actor { sub name } reason documentNo evidence { uri sha256 title } correlationId causationId data
    } } }`);
    expect(lines).toEqual(changes.nodes.map((change: object) => ({ ...change, ...NOTHING_MORE })));
  });

  test('an item has all fields of a change that need no further read', async () => {
    const [first] = linesOf((await answer('/changes?limit=1')).text);
    const fields = Object.keys((schema.getType('Change') as GraphQLObjectType).getFields());
    const furtherReads = ['fields', 'fieldsPage', 'corrections', 'correctionsPage', 'subject'];
    const proofs = ['leafHash', 'leafIndex', 'inclusionProof'];
    const notInItems = ['eventId', 'dryRun', ...furtherReads, ...proofs];
    expect(Object.keys(first).sort()).toEqual(fields.filter((name) => !notInItems.includes(name)).sort());
  });

  test.each([
    ['', ['1', '2', '3', '4', 'END4']],
    ['?after=2', ['3', '4', 'END4']],
    ['?after=4', ['END4']],
    ['?limit=2', ['1', '2', 'END2']],
    ['?after=1&limit=2', ['2', '3', 'END3']],
    ['?limit=4', ['1', '2', '3', '4', 'END4']],
    ['?departments=D2', ['2', '4', 'END4']],
    ['?departments=D2&limit=1', ['2', 'END2']],
    ['?departments=D2&departments=D1&entityTypes=DEPARTMENT', ['1', '2', '4', 'END4']],
    ['?departments=nobody', ['END4']],
    ['?fiscalYears=2023', ['3', 'END4']],
    ['?entities=D1.2023&entities=D2', ['2', '3', '4', 'END4']],
    ['?types=DepartmentRenamed&actors=u-editor', ['4', 'END4']],
    ['?actors=nobody', ['END4']],
    ['?lateByDays=30', ['3', 'END4']],
    ['?corrections=true', ['END4']],
    ['?corrections=false', ['1', '2', '3', '4', 'END4']],
    ['?recordedTo=2023-06-29', ['END4']],
    ['?recordedFrom=2023-06-30&effectiveTo=2023-02-01', ['3', 'END4']],
    ['?effectiveFrom=2023-02-02', ['1', '2', '4', 'END4']],
  ])('NDJSON of %s', async (parameters, positions) => {
    expect(positionsOf((await answer(`/changes.ndjson${parameters}`)).text)).toEqual(positions);
  });

  test('the id of a change is its eventId, in every form', async () => {
    const query = '{ changes(after: "1") { nodes { eventId } } }';
    const { changes } = await api.data(query);
    const eventIds = changes.nodes.map(({ eventId }: any) => eventId);
    const lines = linesOf((await answer('/changes.ndjson?after=1')).text).slice(0, -1);
    const events = JSON.parse((await answer('/changes?after=1', CLOUD_EVENTS)).text);
    const rows = (await answer('/changes.csv?after=1&bom=0')).text.match(/^[0-9a-f-]{36}(?=,)/gm);
    expect(eventIds).toHaveLength(3);
    expect([lines, events].map((items: any[]) => items.map(({ id }) => id))).toEqual([eventIds, eventIds]);
    expect(rows).toEqual(eventIds);
  });

  const TITLES =
    'id,position,sequence,type,entityType,entity,department,fiscalYear,revision,recordedAt,storedAt,effectiveAt,' +
    'actor,actorName,reason,documentNo,evidence,correlationId,causationId,data,corrects,reverses,confirmedBy,confirmedByName,proposal\r\n';
  const protectedText = (value: string): string => `"=""${value}"""`;
  const asItIs = (value: string): string => value;

  /** The second and the third change. `text` writes what a spreadsheet would change. */
  async function linesOfCsv(text: (value: string) => string): Promise<string> {
    const [second, third] = linesOf((await answer('/changes.ndjson?after=1&limit=2')).text);
    const quoted = (value: unknown): string => `"${JSON.stringify(value).replaceAll('"', '""')}"`;
    // A UUID is protected only if it could be a number: 12345678-…
    const uuid = (value: string): string => (spreadsheetText(value) === value ? value : text(value));
    const recordedAt = text('2023-06-30T04:00:00.000Z');
    const times = `${recordedAt},${recordedAt}`;
    return (
      `${uuid(second.id)},2,2,DepartmentRegistered,DEPARTMENT,D2,D2,,1,${times},${recordedAt},` +
      `u-editor,张编辑,,,,${uuid(second.correlationId)},,${quoted(second.data)},,,,,\r\n` +
      `${uuid(third.id)},3,3,BudgetApproved,BUDGET,D1.2023,D1,2023,1,${times},${text('2023-01-31T16:00:00.000Z')},` +
      `u-editor,张编辑,${text('＝1+1')},${text('441300202306300000123')},${quoted(third.evidence)},` +
      `${uuid(third.correlationId)},,${quoted(third.data)},,,,,\r\n`
    );
  }

  test.each([
    ['', '\ufeff', protectedText],
    ['&bom=1', '\ufeff', protectedText],
    ['&spreadsheet=1', '\ufeff', protectedText],
    ['&spreadsheet=0', '\ufeff', asItIs],
    ['&bom=0', '', asItIs],
    ['&bom=0&spreadsheet=0', '', asItIs],
    ['&bom=0&spreadsheet=1', '', protectedText],
  ])('CSV%s: a line a change', async (parameters, start, text) => {
    const pulled = await answer(`/changes.csv?after=1&limit=2${parameters}`);
    expect(pulled.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(pulled.headers.get('x-position')).toBe('4');
    expect(pulled.text).toBe(start + TITLES + (await linesOfCsv(text)));
  });

  test('a spreadsheet shows the texts of the CSV as they are in the ledger', async () => {
    const items = linesOf((await answer('/changes.ndjson')).text).slice(0, -1);
    const { Sheets, SheetNames } = read(Buffer.from((await answer('/changes.csv')).text), { type: 'buffer' });
    const rows = utils.sheet_to_json<Record<string, unknown>>(Sheets[SheetNames[0]!]!, { defval: '' });
    const shown = (value: any): string => String(value ?? '');
    const json = (value: unknown): string => JSON.stringify(value);
    const expected = items.map((item) => ({
      ...item,
      actor: item.actor.sub,
      actorName: item.actor.name,
      evidence: item.evidence.length === 0 ? '' : json(item.evidence),
      data: json(item.data),
    }));
    expect(rows).toHaveLength(4);
    rows.forEach((row, index) => {
      for (const [title, value] of Object.entries(row)) expect(shown(value)).toBe(shown(expected[index][title]));
    });
  });

  test('CSV with only the header', async () => {
    expect((await answer('/changes.csv?bom=0&after=4')).text).toBe(TITLES);
  });

  test('CloudEvents', async () => {
    const { headers, text } = await answer('/changes?after=2', CLOUD_EVENTS);
    expect(headers.get('content-type')).toBe('application/cloudevents-batch+json; charset=utf-8');
    expect(headers.get('x-position')).toBe('4');
    const items = linesOf((await answer('/changes.ndjson?after=2')).text).slice(0, -1);
    const events = JSON.parse(text);
    expect(events.map(({ data }: any) => data)).toEqual(items);
    expect(events[0]).toEqual({
      specversion: '1.0',
      id: items[0].id,
      source: '/mingjian',
      type: 'mingjian.BudgetApproved',
      subject: 'BUDGET/D1.2023',
      time: '2023-06-30T04:00:00.000Z',
      sequence: '00000000000000000003',
      position: '3',
      datacontenttype: 'application/json',
      data: items[0],
    });
    expect(JSON.parse((await answer('/changes.ndjson?after=4', CLOUD_EVENTS)).text)).toEqual([]);
  });

  test.each([
    ['/changes', '*/*', 'application/x-ndjson'],
    ['/changes', 'text/html, */*;q=0.1', 'application/x-ndjson'],
    ['/changes', 'text/*', 'text/csv'],
    ['/changes', 'application/x-ndjson;q=0.5, text/csv;q=0.8', 'text/csv'],
    ['/changes', '*/*, Application/CloudEvents-Batch+JSON', 'application/cloudevents-batch+json'],
    ['/changes', '*/*, application/x-ndjson;q=0', 'text/csv'],
    ['/changes.ndjson', 'text/csv', 'application/x-ndjson'],
    ['/changes.csv', 'application/cloudevents-batch+json', 'text/csv'],
  ])('%s with Accept: %s is %s', async (address, accept, mediaType) => {
    const { status, headers } = await answer(address, { accept });
    expect([status, headers.get('content-type')?.split(';')[0]]).toEqual([200, mediaType]);
    expect(headers.get('vary')).toMatch(/Accept/);
  });

  test('gzip if the client accepts it', async () => {
    const headers = { authorization: `Bearer ${await api.token()}` };
    const bytes = async (encoding: string) => {
      const response = await requested(`${api.url}/changes.csv`, { ...headers, 'accept-encoding': encoding });
      return { encoding: response.headers['content-encoding'], body: await buffer(response) };
    };
    const plain = await bytes('gzip;q=0, br');
    expect(plain.encoding).toBeUndefined();
    const zipped = await bytes('br, gzip');
    expect(zipped.encoding).toBe('gzip');
    expect(gunzipSync(zipped.body)).toEqual(plain.body);
  });

  describe('refusals, in the form of the API', () => {
    const refusal = async (address: string, headers?: Record<string, string>) => {
      const { status, text, headers: sent } = await answer(address, headers);
      expect(sent.get('content-type')).toBe('application/json; charset=utf-8');
      const { errors } = JSON.parse(text);
      return { status, ...errors[0] };
    };

    test.each([
      ['departmnts=D1', '/departmnts', /no parameter; there are after, limit, fields, bom, spreadsheet, departments,/],
      ['after=first', '/after', /position/],
      ['after=', '/after', /position/],
      ['after=1&after=2', '/after', /once/],
      ['limit=0', '/limit', /whole number/],
      ['limit=1e3', '/limit', /whole number/],
      ['fields=yes', '/fields', /0 or 1/],
      ['bom=yes', '/bom', /0 or 1/],
      ['spreadsheet=', '/spreadsheet', /0 or 1/],
      ['spreadsheet=1&spreadsheet=0', '/spreadsheet', /once/],
      ['fiscalYears=2023&fiscalYears=next', '/fiscalYears/1', /Int/],
      ['fiscalYears=99999999999', '/fiscalYears/0', /Int/],
      ['entityTypes=PURSE', '/entityTypes/0', /EntityType/],
      ['lateByDays=-1', '/lateByDays', /less than 0/],
      ['lateByDays=1&lateByDays=2', '/lateByDays', /once/],
      ['corrections=1', '/corrections', /Boolean/],
      ['recordedFrom=2023-02-30', '/recordedFrom', /RFC 3339/],
      [Array.from({ length: 1_001 }, () => 'types=T').join('&'), '/types', /1000/],
    ])('BAD_USER_INPUT: case %#', async (parameters, path, message) => {
      expect(await refusal(`/changes.csv?${parameters}`)).toMatchObject({
        status: 400,
        extensions: { code: 'BAD_USER_INPUT', violations: [{ path, message: expect.stringMatching(message) }] },
      });
    });

    test('a position beyond the head', async () => {
      expect(await refusal('/changes?after=5')).toMatchObject({
        status: 400,
        extensions: { code: 'AS_OF_IN_FUTURE' },
      });
    });

    test.each([
      ['an unsigned token', 'Bearer a.b.c'],
      ['another scheme', 'Basic dTpw'],
    ])('%s', async (_what, authorization) => {
      expect(await refusal('/changes.ndjson', { authorization })).toMatchObject({
        status: 401,
        extensions: { code: 'UNAUTHENTICATED' },
      });
    });

    test('a caller without a role', async () => {
      const authorization = `Bearer ${await api.token({ roles: [] })}`;
      expect(await refusal('/changes.ndjson', { authorization })).toMatchObject({
        status: 403,
        extensions: { code: 'FORBIDDEN' },
      });
    });

    test('a media type that no format has', async () => {
      expect(await refusal('/changes', { accept: 'application/xml' })).toMatchObject({
        status: 406,
        message: expect.stringContaining('text/csv'),
        extensions: { code: 'BAD_USER_INPUT' },
      });
    });
  });
});

describe('changes of figures', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi({ now: '2023-06-30T04:00:00.000Z' });
    await api.write('registerDepartment', { code: 'D1', name: '甲局' });
    const budget = { department: 'D1', fiscalYear: 2023 };
    await api.write('approveBudget', {
      ...budget,
      lines: [{ code: 'L1', name: '甲', fundSource: 'UNIT_FUNDS', amount: '100.00' }],
    });
    const {
      changes: [change],
    } = await api.write('recordExpenditure', {
      ...budget,
      line: 'L1',
      amount: '12.00',
      payee: '某公司',
    });
    await api.write('correctBudgetFact', { ...budget, change: change.eventId, amount: '11.50', reason: '更正' });
    await api.write('reverseExpenditure', { ...budget, change: change.eventId, reason: '退回', amount: '1.50' });
  });
  afterAll(() => api.close());

  test.each([
    ['/changes.ndjson?fields=1', undefined],
    ['/changes?fields=1', CLOUD_EVENTS],
  ])('%s: what each change did, as GraphQL answers it', async (address, headers) => {
    const { text } = await pull(api, address, headers);
    const items = headers ? JSON.parse(text).map(({ data }: any) => data) : linesOf(text).slice(0, -1);
    const { changes } = await api.data(`{ changes { nodes {
      fields { path before after } corrects { eventId } reverses { eventId }
    } } }`);
    const expected = changes.nodes.map(({ fields, corrects, reverses }: any) => ({
      fields,
      corrects: corrects?.eventId ?? null,
      reverses: reverses?.eventId ?? null,
    }));
    expect(items.map(({ fields, corrects, reverses }: any) => ({ fields, corrects, reverses }))).toEqual(expected);
    expect(items[4].fields).toContainEqual({ path: '/executed', before: '11.50', after: '10.00' });
    const third = items[2].id;
    expect(items.map(({ corrects }: any) => corrects)).toEqual([null, null, null, third, null]);
    expect(items.map(({ reverses }: any) => reverses)).toEqual([null, null, null, null, third]);
  });

  test('in CSV, fields are a column of JSON, and the changes that a change names are columns', async () => {
    const items = linesOf((await pull(api, '/changes.ndjson?fields=1')).text).slice(0, -1);
    const rows = rowsOfCsv((await pull(api, '/changes.csv?fields=1&bom=0')).text);
    const shown = (value: unknown): string => (value as string | null) ?? '';
    expect(rows.map(({ fields }) => JSON.parse(fields!))).toEqual(items.map(({ fields }) => fields));
    expect(rows.map(({ corrects }) => corrects)).toEqual(items.map(({ corrects }) => shown(corrects)));
    expect(rows.map(({ reverses }) => reverses)).toEqual(items.map(({ reverses }) => shown(reverses)));
  });

  test('without fields=1, changes have no fields', async () => {
    for (const address of ['/changes.ndjson', '/changes.ndjson?fields=0']) {
      const [first] = linesOf((await pull(api, address)).text);
      expect(first).toHaveProperty('corrects', null);
      expect(first).not.toHaveProperty('fields');
    }
  });
});

/** Texts as they are in the file: a spreadsheet library would read dates and numbers. */
function rowsOfCsv(text: string): Record<string, string>[] {
  const { Sheets, SheetNames } = read(text, { type: 'string', raw: true });
  return utils.sheet_to_json<Record<string, string>>(Sheets[SheetNames[0]!]!, { defval: '' });
}

test('read models that are behind: 503, and when to try again', async () => {
  const gate = new Gate();
  const api = await startApi({ projectUnder: gate });
  try {
    await api.write('registerDepartment', { code: 'D1', name: '甲局' });
    await gate.close();
    await api.data('mutation { renameDepartment(input: { code: "D1", name: "乙局" }) { projected } }');
    const { status, headers, text } = await pull(api, '/changes.csv?after=2');
    expect([status, headers.get('retry-after')]).toEqual([503, '1']);
    expect(JSON.parse(text).errors[0].extensions).toEqual({ code: 'READ_MODEL_BEHIND', retryable: true });
  } finally {
    gate.open();
    await api.close();
  }
});

/** Read models with very many changes, which are generated when they are read. */
class EndlessStore extends MemoryTemporalStore {
  static readonly HEAD = 1_000_000_000n;
  reads = 0;
  fails = false;

  override watermark(): LogPoint {
    return { position: EndlessStore.HEAD, sequence: EndlessStore.HEAD, recordedAt: 0 };
  }

  override changes({ after, limit = 1 }: { after: bigint; limit?: number }): Change[] {
    this.reads++;
    if (this.fails) throw new Outage('The store is away');
    return Array.from({ length: limit }, (_, index) => {
      const position = after + BigInt(index) + 1n;
      const event = storedEvent({ position, stream: 'mingjian-department-D1' });
      const entity = { entityType: 'DEPARTMENT' as const, code: 'D1' };
      return { event, entity, department: 'D1', sequence: position, recordedAt: 0 };
    });
  }
}

/** The log of these read models. It holds their last event, so the server accepts them as read models of this log. */
const ENDLESS_LOG: EventStore = {
  append: () => Promise.reject(new Error('Nothing is appended')),
  async *readStream(stream) {
    yield await Promise.resolve(storedEvent({ position: EndlessStore.HEAD, stream }));
  },
  async *readAll() {},
  async *subscribe() {},
  head: () => Promise.resolve(EndlessStore.HEAD),
  requireWritable: () => Promise.resolve(),
  forget: () => undefined,
  close: () => Promise.resolve(),
};

describe('a ledger that is too long to be read to its end', () => {
  let api: TestApi;
  let store: EndlessStore;
  beforeEach(async () => {
    store = new EndlessStore();
    api = await startApi({
      eventStore: () => ENDLESS_LOG,
      readModels: () => store,
      projectUnder: new Gate(),
      telemetry: NO_TELEMETRY,
    });
  });
  afterEach(() => api.close());

  const begin = async (address: string): Promise<IncomingMessage> =>
    requested(`${api.url}${address}`, { authorization: `Bearer ${await api.token()}` });

  const settled = async (): Promise<number> => {
    const { data } = await api.ask('{ ledger { timeZone } }');
    expect(data).toBeTruthy();
    return eventually('nobody reads the store', async () => {
      const before = store.reads;
      for (let request = 0; request < 20; request++) await api.ask('{ ledger { timeZone } }');
      return store.reads === before && before;
    });
  };

  test('the server stops reading for a client that stops reading, and goes on when the client does', async () => {
    const answer = await begin('/changes.ndjson');
    const reads = await settled();
    let bytes = 0;
    for await (const chunk of answer as Readable) {
      bytes += (chunk as Buffer).length;
      if (store.reads > 2 * reads) break;
    }
    expect(bytes).toBeGreaterThan(0);
  });

  test('nothing more is read for a client that has disconnected', async () => {
    const answer = await begin('/changes.csv');
    await once(answer, 'readable');
    answer.destroy();
    await settled();
  });

  test('an answer that cannot be finished is aborted, and does not end normally', async () => {
    const answer = await begin('/changes.csv');
    await once(answer, 'readable');
    store.fails = true;
    await expect(buffer(answer)).rejects.toThrow(/aborted/);
  });

  test('a server that stops aborts the answers that it has begun', async () => {
    const answer = await begin('/changes');
    api.ledger.drain();
    await expect(buffer(answer)).rejects.toThrow(/aborted/);
  });

  test('a server that stops answers 503 if it has sent nothing yet', async () => {
    const answer = pull(api, '/changes?departments=nobody');
    await eventually('the server reads', () => Promise.resolve(store.reads > 0));
    api.ledger.drain();
    expect((await answer).status).toBe(503);
  });

  test('an outage before the first byte is answered as an error', async () => {
    store.fails = true;
    const { status, headers, text } = await pull(api, '/changes');
    expect([status, headers.get('retry-after'), headers.get('content-encoding')]).toEqual([503, '1', null]);
    expect(JSON.parse(text).errors[0].extensions).toEqual({ code: 'UNAVAILABLE', retryable: true });
  });
});

async function requested(url: string, headers: Record<string, string>): Promise<IncomingMessage> {
  const [response] = (await once(get(url, { headers }), 'response')) as [IncomingMessage];
  return response;
}
