import { FastifyBaseLogger } from 'fastify';
import { reportingTokens } from '../auth/reported-tokens';
import { clientAddress } from '../http/client-address';
import { DEFAULT_CONNECTION_LIMITS } from '../http/connection-limits';
import { Awaitable } from '../kernel/async';
import { DEFAULT_LIMITS } from '../kernel/limits';
import { Outage } from '../kernel/outage';
import { Tracing } from '../kernel/tracing';
import { GRACE_MS } from '../kernel/patience';
import { systemClock } from '../kernel/time';
import { EvictionPolicy } from '../read-model/adapters/redis/eviction-policy';
import { traced } from '../event-store/traced';
import { reporting } from '../event-store/reporting';
import { Config, ConfigError } from './config';
import { buildDemo, grantDemo, greetDemo, serveDemo } from './demo';
import { reportedOutages, watchHealth, withoutOutages } from './health';
import { serveHealth } from './health/serve';
import { openEngines } from './engines';
import { configuredTree, configuredWitness, serveTree, serveWitness } from './evidence';
import { requireWholeImport } from './imported-ledger';
import { openLedger } from './ledger';
import { watchIntegrity } from './integrity-watch';
import { configuredAlertRules } from './configured-alert-rules';
import { configuredPolicy } from './configured-policy';
import { listen } from './listen';
import { configuredOpenId, pageSettings, servePage } from './page';
import { openReadLog } from './reads';
import { reportOpenedLedger } from './opened-ledger';
import { pseudonymKeyOf } from './pseudonym-key';
import { configuredRates, reportedRates } from './rate-limiting';
import { serveApi } from './serve-api';
import { configuredSubgraph } from './subgraph';
import { configuredTrust, trustProblem } from './trusted-documents';
import { configuredTelemetry } from './telemetry';
import { configuredTokens } from './token-verification';
import { features, schema } from './features';
import { configuredFourEyes } from './four-eyes';
import { serveMetricsOf } from './metrics';
import { MetricsServer } from './metrics/serve';
import { unlistedReporter } from './unlisted-documents';
import { createWebServer } from './web-server';
import { configuredWebhooks } from './webhooks';

export interface Server {
  /** `http://127.0.0.1:4000` */
  readonly address: string;
  /** undefined without METRICS_PORT. */
  readonly metricsAddress: string | undefined;
  /** In demo mode: the text for the person that has started it. */
  readonly greet?: () => Promise<string>;
  /** Answers the requests that have begun, then closes everything in order. */
  readonly stop: () => Promise<void>;
}

