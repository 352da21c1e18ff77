import { SignJWT } from 'jose';
import pino from 'pino';
import { createTokenVerifier } from '../../src/auth/token-verifier';
import { Ledger } from '../../src/app/ledger';
import { serveApi } from '../../src/app/serve-api';
import { createWebServer } from '../../src/app/web-server';
import { schema } from '../../src/app/features';
import { EventStore } from '../../src/event-store/event-store';
import { LedgerName } from '../../src/graphql/federation/ledger-name';
import { subgraphOf } from '../../src/graphql/federation/subgraph';
import { Trust } from '../../src/graphql/trusted-documents/trust';
import { RateLimiting } from '../../src/http/rate-limiting';
import { ConnectionLimits, DEFAULT_CONNECTION_LIMITS } from '../../src/http/connection-limits';
import { Origins } from '../../src/http/cors';
import { ImportOptions } from '../../src/imports/serve';
import { readHere } from './import-child';
import { FileWriter } from '../../src/reports/writing/file-writer';
import { WritingThread } from '../../src/reports/writing/writing-thread';
import { logTelemetry } from '../../src/telemetry/log';
import { TestClock } from './clock';
import { startLedger, TestLedgerOptions } from './ledger';
import timeLimits from './time-limits.json';
import { starter, TYPESCRIPT } from './typescript';
import { EVERY_WRITING_ROLE } from './writers';

export const SECRET = 'a secret for tests that is long enough for anybody';

/** No connection is cut because the machine is slow. Tests of these limits set their own. */
const PATIENT_CONNECTIONS: ConnectionLimits = {
  ...DEFAULT_CONNECTION_LIMITS,
  headersMs: timeLimits.connection,
  requestMs: timeLimits.connection,
  silentMs: timeLimits.connection,
  answerMs: timeLimits.connection,
  initMs: timeLimits.connection,
  pingMs: timeLimits.connection,
};

export interface Answer<Data = any> {
  readonly status: number;
  readonly data: Data;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string } & Record<string, any>;
  }[];
}

export interface TestApi {
  readonly url: string;
  readonly clock: TestClock;
  readonly ledger: Ledger;
  /** The log as its adapter gives it. */
  readonly eventStore: EventStore;
  readonly token: (claims?: TokenClaims) => Promise<string>;
  /** Asks over HTTP, with every writing role for all departments if no other token is given. */
  readonly ask: (query: string, variables?: object, token?: string) => Promise<Answer>;
  /** `ask`, and fails where there are errors. */
  readonly data: (query: string, variables?: object, token?: string) => Promise<any>;
  /** Runs the mutation with `input`, and answers its payload. */
  readonly write: (mutation: string, input: object, fields?: string, token?: string) => Promise<any>;
  /** `write` for what is to be refused: the first error. */
  readonly refusal: (mutation: string, input: object, token?: string) => Promise<NonNullable<Answer['errors']>[number]>;
  readonly close: () => Promise<void>;
}

export interface TokenClaims {
  readonly sub?: string;
  readonly name?: string;
  readonly roles?: readonly string[];
  /** `null`: the token has no such claim. */
  readonly departments?: string | readonly string[] | null;
  readonly readDepartments?: string | readonly string[];
  /** In seconds since 1970; by default in an hour. */
  readonly expires?: number;
}

export interface ApiOptions extends Omit<TestLedgerOptions, 'clock'> {
  readonly now?: string;
  readonly origins?: Origins;
  readonly trust?: Trust;
  readonly introspection?: boolean;
  /** The name of the ledger in a federation; undefined: the server is no subgraph. */
  readonly federatedAs?: string;
  readonly limiting?: RateLimiting;
  /** What differs from the default limits. */
  readonly connections?: Partial<ConnectionLimits>;
  readonly office?: string;
  readonly writer?: FileWriter;
  /** Reads the cells of files; by default in this process. */
  readonly readFile?: ImportOptions['readFile'];
}

/** A real server on a free port of 127.0.0.1, over a real ledger file, with the given time. */
export async function startApi(options: ApiOptions = {}): Promise<TestApi> {
  const {
    now = '2023-01-01T00:00:00.000Z',
    origins,
    trust,
    introspection,
    federatedAs,
    limiting,
    office,
    writer = new FileWriter(new WritingThread({ execArgv: TYPESCRIPT })),
    readFile = readHere,
    ...ledgerOptions
  } = options;
  const connections = { ...PATIENT_CONNECTIONS, ...options.connections };
  const whole = await startLedger({ ...ledgerOptions, clock: new TestClock(now) });
  const { clock, ledger, eventStore, limits } = whole;
  const logger = pino({ level: process.env.TEST_LOG_LEVEL ?? 'silent' });
  const fastify = await createWebServer({ logger, limits, connections, origins });
  const verifier = createTokenVerifier({ secret: SECRET });
  const { services } = ledger;
  const stop = await serveApi(fastify, {
    services,
    verifier,
    origins,
    trust,
    introspection,
    subgraph: federatedAs === undefined ? undefined : subgraphOf(schema, new LedgerName(federatedAs)),
    limiting,
    connections,
    office,
    readFile,
    writer,
    starter,
    telemetry: ledgerOptions.telemetry ?? logTelemetry(logger),
  });
  const url = await fastify.listen({ host: '127.0.0.1', port: 0 });

  const token = ({
    sub = 'u-editor',
    name = '张编辑',
    roles = EVERY_WRITING_ROLE,
    departments = '*',
    readDepartments,
    expires,
  }: TokenClaims = {}) =>
    new SignJWT({ name, roles, departments: departments ?? undefined, readDepartments })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(sub)
      .setExpirationTime(expires ?? '1h')
      .sign(new TextEncoder().encode(SECRET));
  const editor = await token();

  async function ask(query: string, variables?: object, bearer = editor): Promise<Answer> {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
  }

  async function data(query: string, variables?: object, bearer?: string): Promise<any> {
    const answer = await ask(query, variables, bearer);
    if (answer.errors) throw new Error(JSON.stringify(answer.errors, null, 2));
    return answer.data;
  }

  const mutation = (name: string, fields: string) =>
    `mutation($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${fields} } }`;

  return {
    url,
    clock,
    ledger,
    eventStore,
    token,
    ask,
    data,
    write: async (name, input, fields = 'position projected changes { id eventId position revision }', bearer) =>
      (await data(mutation(name, fields), { input }, bearer))[name],
    refusal: async (name, input, bearer) => {
      const { errors } = await ask(mutation(name, 'position'), { input }, bearer);
      if (!errors?.[0]) throw new Error(`${name} was not refused`);
      return errors[0];
    },
    close: async () => {
      ledger.drain();
      await stop();
      await whole.close();
    },
  };
}
