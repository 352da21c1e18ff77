import { hashIn, hashOf, ManifestError, readManifest } from '../../../src/graphql/trusted-documents/manifest';

const TEXT = '{ ledger { demo } }';
const HASH = hashOf(TEXT);
const apollo = (operations: unknown, version: unknown = 1) =>
  JSON.stringify({ format: 'apollo-persisted-query-manifest', version, operations });

test('the format of Apollo', () => {
  const operation = { id: HASH, name: 'Demo', type: 'query', body: TEXT };
  expect(readManifest(apollo([operation]))).toEqual([{ hash: HASH, name: 'Demo', text: TEXT }]);
});

test('a map from hash to document, with and without the prefix, in either case', () => {
  const other = '{ ledger { head } }';
  const map = { [HASH.toUpperCase()]: TEXT, [`sha256:${hashOf(other)}`]: other };
  expect(readManifest(`\ufeff${JSON.stringify(map)}`)).toEqual([
    { hash: HASH, text: TEXT },
    { hash: hashOf(other), text: other },
  ]);
});

test('an empty list trusts no document', () => {
  expect(readManifest('{}')).toEqual([]);
  expect(readManifest(apollo([]))).toEqual([]);
});

test.each([
  ['text that is not JSON', '{', 'the manifest is not JSON'],
  ['a list', '[]', 'the manifest is neither'],
  ['a map to something else', '{"a":1}', 'the manifest is neither'],
  ['another version', apollo([], 2), 'the manifest is neither'],
  ['another format with texts only', '{"format":"other"}', 'the manifest is neither'],
  ['operations without a text', apollo([{ id: HASH }]), 'the manifest is neither'],
  ['a text that was changed', JSON.stringify({ [HASH]: `${TEXT} ` }), 'is not named by the SHA-256 of its text'],
  ['ids of another kind', apollo([{ id: '1', name: 'Demo', body: TEXT }]), 'the document "Demo" is not named by'],
])('%s is refused', (_, json, message) => {
  expect(() => readManifest(json)).toThrow(ManifestError);
  expect(() => readManifest(json)).toThrow(message);
});

test.each([[HASH], [`sha256:${HASH}`], [HASH.toUpperCase()]])('%s names a document', (name) => {
  expect(hashIn(name)).toBe(HASH);
});

test.each([['md5:x'], [HASH.slice(1)], [`${HASH}0`], [`sha256:sha256:${HASH}`], [null], [{}], [7], ['']])(
  '%p names none',
  (name) => {
    expect(hashIn(name)).toBeUndefined();
  },
);
