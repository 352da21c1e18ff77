import path from 'node:path';
import { cleanUps } from '../support/clean-ups';
import { eventually } from '../support/eventually';
import { startNode } from '../support/node-process';
import { temporaryFolder } from '../support/temporary-folder';

const onEnd = cleanUps();

test('a process with FEDERATION=1 answers a gateway, and its metrics and its log name what was asked', async () => {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  const lines: Readonly<Record<string, unknown>>[] = [];
  const node = await startNode(
    { DATA_DIR: path.join(folder.path, 'data'), FEDERATION: '1', FEDERATION_LEDGER: 'huizhou', METRICS_PORT: '0' },
    onEnd,
    (line) => lines.push(JSON.parse(line) as (typeof lines)[number]),
  );
  const ask = async (query: string, variables?: object) => {
    const response = await fetch(`${node.address}/graphql/subgraph`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${node.token}` },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as { readonly data: any; readonly errors?: readonly unknown[] };
  };
  await node.ask('mutation { registerDepartment(input: { code: "D1", name: "市政数局" }) { position } }');

  const { data: service } = await ask('query Composing { _service { sdl } }');
  expect(service._service.sdl).toContain('type Huizhou_Department');
  expect(service._service.sdl).toContain('@key(fields: "ledger code snapshot")');
  const department = { __typename: 'Huizhou_Department', ledger: 'huizhou', code: 'D1', snapshot: 'NOW' };
  const query = `query Planned($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on Huizhou_Department { name } }
  }`;
  const { data, errors } = await ask(query, { representations: [department, { ...department, ledger: 'meizhou' }] });
  expect(data._entities).toEqual([{ name: '市政数局' }, null]);
  expect(errors).toMatchObject([{ path: ['_entities', 1], extensions: { code: 'BAD_USER_INPUT' } }]);
  expect((await ask('{ huizhou_department(code: "D1") { name } }')).data.huizhou_department.name).toBe('市政数局');
  // The API of this one ledger is as it was.
  expect((await node.ask('{ department(code: "D1") { name } }')).data.department.name).toBe('市政数局');

  const operations = () => lines.filter(({ msg }) => msg === 'an operation has ended');
  await eventually('all are logged', () => Promise.resolve(operations().length === 5));
  expect(operations()).toMatchObject([
    { fields: 'registerDepartment', outcome: 'ok' },
    { operation: 'Composing', type: 'query', fields: '_service', sub: 'u-editor', outcome: 'ok' },
    { operation: 'Planned', type: 'query', fields: '_entities', codes: 'BAD_USER_INPUT' },
    { fields: 'huizhou_department', outcome: 'ok' },
    { fields: 'department', outcome: 'ok' },
  ]);
  expect(JSON.stringify(operations())).not.toContain('市政数局');
  const { metrics } = lines.find(({ msg }) => msg === 'listening') as { readonly metrics: string };
  const scraped = await (await fetch(`${metrics}/metrics`)).text();
  for (const field of ['_service', 'huizhou_department', 'department'])
    expect(scraped).toContain(`mingjian_operations_total{transport="http",field="${field}",outcome="ok"} 1`);
  expect(scraped).toMatch(/^mingjian_operations_total\{transport="http",field="_entities",outcome="\w+"\} 1$/m);
  expect(await node.stop()).toBe(0);
});
