import '../../src/app/features';

/**
 * A file of tests that makes a schema from classes of its own imports this file first. type-graphql keeps what it knows of all classes in one place, and
 * writes it anew for each schema that it builds. The schema of the ledger reads there at each request, and the next files of tests use that schema.
 */
const kept = globalThis as { TypeGraphQLMetadataStorage?: unknown };
const { TypeGraphQLMetadataStorage: ofTheLedger } = kept;
kept.TypeGraphQLMetadataStorage = undefined;

afterAll(() => {
  kept.TypeGraphQLMetadataStorage = ofTheLedger;
});
