import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ALL_SETTINGS, readConfig } from '../../src/app/config';

const ROOT = join(__dirname, '../..');
const OURS = ['api-1', 'api-2', 'projector'] as const;
const SECRETS = {
  AUTH_JWT_SECRET: 'a-secret-of-at-least-thirty-two-bytes',
  KURRENTDB_ADMIN_PASSWORD: 'admin-password',
  KURRENTDB_OPS_PASSWORD: 'ops-password',
};
const SINGLE = ['compose.yaml'];
const CLUSTER = ['compose.yaml', 'compose.cluster.yaml'];

const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

interface Service {
  readonly image: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly read_only?: boolean;
  readonly build?: { readonly args: Readonly<Record<string, string>> };
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, null>>;
}

/** Substitutes `${NAME}`, `${NAME:-default}`, `${NAME:?message}` and `$$`, as compose does. */
function interpolate(text: string, given: Readonly<Record<string, string>>): string {
  return text.replace(
    /\$(?:\$|\{(\w+)(?::([-?])([^}]*))?\})/g,
    (_all, name: string | undefined, kind: string | undefined, rest = '') => {
      if (name === undefined) return '$';
      const value = given[name] ?? '';
      if (value !== '') return value;
      if (kind === '?') throw new Error(`${name}: ${String(rest)}`);
      return String(rest);
    },
  );
}

type Tree = string | number | boolean | null | readonly Tree[] | { readonly [key: string]: Tree };
const isMap = (tree: Tree | undefined): tree is Readonly<Record<string, Tree>> =>
  typeof tree === 'object' && tree !== null && !Array.isArray(tree);

function fill(tree: Tree, given: Readonly<Record<string, string>>): Tree {
  if (typeof tree === 'string') return interpolate(tree, given);
  if (Array.isArray(tree)) return tree.map((item: Tree) => fill(item, given));
  if (!isMap(tree)) return tree;
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, fill(value, given)]));
}

/** How compose merges several files, as far as these files need it: maps are merged, lists are concatenated. */
function merge(base: Tree | undefined, over: Tree): Tree {
  if (isMap(base) && isMap(over)) {
    const merged = Object.entries(over).map(([key, value]) => [key, merge(base[key], value)]);
    return { ...base, ...(Object.fromEntries(merged) as Record<string, Tree>) };
  }
  return Array.isArray(base) && Array.isArray(over) ? ([...base, ...over] as Tree[]) : over;
}

function compose(files: readonly string[], given: Readonly<Record<string, string>> = SECRETS): Compose {
  const trees = files.map((file) => fill(parse(textOf(`docker/${file}`), { merge: true }) as Tree, given));
  return trees.reduce<Tree>((base, over) => merge(base, over), {}) as unknown as Compose;
}

const KNOWN: ReadonlySet<string> = new Set(ALL_SETTINGS.map(({ variable }) => variable));
const unknownIn = (environment: Readonly<Record<string, string>>): string[] =>
  Object.keys(environment).filter((name) => !KNOWN.has(name));

describe.each([
  ['one KurrentDB node', SINGLE],
  ['a KurrentDB cluster of three', CLUSTER],
])('compose with %s', (_name, files) => {
  const { services, volumes } = compose(files);

  test.each(OURS)('gives %s an environment that the server accepts', (name) => {
    const environment = services[name]!.environment!;
    expect(unknownIn(environment)).toEqual([]);
    const config = readConfig(environment);
    expect([...config.roles]).toEqual([name === 'projector' ? 'projector' : 'api']);
    expect(config.eventStoreUrl).toBe(
      files === SINGLE
        ? 'kurrentdb://kurrentdb:2113?tls=false'
        : 'kurrentdb+discover://admin:admin-password@kurrentdb-cluster:2113?tls=true&tlsCaFile=/certs/ca/ca.crt',
    );
    expect(config.redis).toMatchObject({ kind: 'single', node: { host: 'redis', port: 6379 } });
    expect(config.auth.secret).toBe(SECRETS.AUTH_JWT_SECRET);
  });

  test('does not start without its secrets', () => {
    const needed = files === SINGLE ? ['AUTH_JWT_SECRET'] : Object.keys(SECRETS);
    for (const name of needed) {
      expect(() => compose(files, { ...SECRETS, [name]: '' })).toThrow(`${name}: set it`);
    }
  });

  test('starts our services after the stores are healthy, with a read-only file system', () => {
    for (const name of OURS) {
      const { depends_on = {}, read_only } = services[name]!;
      const stores = Object.keys(services).filter((other) => /^(kurrentdb|redis)/.test(other));
      expect(Object.keys(depends_on).sort()).toEqual(stores.sort());
      expect(Object.values(depends_on).every(({ condition }) => condition === 'service_healthy')).toBe(true);
      expect(read_only).toBe(true);
    }
  });

  test('publishes only on this machine, each address once', () => {
    const published = Object.values(services).flatMap(({ ports = [] }) =>
      ports.map((port) => port.replace(/:\d+$/, '')),
    );
    expect(published.sort()).toEqual([
      '127.0.0.1:2113',
      '127.0.0.1:3000',
      '127.0.0.1:4000',
      '127.0.0.1:4001',
      '127.0.0.1:9090',
    ]);
  });

  test('pins every image to a version, and the documentation names each', () => {
    const documentation = textOf('docs/deployment.md');
    for (const [name, { image }] of Object.entries(services)) {
      if ((OURS as readonly string[]).includes(name)) {
        expect(image).toBe('mingjian:local');
      } else {
        expect(image).toMatch(/:v?\d+\.\d+\.\d+(-[a-z]+)?$/);
        expect(documentation).toContain(image);
      }
    }
  });

  test('declares the volumes it uses, and no others', () => {
    const used = Object.values(services).flatMap(({ volumes: mounts = [] }) =>
      mounts.map((mount) => mount.split(':')[0]!),
    );
    const isFolder = (mount: string): boolean => mount.startsWith('./');
    for (const folder of used.filter(isFolder)) expect(existsSync(join(ROOT, 'docker', folder))).toBe(true);
    const named = new Set(used.filter((mount) => !isFolder(mount)));
    expect(Object.keys(volumes).sort()).toEqual([...named].sort());
  });
});

