import '../../src/app/features';

/**
 * For a file of tests with classes of its own for type-graphql, imported before all others. type-graphql keeps what it knows of all classes in one
 * place, and begins anew for each schema that it builds: what the schema of the ledger reads at each request would be lost for the next files.
 */
const kept = globalThis as { TypeGraphQLMetadataStorage?: unknown };
const { TypeGraphQLMetadataStorage: ofTheLedger } = kept;
kept.TypeGraphQLMetadataStorage = undefined;

afterAll(() => {
  kept.TypeGraphQLMetadataStorage = ofTheLedger;
});
