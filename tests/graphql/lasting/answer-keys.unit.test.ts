import { parse } from 'graphql';
import { schema } from '../../../src/app/features';
import { AnswerKeys, LastingRequest } from '../../../src/graphql/lasting/answer-keys';
import { CorruptLedger, DamagedReadModels, LogMismatch, Outage, RequestAborted } from '../../../src/kernel/outage';
import { ok, refused, Result } from '../../../src/kernel/refusal';
import { LogMark } from '../../../src/reading/log-marks';

const keys = new AnswerKeys(schema);
const keyOf = (request: LastingRequest) => keys.of(request)?.now();

interface Stores {
  readonly resolve?: (position: bigint) => unknown;
  readonly mark?: (position: bigint) => unknown;
}

const marked = (position: bigint): LogMark => ({ text: `mark ${position}`, events: position });

/** A question as of the positions 7 and 8, of a caller that sees everything. */
function question({ resolve = (position) => ok({ position }), mark = marked }: Stores): LastingRequest {
  const contextValue = {
    principal: { roles: ['auditor'] },
    sight: '*',
    services: {
      reader: { resolve: ({ position }: { position: bigint }) => resolve(position) },
      logMarks: { at: mark },
    },
  };
  const document = parse('{ a: asOf(at: { position: "7" }) { id } b: asOf(at: { position: "8" }) { id } }');
  return { document, contextValue: contextValue as never };
}

const later = <T>(value: T) => Promise.resolve(value);

test('a key is made at once if the stores answer at once', () => {
  expect(keyOf(question({}))).toMatch(/\["mark 7","mark 8"\]$/);
});

test('a key is the same, whether the stores answer at once or later', async () => {
  const atOnce = keyOf(question({}));
  const stores: Stores = {
    resolve: (position) => later(ok({ position })),
    mark: (position) => later(marked(position)),
  };
  expect(await keyOf(question(stores))).toBe(atOnce);
  expect(await keyOf(question({ mark: stores.mark }))).toBe(atOnce);
});

test('there is no key if one of the positions is not on record', async () => {
  const resolve = (position: bigint): Result<unknown> =>
    position === 8n ? refused({ kind: 'AS_OF_IN_FUTURE', message: '' }) : ok({ position });
  expect(keyOf(question({ resolve }))).toBeUndefined();
  expect(await keyOf(question({ resolve: (position) => later(resolve(position)) }))).toBeUndefined();
});

describe.each([
  new Outage('away'),
  new LogMismatch('another log'),
  new RequestAborted(),
  new CorruptLedger('a gap'),
  new DamagedReadModels('a gap'),
])('if a store fails with %p', (error) => {
  const fails = () => {
    throw error;
  };

  test.each<[string, Stores]>([
    ['the moment at once', { resolve: fails }],
    ['the moment later', { resolve: () => Promise.reject(error) }],
    ['the mark at once', { mark: fails }],
    ['the mark later', { mark: () => Promise.reject(error) }],
  ])('and it is asked for %s, there is no key, so execution decides', async (_, stores) => {
    expect(await keyOf(question(stores))).toBeUndefined();
  });
});

test('a bug is reported as such', async () => {
  const bug = new TypeError('a bug');
  await expect(async () => keyOf(question({ mark: () => Promise.reject(bug) }))).rejects.toThrow(bug);
});
