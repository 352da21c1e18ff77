/*
 * A gateway over the ledgers of several provinces and a subgraph of statistics that extends their departments. It asks question 1 of an audit of
 * each: what was the revised budget on 30 June, as it was known then and as it is known now, and how many residents has the city?
 *
 *   MINGJIAN_TOKEN=… node examples/gateway.ts huizhou=http://127.0.0.1:4000 meizhou=http://127.0.0.1:4001
 *
 * docs/federation.md starts the two servers. Node.js 22.18 or later runs it as it is.
 */
import { getStitchedSchemaFromSupergraphSdl } from '@graphql-tools/federation';
import { composeServices } from '@theguild/federation-composition';
import { buildSchema, type DocumentNode, type ExecutionResult, graphql, parse, print } from 'graphql';

interface Asked {
  readonly document: DocumentNode;
  readonly variables?: Readonly<Record<string, unknown>>;
}
type Asking = (asked: Asked) => Promise<ExecutionResult>;

const provinces = new Map(process.argv.slice(2).map((given) => given.split('=') as [string, string]));
const names = [...provinces.keys()];
const typeOf = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}_Department`;

/** The gateway hands on the token of its caller. Each ledger judges it by its own policy. */
const askProvince =
  (name: string): Asking =>
  async ({ document, variables }) => {
    const response = await fetch(`${provinces.get(name)}/graphql/subgraph`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${process.env.MINGJIAN_TOKEN ?? ''}` },
      body: JSON.stringify({ query: print(document), variables }),
    });
    return (await response.json()) as ExecutionResult;
  };

/** The statistics: residents at the end of each half-year, by the effective moment. They know no positions. The numbers are invented. */
const FIELDS = names.map(
  (name) => `type ${typeOf(name)} @key(fields: "ledger code snapshot") {
    ledger: String! code: ID! snapshot: String!
    snapshotEffectiveAt: DateTime @external
    residents: Int @requires(fields: "snapshotEffectiveAt")
  }`,
);
const STATISTICS = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires"])
  ${FIELDS.join('\n')}
  scalar DateTime
  type Query { statistics: String }`;

interface Department {
  readonly snapshotEffectiveAt?: string | null;
}
const residentsOf = ({ snapshotEffectiveAt: at }: Department) => (at && at < '2023-12-31' ? 6_050_000 : 6_072_000);

const statistics = buildSchema(`${STATISTICS.replace(/extend schema.*|@(key|requires)\([^)]*\)|@external/g, '')}
  scalar _Any
  union _Entity = ${names.map(typeOf).join(' | ')}
  extend type Query { _entities(representations: [_Any!]!): [_Entity]! }`);
const askStatistics: Asking = async ({ document, variables }) =>
  graphql({
    schema: statistics,
    source: print(document),
    variableValues: variables,
    rootValue: {
      _entities: ({ representations }: { representations: readonly Department[] }) =>
        representations.map((department) => ({ ...department, residents: residentsOf(department) })),
    },
  });

async function compose() {
  const services = [{ name: 'statistics', typeDefs: parse(STATISTICS) }];
  for (const name of names) {
    const { data, errors } = await askProvince(name)({ document: parse('{ _service { sdl } }') });
    if (errors) throw new Error(`${name}: ${JSON.stringify(errors)}`);
    const { sdl } = data?._service as { readonly sdl: string };
    services.push({ name, typeDefs: parse(sdl) });
  }
  const { supergraphSdl, errors } = composeServices(services.map((service) => ({ ...service, url: '' })));
  if (supergraphSdl === undefined) throw new Error(`The subgraphs do not compose: ${JSON.stringify(errors)}`);
  return getStitchedSchemaFromSupergraphSdl({
    supergraphSdl,
    onSubschemaConfig(config) {
      const name = config.name.toLowerCase();
      config.executor = (name === 'statistics' ? askStatistics : askProvince(name)) as typeof config.executor;
    },
  });
}

const QUESTION = `query($at: AsOfInput!) {
  ${names
    .map(
      (name) => `${name}: ${name}_asOf(at: $at) {
    budget(department: "441300-DSJ", fiscalYear: 2023) { ...Sums department { ledger residents } }
  }`,
    )
    .join('\n')}
}
fragment Sums on Amounts { revised(unit: WAN_YUAN) executed(unit: WAN_YUAN) }`;

async function main(): Promise<void> {
  const schema = await compose();
  for (const at of [{ knownAt: '2023-06-30', effectiveAt: '2023-06-30' }, { effectiveAt: '2023-06-30' }]) {
    const { data, errors } = await graphql({ schema, source: QUESTION, variableValues: { at } });
    if (errors) throw new Error(JSON.stringify(errors));
    process.stdout.write(`${JSON.stringify({ at, ...data })}\n`);
  }
}

void main();
