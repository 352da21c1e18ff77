import { DepartmentScope } from '../../src/auth/department-scope';
import { DocumentNode, execute, ExecutionResult, GraphQLError, parse, validate } from 'graphql';
import { schema } from '../../src/app/features';
import { StoredEvent } from '../../src/event-store/envelope';
import { RequestContext } from '../../src/graphql/context';
import { toGraphQLError } from '../../src/graphql/errors';
import { Refused } from '../../src/kernel/refusal';
import { MemoryTemporalStore } from '../../src/read-model/adapters/memory';
import { TemporalStore } from '../../src/read-model/temporal-store';
import { TestClock } from './clock';
import { collect } from './events';
import { notClosing, startLedger, TestLedger, TestLedgerOptions } from './ledger';
import { EVERY_WRITING_ROLE } from './writers';
import { NO_TELEMETRY } from '../../src/kernel/telemetry';

type Variables = Readonly<Record<string, unknown>>;

/** Read models that are empty. */
export type MakeReadModels = () => Promise<TemporalStore>;

const inMemory: MakeReadModels = () => Promise.resolve(new MemoryTemporalStore());

/** Refusals have their code and details, as every transport gives them. */
function asAnswered(error: GraphQLError): GraphQLError {
  const { message, path, originalError } = error;
  if (!(originalError instanceof Refused)) return error;
  return new GraphQLError(message, {
    path,
    originalError,
    extensions: toGraphQLError(originalError.refusal).extensions,
  });
}

/** A whole ledger in this process, asked without a network in between. */
export class LocalLedger {
  /** What a test has done to it, for the message of a failure. */
  readonly sent: string[] = [];

  private constructor(
    private readonly whole: TestLedger,
    private readonly makeReadModels: MakeReadModels,
  ) {}

  static async start(makeReadModels: MakeReadModels, options: TestLedgerOptions): Promise<LocalLedger> {
    const ledger = await startLedger({ ...options, telemetry: NO_TELEMETRY, readModels: makeReadModels });
    return new LocalLedger(ledger, makeReadModels);
  }

  async ask(query: string, variables: Variables = {}, sub?: string): Promise<ExecutionResult> {
    const { errors, ...result } = await execute({ schema, ...this.request(documentOf(query), variables, sub) });
    return { ...result, ...(errors === undefined ? {} : { errors: errors.map(asAnswered) }) };
  }

  /** What an executor needs to answer a document. */
  request(document: DocumentNode, variableValues: Variables, sub = 'u-1') {
    const contextValue = new RequestContext(this.whole.ledger.services, {
      principal: {
        sub,
        name: '张编辑',
        roles: EVERY_WRITING_ROLE,
        departments: DepartmentScope.ALL,
        readDepartments: DepartmentScope.ALL,
      },
      correlationId: 'a-request',
    });
    return { document, contextValue, variableValues };
  }

  /** `ask`, and fails where there are errors. */
  async data(query: string, variables?: Variables): Promise<any> {
    const { data, errors } = await this.ask(query, variables);
    if (errors !== undefined) throw new AggregateError(errors, errors.map(({ message }) => message).join('; '));
    return data;
  }

  /** Why the projector gave up. */
  get failure(): Error | undefined {
    return this.whole.ledger.failure();
  }

  now(): number {
    return this.whole.ledger.services.now();
  }

  head(): Promise<bigint> {
    return this.whole.eventStore.head();
  }

  events(): Promise<StoredEvent[]> {
    return collect(this.whole.eventStore.readAll(0n));
  }

  /** Another ledger over the same log, its read models built anew. */
  rebuilt(clock: TestClock): Promise<LocalLedger> {
    const { eventStore } = this.whole;
    return LocalLedger.start(this.makeReadModels, { clock, eventStore: () => notClosing(eventStore) });
  }

  /** Another node of the same ledger: it reads the same read models and does not write them. */
  beside(sameReadModels: MakeReadModels, clock: TestClock): Promise<LocalLedger> {
    const { eventStore } = this.whole;
    const options = { clock, eventStore: () => notClosing(eventStore), projectUnder: undefined };
    return LocalLedger.start(sameReadModels, options);
  }

  close(): Promise<void> {
    return this.whole.close();
  }
}

/** Parsed and validated once for all ledgers. */
const documents = new Map<string, DocumentNode>();

function documentOf(query: string): DocumentNode {
  const known = documents.get(query);
  if (known !== undefined) return known;
  const document = parse(query);
  const [error] = validate(schema, document);
  if (error !== undefined) throw error;
  documents.set(query, document);
  return document;
}

/** Runs with a new ledger on a file of its own, whose store and node go by the same clock. A failure lists the commands. */
export async function withLedger<T>(
  clock: TestClock,
  use: (ledger: LocalLedger) => Promise<T>,
  makeReadModels: MakeReadModels = inMemory,
): Promise<T> {
  const ledger = await LocalLedger.start(makeReadModels, { clock });
  try {
    return await use(ledger);
  } catch (error) {
    throw new Error(`The commands were:\n${ledger.sent.join('\n')}`, { cause: ledger.failure ?? error });
  } finally {
    await ledger.close();
  }
}