/** Starts the configured server. */
export async function startServer(config: Config, logger: FastifyBaseLogger, tracing?: Tracing): Promise<Server> {
  const subgraph = configuredSubgraph(config);
  const { telemetry: all, metrics } = configuredTelemetry(config, logger, [schema, ...(subgraph ? [subgraph] : [])]);
  const policy = configuredPolicy(config);
  const alertRules = configuredAlertRules(config);
  const fourEyes = configuredFourEyes(config.fourEyes, features.actions);
  if (fourEyes.length === 0) logger.info('FOUR_EYES is not set: no command needs a second person');
  const witness = configuredWitness(config);
  const trust = configuredTrust(config, unlistedReporter(all));
  if (config.demo) await buildDemo(config);
  const outages = reportedOutages(all);
  const telemetry = withoutOutages(outages, all);
  const {
    evictionPolicy,
    settlementStore,
    signUnder,
    signReadsUnder,
    deliverUnder,
    copiesOf,
    fitReadModels,
    ...engines
  } = openEngines(config, telemetry);
  const stores = [engines.readModels, engines.eventStore];
  await openedAfter(stores, () => requireWholeImport(engines.eventStore, config));
  await openedAfter(stores, fitReadModels);
  const reads = await openedAfter(stores, () =>
    openReadLog(config, { clock: systemClock, lease: signReadsUnder, copiesOf, telemetry }),
  );
  const webhooks = await openedAfter([reads, ...stores], () =>
    configuredWebhooks(config, { clock: systemClock, lease: deliverUnder, telemetry }),
  );
  const beside = webhooks === undefined ? [reads, ...stores] : [webhooks, reads, ...stores];
  const signed = await openedAfter(beside, () =>
    configuredTree(config, {
      log: { ...engines.eventStore.leaves, head: () => engines.eventStore.head() },
      lease: signUnder,
      copiesOf,
      onMismatch: (mismatch) => {
        ledger.refuse(mismatch);
      },
      telemetry,
    }),
  );
  const eventStore = reporting(signed?.checked(engines.eventStore) ?? engines.eventStore, telemetry);
  const ledger = openLedger({
    ...engines,
    proofs: signed?.proofs,
    eventStore: tracing === undefined ? eventStore : traced(eventStore, tracing),
    streamPrefix: config.streamPrefix,
    timeZone: config.timeZone,
    clock: systemClock,
    limits: { ...DEFAULT_LIMITS, ...config.limits, ...reportedRates(config, settlementStore) },
    patienceMs: config.patienceMs,
    policy,
    fourEyes,
    pseudonymKey: pseudonymKeyOf(config),
    demo: config.demo,
    alertRules,
    telemetry,
    reads,
    webhooks: webhooks?.desk,
  });

  const limiting = configuredRates(config, settlementStore);
  if (pseudonymKeyOf(config) === undefined)
    logger.warn('PSEUDONYM_KEY is not set: an analyst sees the same pseudonym for every person');
  if (!config.demo && config.auth.httpOrigins !== undefined)
    logger.warn(
      `AUTH_HTTP_ORIGINS: keys from ${config.auth.httpOrigins.join(', ')} may be read by plain http: whoever can alter them on the way can make tokens of anybody`,
    );
  const closing = new AbortController();
  let stopping = false;
  let metricsServer: MetricsServer | undefined;
  let following: Promise<void> | undefined;
  let delivering: Promise<void> | undefined;
  try {
    if (evictionPolicy !== undefined) await requireNoEviction(evictionPolicy);
    // Before anything is answered.
    await signed?.check();
    following = signed?.run(closing.signal);
    await reads.start(closing.signal);
    // After the ledger is open: if it is refused, no tokens are written.
    const demo = config.demo ? await grantDemo(config, logger) : undefined;
    const { services } = ledger;
    delivering = webhooks?.run(services, closing.signal);
    const servesApi = config.roles.has('api');
    if (servesApi) await limiting?.rates.start();
    const origins = config.corsOrigins;
    const connections = { ...DEFAULT_CONNECTION_LIMITS, ...config.connections };
    const onOutage = (outage: Outage): void => {
      outages.refused(outage);
    };
    const fastify = await createWebServer({ logger, limits: services.limits, connections, origins, onOutage });
    const tokens = await configuredTokens(demo?.verification ?? config.auth, {
      timeoutMs: config.patienceMs + GRACE_MS,
      telemetry,
      signal: closing.signal,
    });
    const { verifier } = tokens;
    // A process that only projects serves nothing but its health.
    const stop = servesApi
      ? await serveApi(fastify, {
          services,
          verifier: reportingTokens(verifier, telemetry),
          origins,
          onOutage,
          trust,
          limiting,
          connections,
          introspection: config.introspection,
          subgraph,
          office: config.office,
          telemetry,
        })
      : () => fastify.close();
    const watch = watchHealth(ledger, servesApi ? verifier : undefined, {
      clock: systemClock,
      outages,
      telemetry,
      signal: closing.signal,
    });
    const integrity = watchIntegrity(engines.eventStore, config, { telemetry, signal: closing.signal });
    serveHealth(fastify, {
      health: watch.health,
      isStopping: () => stopping,
      warnings: () => [
        evictionPolicy?.problem,
        watch.clockWarning(),
        integrity.warning(),
        tokens.warning(),
        ...(signed?.problems() ?? []),
        reads.problem(),
        webhooks?.problem(),
      ],
    });
    if (witness !== undefined) await serveWitness(fastify, witness, clientAddress(config.trustProxy ?? []));
    if (signed !== undefined) serveTree(fastify, { kept: signed.kept, storage: signed.tiles });
    await reads.serve(fastify);
    if (servesApi) servePage(fastify, pageSettings(demo, configuredOpenId(config)));
    if (demo !== undefined) serveDemo(fastify, demo);
    void reportOpenedLedger(services.log, config, { logger, signal: closing.signal });
    metricsServer = await serveMetricsOf(
      ledger,
      { log: engines.eventStore, store: engines.readModels },
      metrics,
      config,
      closing.signal,
    );
    const address = await listen(fastify, { host: config.host, port: config.port, orNext: config.demo });
    return {
      address,
      metricsAddress: metricsServer?.address,
      greet: demo && (() => greetDemo(address, demo, config)),
      async stop() {
        stopping = true;
        closing.abort();
        evictionPolicy?.stop();
        ledger.drain();
        await stop();
        await limiting?.rates.stop();
        await following;
        await signed?.close();
        await delivering;
        // After the last answer.
        await webhooks?.close();
        await reads.close();
        await ledger.close();
        metricsServer?.close();
      },
    };
  } catch (error) {
    closing.abort();
    evictionPolicy?.stop();
    await limiting?.rates.stop();
    await following;
    await signed?.close();
    await delivering;
    await webhooks?.close();
    await reads.close();
    await ledger.close();
    metricsServer?.close();
    throw trustProblem(error) ?? error;
  }
}

/** If a part cannot be opened, those that were opened before are closed. */
async function openedAfter<T>(before: readonly { close(): Promise<void> }[], open: () => Awaitable<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    for (const part of before) await part.close();
    throw error;
  }
}

/**
 * Throws if the policy is wrong at the start. A later change is only a warning: a server that answers is better than a stopped
 * one.
 */
async function requireNoEviction(policy: EvictionPolicy): Promise<void> {
  const problem = await policy.look();
  if (problem !== undefined) throw new ConfigError(`REDIS_MAXMEMORY_POLICY: ${problem}`);
  policy.watch();
}
