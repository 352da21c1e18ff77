import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { isObjectType, parse, validate } from 'graphql';
import { schema } from '../../src/app/features';
import { apolloCacheOptions } from '../../client/src/cache/apollo';
import { graphcacheOptions } from '../../client/src/cache/urql';
import { feedDocuments } from '../../client/src/index';
import { fromApiPage } from '../clients/api-page';

test('what the package knows of the schema is what the schema says', () => {
  const script = path.resolve(__dirname, '../../scripts/client/types.mjs');
  expect(execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8', stdio: 'pipe' })).toBe('');
});

test.each([
  ['its own fields', feedDocuments()],
  ['other fields', feedDocuments('department fields { path before after }')],
])('the operations of the feed with %s are valid', (_name, { page, live }) => {
  for (const document of [page, live]) expect(validate(schema, parse(document.toString()))).toEqual([]);
});

const declared = (names: readonly string[]): readonly string[] =>
  names.filter((name) => isObjectType(schema.getType(name)) && !name.startsWith('__')).sort();

test('caches are told what docs/api.md derives from the schema', () => {
  const fromPage = fromApiPage('cacheOptions') as typeof apolloCacheOptions;
  expect(apolloCacheOptions.typePolicies).toEqual(fromPage.typePolicies);
  const sorted = (types: object) =>
    Object.entries(types).map(([name, possible]) => [name, (possible as string[]).toSorted()]);
  expect(Object.fromEntries(sorted(apolloCacheOptions.possibleTypes))).toEqual(
    Object.fromEntries(sorted(fromPage.possibleTypes)),
  );
  const { keys } = fromApiPage('graphcacheOptions') as typeof graphcacheOptions;
  expect(declared(Object.keys(graphcacheOptions.keys))).toEqual(declared(Object.keys(keys)));
});
