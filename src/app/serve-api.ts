import { FastifyInstance } from 'fastify';
import { GraphQLSchema } from 'graphql';
import { TokenVerifier } from '../auth/verified-token';
import { serveExports } from '../exports/serve';
import { ImportOptions, serveImports } from '../imports/serve';
import { LedgerServices, RequestContext } from '../graphql/context';
import { serveGraphQL } from '../graphql/serve';
import { Admission, identifyWithin } from '../http/admission';
import { RateLimiting } from '../http/rate-limiting';
import { RequestsInFlight } from '../http/requests-in-flight';
import { ConnectionLimits, DEFAULT_CONNECTION_LIMITS } from '../http/connection-limits';
import { NO_TELEMETRY, Telemetry } from '../kernel/telemetry';
import { ProcessStarter } from '../machine/starter/process-starter';
import { Origins } from '../http/cors';
import { FaultLog } from '../http/problem';
import { Trust } from '../graphql/trusted-documents/trust';
import { evidenceSource } from './evidence/source';
import { Printing } from '../reports/formats/pdf/printing';
import { serveReports } from '../reports/serve';
import { FileWriter } from '../reports/writing/file-writer';
import { features, schema } from './features';

export interface ApiOptions {
  readonly services: LedgerServices;
  readonly verifier: TokenVerifier;
  readonly telemetry?: Telemetry;
  /** Whose pages may connect by WebSocket; undefined: any. */
  readonly origins?: Origins;
  /** Called for each request that an outage refuses; undefined: each is logged. */
  readonly onOutage?: FaultLog['outage'];
  /** undefined: any document may be executed. */
  readonly trust?: Trust;
  /** Whether callers may read the schema; undefined: they may. */
  readonly introspection?: boolean;
  /** The API as a subgraph of a federation; undefined: there is none. */
  readonly subgraph?: GraphQLSchema;
  /** undefined: there is no rate limit. */
  readonly limiting?: RateLimiting;
  readonly connections?: ConnectionLimits;
  /** The program of LibreOffice, which prints reports. */
  readonly office?: string;
  /** Writes reports and forms; undefined: in a thread of its own. */
  readonly writer?: FileWriter;
  /** Starts the processes that print reports and read files. */
  readonly starter?: ProcessStarter;
  /** Reads the cells of files that are imported; undefined: in a process of its own. */
  readonly readFile?: ImportOptions['readFile'];
}

/** LibreOffice takes a few seconds for a report, and about 1 GiB of address space. */
const PRINTING = { timeoutMs: 60_000, maxMemoryKib: 4 * 1_024 * 1_024 };

/** Serves one ledger at every entry point of the API. Returns a function that answers what has begun, and closes the server. */
export async function serveApi(fastify: FastifyInstance, options: ApiOptions): Promise<() => Promise<void>> {
  const { services, verifier, origins, onOutage, trust, limiting, telemetry = NO_TELEMETRY } = options;
  const { introspection, subgraph, connections = DEFAULT_CONNECTION_LIMITS, office = 'soffice' } = options;
  const { starter = new ProcessStarter() } = options;
  const inFlight = new RequestsInFlight(services.limits.maxRequestsInFlight);
  const isNoStore = services.readRecording?.recorder.mode === 'required';
  const admission: Admission = { verifier, limiting, inFlight, isNoStore };
  const identify = identifyWithin(admission);
  serveExports(fastify, {
    services,
    telemetry,
    tables: features.tables.values(),
    evidence: { categories: features.categories, source: evidenceSource(services) },
    identify,
  });
  const printing = new Printing({ program: office, starter, ...PRINTING });
  serveReports(fastify, { services, telemetry, identify, writer: options.writer ?? new FileWriter(), printing });
  serveImports(fastify, {
    services,
    telemetry,
    actions: features.actions,
    rules: features.rules,
    identify,
    starter,
    readFile: options.readFile,
  });
  return serveGraphQL(fastify, {
    schema,
    admission,
    limits: services.limits,
    connections,
    origins,
    onOutage,
    trust,
    introspection,
    subgraph,
    telemetry,
    context: (caller, resumeAfter) => new RequestContext(services, caller, resumeAfter),
  });
}
