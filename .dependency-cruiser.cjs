/** Imports run one way: kernel <- ports <- command-handling, projector, change-feed <- graphql <- features <- app, cli. */
const FEATURE_DOMAIN = '^src/features/([^/]+)/(?!graphql/|index)[^/]+\\.ts$';

/** @param {string} name @param {string} from @param {string[]} allowed own folders that it may import besides itself */
const layer = (name, from, allowed) => ({
  name: `${name}-imports`,
  severity: 'error',
  from: { path: from },
  to: { path: '^src/', pathNot: [from, ...allowed] },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-dev-dependencies-in-src',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    layer('kernel', '^src/kernel/', []),
    {
      name: 'kernel-is-pure',
      severity: 'error',
      from: { path: '^src/kernel/' },
      to: { dependencyTypes: ['core'] },
    },
    layer('machine', '^src/machine/', []),
    layer('event-store-port', '^src/event-store/[^/]+\\.ts$', ['^src/kernel/']),
    layer('event-store-adapter', '^src/event-store/adapters/', [
      '^src/(kernel|machine)/',
      '^src/event-store/[^/]+\\.ts$',
    ]),
    layer('read-model-port', '^src/read-model/[^/]+\\.ts$', ['^src/kernel/', '^src/event-store/[^/]+\\.ts$']),
    layer('read-model-adapter', '^src/read-model/adapters/', [
      '^src/kernel/',
      '^src/event-store/(envelope|streams)\\.ts$',
      '^src/read-model/[^/]+\\.ts$',
    ]),
    layer('command-handling', '^src/command-handling/', ['^src/kernel/', '^src/event-store/[^/]+\\.ts$']),
    layer('projector', '^src/projector/', [
      '^src/kernel/',
      '^src/event-store/[^/]+\\.ts$',
      '^src/read-model/[^/]+\\.ts$',
    ]),
    layer('change-feed', '^src/change-feed/', ['^src/kernel/', '^src/(event-store|read-model)/[^/]+\\.ts$']),
    layer('audit', '^src/audit/', ['^src/kernel/']),
    layer('auth', '^src/auth/', ['^src/kernel/']),
    layer('http', '^src/http/', ['^src/kernel/']),
    layer('graphql', '^src/graphql/', [
      '^src/kernel/',
      '^src/(event-store|read-model)/[^/]+\\.ts$',
      '^src/(audit|auth|http|command-handling|change-feed)/',
    ]),
    {
      ...layer('feature-domain', FEATURE_DOMAIN, []),
      to: {
        path: '^src/',
        pathNot: [
          '^src/(kernel|audit)/',
          '^src/(event-store|read-model)/[^/]+\\.ts$',
          '^src/projector/projection\\.ts$',
          '^src/command-handling/decider\\.ts$',
          '^src/features/$1/(?!graphql/|index)',
        ],
      },
    },
    {
      name: 'feature-domain-knows-no-framework',
      severity: 'error',
      from: { path: FEATURE_DOMAIN },
      to: { path: 'node_modules/(type-graphql|graphql|class-validator|@apollo|libsql|fastify|dataloader)' },
    },
    {
      name: 'feature-graphql-imports',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/(graphql/|index)' },
      to: {
        path: '^src/',
        pathNot: [
          '^src/(kernel|audit|graphql|auth)/',
          '^src/(event-store|read-model)/[^/]+\\.ts$',
          '^src/command-handling/decider\\.ts$',
          '^src/features/$1/',
          // Another feature is reached through its index alone.
          '^src/features/[^/]+/index\\.ts$',
          '^src/features/feature\\.ts$',
        ],
      },
    },
    {
      name: 'adapters-are-chosen-by-app-alone',
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
