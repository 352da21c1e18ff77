/**
 * Imports run one way (docs/architecture.md draws it):
 * kernel <- ports <- command-handling, projector, change-feed <- reading <- actions <- features <- entry points <- app.
 */

/** @param {string} name @param {string} from @param {string[]} allowed own folders that it may import besides itself */
const layer = (name, from, allowed) => ({
  name: `${name}-imports`,
  severity: 'error',
  from: { path: from },
  to: { path: '^src/', pathNot: [from, ...allowed] },
});

const KERNEL = '^src/kernel/';
const EVENT_STORE = '^src/event-store/[^/]+\\.ts$';
const READ_MODEL = '^src/read-model/[^/]+\\.ts$';
const EVIDENCE = '^src/evidence/(?!adapters/)';
const READS = '^src/reads/';
const WEBHOOKS = '^src/webhooks/(?!adapters/)';
const INPUT = '^src/input/';
const READING = '^src/reading/';
const ACTIONS = '^src/actions/';
const PROVING = '^src/proving/';
const AUTH = '^src/auth/';
const HTTP = '^src/http/';
const RATE_LIMITS = '^src/rate-limits/[^/]+\\.ts$';
/** A feature without its part of the GraphQL entry point. `index.ts` declares both parts. */
const FEATURE = '^src/features/(?!proposals/)([^/]+)/(?!graphql/|index)[^/]+\\.ts$';
/** Proposals record the commands of other features. */
const PROPOSALS = '^src/features/proposals/(?!graphql/|index)[^/]+\\.ts$';
const FEATURE_GRAPHQL = '^src/features/([^/]+)/(graphql/|index)';
/** What features have in common. */
const SHARED = '^src/features/shared/';
/** Under these, nobody knows how a client asks. */
const UNDER_THE_ENTRY_POINTS =
  '^src/(kernel|machine|event-store|read-model|command-handling|projector|change-feed|audit|evidence|reads|webhooks|scoring|monitoring|auth|rate-limits|input|reading|proving|actions)/';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolved',
      severity: 'error',
      // What is generated imports a package that has only types.
      from: { pathNot: '^web/src/generated/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'no-dev-dependencies-in-src',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    layer('kernel', KERNEL, []),
    { name: 'kernel-is-pure', severity: 'error', from: { path: KERNEL }, to: { dependencyTypes: ['core'] } },
    layer('machine', '^src/machine/', ['^src/kernel/outage\\.ts$']),
    layer('telemetry', '^src/telemetry/', [KERNEL]),
    layer('event-store-port', EVENT_STORE, [KERNEL]),
    layer('event-store-adapter', '^src/event-store/adapters/', ['^src/(kernel|machine)/', EVENT_STORE]),
    layer('read-model-port', READ_MODEL, [KERNEL, EVENT_STORE]),
    layer('read-model-adapter', '^src/read-model/adapters/', [
      '^src/(kernel|machine)/',
      '^src/event-store/(envelope|streams)\\.ts$',
      READ_MODEL,
    ]),
    layer('command-handling', '^src/command-handling/', [KERNEL, EVENT_STORE]),
    layer('projector', '^src/projector/', [KERNEL, EVENT_STORE, READ_MODEL]),
    layer('change-feed', '^src/change-feed/', [KERNEL, EVENT_STORE, READ_MODEL]),
    layer('audit', '^src/audit/', [KERNEL]),
    layer('evidence', EVIDENCE, [KERNEL, EVENT_STORE, '^src/projector/lease\\.ts$']),
    layer('evidence-adapter', '^src/evidence/adapters/', ['^src/(kernel|machine)/', EVIDENCE]),
    layer('reads', READS, [KERNEL, EVENT_STORE]),
    layer('webhooks', WEBHOOKS, [KERNEL, EVENT_STORE, AUTH, '^src/projector/lease\\.ts$']),
    layer('webhooks-adapter', '^src/webhooks/adapters/', ['^src/(kernel|machine)/', WEBHOOKS]),
    layer('scoring', '^src/scoring/', [KERNEL]),
    layer('monitoring', '^src/monitoring/', [KERNEL, '^src/scoring/']),
    layer('auth', AUTH, [KERNEL, '^src/machine/(loopback|bounded-reply)\\.ts$']),
    layer('rate-limits', RATE_LIMITS, [KERNEL]),
    layer('rate-limits-adapter', '^src/rate-limits/adapters/', [KERNEL, RATE_LIMITS]),
    layer('http', HTTP, [KERNEL, AUTH, RATE_LIMITS]),
    layer('input', INPUT, [KERNEL]),
    layer('reading', READING, [KERNEL, EVENT_STORE, READ_MODEL, INPUT, AUTH, READS, '^src/(audit|change-feed)/']),
    layer('actions', ACTIONS, [
      KERNEL,
      EVENT_STORE,
      READ_MODEL,
      INPUT,
      AUTH,
      READING,
      '^src/command-handling/',
      // What a dry run would project.
      '^src/projector/project(ion|ed-change)\\.ts$',
    ]),
    layer('proving', PROVING, [
      KERNEL,
      EVENT_STORE,
      READ_MODEL,
      EVIDENCE,
      READING,
      '^src/audit/',
      '^src/projector/project(ing|ion)\\.ts$',
    ]),
    layer('features-shared', SHARED, [KERNEL, READ_MODEL, INPUT, READING]),
    {
      ...layer('feature', FEATURE, []),
      to: {
        path: '^src/',
        pathNot: [
          KERNEL,
          EVENT_STORE,
          READ_MODEL,
          INPUT,
          AUTH,
          READING,
          ACTIONS,
          SHARED,
          '^src/(audit|scoring|monitoring)/',
          '^src/projector/projection\\.ts$',
          '^src/command-handling/(decider|event-id|four-eyes/rules)\\.ts$',
          '^src/features/$1/(?!graphql/|index)',
          // Another feature is reached only through these.
          '^src/features/[^/]+/(events|choices|readings)\\.ts$',
        ],
      },
    },
    layer('proposals', PROPOSALS, [
      KERNEL,
      EVENT_STORE,
      READ_MODEL,
      INPUT,
      AUTH,
      READING,
      ACTIONS,
      SHARED,
      '^src/(audit|command-handling)/',
      '^src/projector/projection\\.ts$',
    ]),
    {
      ...layer('feature-graphql', FEATURE_GRAPHQL, []),
      to: {
        path: '^src/',
        pathNot: [
          KERNEL,
          EVENT_STORE,
          READ_MODEL,
          INPUT,
          AUTH,
          READING,
          ACTIONS,
          SHARED,
          '^src/(audit|scoring|monitoring|graphql)/',
          '^src/features/$1/',
          // Another feature is reached only through its index.
          '^src/features/[^/]+/index\\.ts$',
          '^src/features/feature\\.ts$',
        ],
      },
    },
    layer('graphql', '^src/graphql/', [
      KERNEL,
      EVENT_STORE,
      READ_MODEL,
      INPUT,
      AUTH,
      HTTP,
      READING,
      READS,
      WEBHOOKS,
      ACTIONS,
      EVIDENCE,
      '^src/(audit|command-handling|change-feed|monitoring)/',
    ]),
    layer('exports', '^src/exports/', [
      KERNEL,
      EVENT_STORE,
      READ_MODEL,
      INPUT,
      AUTH,
      HTTP,
      READING,
      EVIDENCE,
      PROVING,
      '^src/(audit|change-feed)/',
    ]),
    layer('forms', '^src/forms/', [KERNEL, '^src/features/[^/]+/(events|choices)\\.ts$']),
    layer('imports', '^src/imports/', [
      KERNEL,
      READ_MODEL,
      AUTH,
      HTTP,
      READING,
      ACTIONS,
      '^src/forms/',
      '^src/machine/starter/process-starter\\.ts$',
      '^src/features/[^/]+/(events|choices|readings)\\.ts$',
    ]),
    layer('open-data', '^src/open-data/', [KERNEL]),
    layer('charts', '^src/charts/', []),
    layer('figures', '^src/figures/', [
      KERNEL,
      EVENT_STORE,
      READ_MODEL,
      READING,
      '^src/scoring/',
      '^src/features/[^/]+/(events|choices|readings)\\.ts$',
    ]),
    layer('reports', '^src/reports/', [
      KERNEL,
      INPUT,
      AUTH,
      HTTP,
      READING,
      '^src/(charts|figures|scoring|forms)/',
      '^src/machine/(file-errors|reaching-files|starter/process-starter)\\.ts$',
      '^src/features/[^/]+/(events|choices|readings)\\.ts$',
    ]),
    {
      name: 'under-the-entry-points-nobody-knows-how-clients-ask',
      severity: 'error',
      from: { path: UNDER_THE_ENTRY_POINTS },
      to: { path: 'node_modules/(type-graphql|graphql|graphql-[^/]+|class-validator|@apollo|@fastify|fastify|ws)/' },
    },
    {
      name: 'features-know-no-framework',
      severity: 'error',
      from: { path: [FEATURE, PROPOSALS, SHARED] },
      to: {
        path: 'node_modules/(type-graphql|graphql|graphql-[^/]+|class-validator|@apollo|@fastify|fastify|ws|libsql|dataloader)/',
      },
    },
    // Entry points: each serves on the web server that app makes, and none knows another.
    ...['graphql', 'exports', 'imports', 'reports', 'cli', 'app/demo'].map((name, _, all) => ({
      name: `${name}-knows-no-other-entry-point`,
      severity: 'error',
      from: { path: `^src/${name}/` },
      to: { path: `^src/(${all.filter((other) => other !== name).join('|')})/` },
    })),
    // The page runs in a browser. Of the server it has only what is pure.
    {
      name: 'page-imports',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^src/', pathNot: ['^src/(charts|kernel)/'] },
    },
    { name: 'page-knows-no-node', severity: 'error', from: { path: '^web/src/' }, to: { dependencyTypes: ['core'] } },
    // The package is installed without the server and the page.
    {
      name: 'client-imports',
      severity: 'error',
      from: { path: '^client/src/' },
      to: { pathNot: ['^client/src/', 'node_modules/graphql-ws/'] },
    },
    { name: 'server-knows-no-client', severity: 'error', from: { path: '^src/' }, to: { path: '^client/' } },
    { name: 'server-knows-no-page', severity: 'error', from: { path: '^src/' }, to: { path: '^web/' } },
    {
      name: 'files-in-and-out-know-no-graphql',
      severity: 'error',
      from: { path: '^src/(exports|imports|reports|figures|forms|open-data)/' },
      to: { path: 'node_modules/(type-graphql|graphql|graphql-[^/]+|@apollo)/' },
    },
    {
      name: 'http-knows-no-graphql',
      severity: 'error',
      from: { path: HTTP },
      to: { path: 'node_modules/(type-graphql|graphql|graphql-[^/]+|@apollo)/' },
    },
    {
      name: 'web-servers-are-made-only-by-app',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/app/' },
      to: { path: 'node_modules/fastify/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'adapters-are-chosen-only-by-app',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(app|cli)/', '/adapters/'] },
      to: { path: '/adapters/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'default'] },
  },
};
