import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { printSchema } from 'graphql';
import {
  commitMutation,
  createOperationDescriptor,
  Environment,
  fetchQuery,
  Network,
  RecordSource,
  Store,
} from 'relay-runtime';
import type { ConcreteRequest, GraphQLResponse, RequestParameters, Variables } from 'relay-runtime';
import { schema } from '../../src/app/features';
import { temporaryFolder } from '../support/temporary-folder';
import { CachingClient, describeCaching, operationsOf } from './caching.contract';
import { Operation, World } from './world';

const folder = temporaryFolder();
afterAll(() => {
  folder.remove();
});

let artifacts: ((name: string) => ConcreteRequest) | undefined;

/**
 * The operations as relay-compiler makes them from the schema. Relay requires that the name of an operation begins with the name
 * of its module.
 */
function compiled(world: World): (name: string) => ConcreteRequest {
  const source = path.join(folder.path, 'src');
  const artifactDirectory = path.join(folder.path, 'artifacts');
  for (const each of [source, artifactDirectory]) mkdirSync(each);
  for (const { name, document } of operationsOf(world)) {
    const file = path.join(source, `${name.replace(/(Query|Mutation)$/, '')}.js`);
    writeFileSync(file, `graphql\`${document}\`;\n`);
  }
  writeFileSync(path.join(folder.path, 'schema.graphql'), printSchema(schema));
  const config = {
    src: './src',
    schema: './schema.graphql',
    artifactDirectory: './artifacts',
    language: 'javascript',
    eagerEsModules: false,
  };
  writeFileSync(path.join(folder.path, 'relay.config.json'), JSON.stringify(config));
  const cli = require.resolve('relay-compiler/cli.js');
  execFileSync(process.execPath, [cli], { cwd: folder.path, stdio: 'pipe' });
  const load = createRequire(path.join(artifactDirectory, 'x.js'));
  return (name) => load(`./${name}.graphql.js`) as ConcreteRequest;
}

async function relay(world: World): Promise<CachingClient> {
  const { url, token } = world.api;
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await token()}` };
  const ask = async ({ text }: RequestParameters, variables: Variables): Promise<GraphQLResponse> => {
    const body = JSON.stringify({ query: text, variables });
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
    return (await response.json()) as GraphQLResponse;
  };
  const environment = new Environment({ network: Network.create(ask), store: new Store(new RecordSource()) });
  const requestOf = (artifacts ??= compiled(world));
  const described = ({ name, variables }: Operation) => createOperationDescriptor(requestOf(name), variables);
  return {
    fetch: async (operation) => {
      // Unless a component holds the answer, the store may discard it.
      environment.retain(described(operation));
      return fetchQuery(environment, requestOf(operation.name), operation.variables).toPromise();
    },
    mutate: ({ name, variables }) =>
      new Promise((resolve, reject) => {
        commitMutation(environment, {
          mutation: requestOf(name),
          variables,
          onCompleted: resolve,
          onError: reject,
        });
      }),
    cached: (operation) => {
      expect(environment.check(described(operation)).status).toBe('available');
      return environment.lookup(described(operation).fragment).data;
    },
  };
}

describe('Relay', () => {
  const warnings = jest.spyOn(console, 'error');

  describeCaching(relay);

  afterAll(() => {
    expect(warnings.mock.calls).toEqual([]);
  });
});
