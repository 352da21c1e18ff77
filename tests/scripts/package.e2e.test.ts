import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import path from 'node:path';
import { text as textIn } from 'node:stream/consumers';
import lock from '../../package-lock.json';
import manifest from '../../package.json';
import { answeredExamples, expectAnswers } from '../docs/answered-examples';
import { cleanUps } from '../support/clean-ups';
import { temporaryFolder } from '../support/temporary-folder';

/** What an office does: it installs the package from a mirror of the registry, in an empty folder, and runs it. */

const onEnd = cleanUps();
const ROOT = path.join(__dirname, '../..');
const NAME = `mingjian-${manifest.version}`;
const INSTALL_MS = 600_000;

test(
  'the files of a release are what they say, and the package is installed with the versions of the lock file and answers the tour',
  async () => {
    const folder = temporaryFolder();
    onEnd(() => {
      folder.remove();
    });
    const [release, office] = ['release', 'office'].map((name) => path.join(folder.path, name)) as [string, string];
    for (const one of [release, office]) mkdirSync(one);
    await run(ROOT, 'scripts/release/pack', release);
    const [tarball, materials] = [`${NAME}.tgz`, `${NAME}.cdx.json`];
    expect(readdirSync(release).sort()).toEqual(['SHA256SUMS', materials, tarball]);
    expect(readFileSync(path.join(release, 'SHA256SUMS'), 'utf8')).toBe(sumsOf(release, [materials, tarball]));
    expectAllMaterials(readFileSync(path.join(release, materials), 'utf8'));

    const registry = await serveRegistry(path.join(release, tarball));
    writeFileSync(path.join(office, 'package.json'), '{}');
    await run(office, 'npm', 'install', `--registry=${registry}`, '--engine-strict', '--ignore-scripts', '--no-audit', '--no-fund', 'mingjian'); // prettier-ignore

    const installed = path.join(office, 'node_modules/mingjian');
    expect(installedVersions(installed, testedVersions())).toEqual(testedVersions());
    expect(readdirSync(installed)).not.toContain('src');
    const data = path.join(office, 'data');
    const server = spawn(path.join(office, 'node_modules/.bin/mingjian-server'), {
      cwd: office,
      env: { PATH: process.env.PATH, DEMO: '1', PORT: '0', DATA_DIR: data, LOG_LEVEL: 'warn' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onEnd(async () => {
      server.kill();
      await once(server, 'exit');
    });
    const address = await addressIn(server.stdout);
    await expectAnswers(address, data, answeredExamples('docs/tour.md'));
    expect((await fetch(`${address}/app`)).status).toBe(200);
    const help = spawnSync(path.join(office, 'node_modules/.bin/mingjian'), ['--help'], { encoding: 'utf8' });
    expect(help.stdout).toContain('mingjian <command>');
  },
  INSTALL_MS,
);

interface LockedPackage {
  readonly version: string;
  readonly integrity: string;
  readonly dev?: boolean;
  /** An installation may do without it, for example because it is for another processor. */
  readonly optional?: boolean;
}

/** The version of each package that the server needs, by its path below the package that uses it. */
type Versions = Readonly<Record<string, string>>;

/** What an installation may have, by its place in it. */
const lockedPackages = (): readonly (readonly [string, LockedPackage])[] =>
  Object.entries(lock.packages as unknown as Readonly<Record<string, LockedPackage>>).filter(
    ([name, { dev }]) => name !== '' && dev !== true,
  );

const testedVersions = (): Versions =>
  Object.fromEntries(
    lockedPackages()
      .filter(([, { optional }]) => optional !== true)
      .map(([name, { version }]) => [name, version]),
  );

const installedVersions = (folder: string, wanted: Versions): Versions =>
  Object.fromEntries(
    Object.keys(wanted).map((name) => {
      const file = readFileSync(path.join(folder, name, 'package.json'), 'utf8');
      return [name, (JSON.parse(file) as LockedPackage).version];
    }),
  );

/** As `sha256sum --check` reads them. */
const sumsOf = (folder: string, files: readonly string[]): string =>
  files
    .map((file) => {
      const sum = createHash('sha256')
        .update(readFileSync(path.join(folder, file)))
        .digest('hex');
      return `${sum}  ${file}\n`;
    })
    .join('');

interface Materials {
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
}
interface Component {
  readonly name: string;
  readonly version: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  readonly licenses?: readonly unknown[];
}

/** Every package that an installation may have, with its hash and its licence, and no other. */
function expectAllMaterials(text: string): void {
  const { metadata, components } = JSON.parse(text) as Materials;
  expect(metadata.component).toMatchObject({ name: 'mingjian', version: manifest.version });
  expect(components.filter(({ licenses = [] }) => licenses.length === 0)).toEqual([]);
  const listed = components.map(
    ({ name, version, hashes = [] }) => [`${name}@${version}`, hashes[0]?.content] as const,
  );
  const needed = lockedPackages().map(
    ([name, { version, integrity }]) => [`${nameIn(name)}@${version}`, hexOf(integrity)] as const,
  );
  expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(needed));
}

const nameIn = (place: string): string => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
const hexOf = (integrity: string): string => Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex');

async function run(cwd: string, command: string, ...arguments_: readonly string[]): Promise<void> {
  const child = spawn(command, arguments_, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  const [complaints, [status]] = await Promise.all([textIn(child.stderr), once(child, 'exit')]);
  expect({ command, arguments_, status, complaints: status === 0 ? '' : complaints }).toMatchObject({ status: 0 });
}

/** A mirror of the registry that has our package, too. As registries do, it says that the package carries its lock file. */
async function serveRegistry(tarball: string): Promise<string> {
  const { stdout: upstream } = spawnSync('npm', ['config', 'get', 'registry'], { cwd: ROOT, encoding: 'utf8' });
  const packed = readFileSync(tarball);
  const integrity = `sha512-${createHash('sha512').update(packed).digest('base64')}`;
  const server = createServer(({ url, headers }, response) => {
    if (url === '/mingjian') {
      const dist = { tarball: `http://${String(headers.host)}/mingjian.tgz`, integrity };
      const version = { ...manifest, devDependencies: {}, scripts: {}, _hasShrinkwrap: true, dist };
      const versions = { [manifest.version]: version };
      response.end(JSON.stringify({ name: 'mingjian', 'dist-tags': { latest: manifest.version }, versions }));
    } else if (url === '/mingjian.tgz') {
      response.end(packed);
    } else {
      response.writeHead(302, { location: new URL(url!.slice(1), upstream.trim()).href }).end();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onEnd(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** The address in the greeting of the demo. */
async function addressIn(output: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of output) {
    text += String(chunk);
    const [address] = /http:\/\/127\.0\.0\.1:\d+(?=\/)/.exec(text) ?? [];
    if (address === undefined) continue;
    output.resume();
    return address;
  }
  throw new Error(`The server ended: ${text}`);
}