test('a variable that the server does not know would be noticed', () => {
  expect(KNOWN.size).toBeGreaterThan(10);
  expect(unknownIn({ EVENTSTORE_URL: '', EVENT_STORE_URL: '' })).toEqual(['EVENT_STORE_URL']);
});

test('the nodes of the cluster differ only in their names, and run one version', () => {
  const { services } = compose(CLUSTER);
  const nodes = ['kurrentdb', 'kurrentdb-2', 'kurrentdb-3'];
  for (const node of nodes) {
    const { environment = {}, image } = services[node]!;
    expect(image).toBe(services.kurrentdb!.image);
    expect(environment).toMatchObject({
      KURRENTDB_INSECURE: 'false',
      KURRENTDB_CLUSTER_SIZE: '3',
      KURRENTDB_NODE_HOST_ADVERTISE_AS: node,
      KURRENTDB_REPLICATION_HOST_ADVERTISE_AS: node,
      KURRENTDB_GOSSIP_SEED: nodes
        .filter((other) => other !== node)
        .map((other) => `${other}:2113`)
        .join(','),
      KURRENTDB_CERTIFICATE_FILE: `/certs/nodes/${node}/node.crt`,
      KURRENTDB_CERTIFICATE_PRIVATE_KEY_FILE: `/certs/nodes/${node}/node.key`,
    });
  }
});

test('.env.example names the variables of the files, and their defaults', () => {
  const defaults = new Map<string, string>();
  for (const file of CLUSTER) {
    for (const [, name, , value] of textOf(`docker/${file}`).matchAll(/\$\{(\w+):([-?])([^}]*)\}/g)) {
      defaults.set(name!, value!.startsWith('set it') ? '' : value!);
    }
  }
  const example = [...textOf('docker/.env.example').matchAll(/^#?([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [
    name,
    value,
  ]);
  expect(Object.fromEntries(example)).toEqual(Object.fromEntries(defaults));
});

describe('the image', () => {
  const dockerfile = textOf('docker/Dockerfile').replace(/\\\n\s*/g, ' ');
  const final = dockerfile.split(/^FROM /m).at(-1)!;

  test('is built from what is in the repository and in the build context', () => {
    const allowed = new Set(
      textOf('.dockerignore')
        .split('\n')
        .filter((line) => line.startsWith('!'))
        .map((line) => line.slice(1)),
    );
    const sources = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, list]) => list!.split(' '));
    expect(new Set(sources)).toEqual(allowed);
    expect(sources.filter((source) => !existsSync(join(ROOT, source)))).toEqual([]);
  });

  test('is based on the Node version that compose names', () => {
    const [, node] = /^ARG NODE_IMAGE=(node:\d+\.\d+\.\d+-bookworm-slim)$/m.exec(dockerfile)!;
    expect(dockerfile.match(/^FROM \S+/gm)!.every((from) => from === 'FROM ${NODE_IMAGE}')).toBe(true);
    for (const name of OURS) expect(compose(SINGLE).services[name]!.build!.args.NODE_IMAGE).toBe(node);
  });

  test('runs the server as a user other than root, and reports its health', () => {
    expect(final).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
    expect(final).toMatch(/^HEALTHCHECK .*\/health\/live/m);
    const [, main] = /^CMD \["node", .*"dist\/(.+)\.js"\]$/m.exec(final)!;
    expect(existsSync(join(ROOT, `src/${main!}.ts`))).toBe(true);
  });

  test('sets only variables that the server knows and accepts', () => {
    const pairs = [.../^ENV (.+)$/m.exec(final)![1]!.matchAll(/(\S+?)=(\S+)/g)];
    const environment = Object.fromEntries(pairs.map(([, name, value]) => [name!, value!]));
    expect(unknownIn(environment)).toEqual(['NODE_ENV', 'SSL_CERT_FILE']);
    expect(readConfig({ ...SECRETS, ...environment })).toMatchObject({ host: '0.0.0.0', port: 4000, dataDir: '/data' });
  });
});

test('the addresses in the documentation are accepted by the server', () => {
  const documentation = textOf('docs/deployment.md');
  const stores = documentation.match(/(?<=`)(?:kurrentdb|esdb)(?:\+discover)?:\/\/[^`]+/g)!;
  const redis = documentation.match(/(?<=`)rediss?(?:\+\w+)?:\/\/[^`]+/g)!;
  expect(stores.length).toBeGreaterThan(2);
  expect(redis.length).toBeGreaterThan(3);
  for (const EVENTSTORE_URL of stores) expect(() => readConfig({ ...SECRETS, EVENTSTORE_URL })).not.toThrow();
  for (const REDIS_URL of redis) expect(() => readConfig({ ...SECRETS, REDIS_URL })).not.toThrow();
});
