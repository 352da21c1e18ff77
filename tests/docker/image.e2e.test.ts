import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { rootCertificates } from 'node:tls';
import lock from '../../package-lock.json';
import { cleanUps } from '../support/clean-ups';
import { temporaryFolder } from '../support/temporary-folder';
import timeLimits from '../support/time-limits.json';
import { buildah as inBuildah, ISOLATION, removeFolder, storageIn, whyNoBuildah } from './buildah';
import { LockedPackage, makeStandInRoot, placeFiles, placeProductionPackages } from './stand-in-base';

/**
 * The image, built with Buildah and run. No registry is asked: this machine's Node.js stands in for the base image, and the two stages that
 * install and compile are replaced by what is installed and compiled here. So the last stage is tested as it is written.
 */

const onEnd = cleanUps();
const ROOT = path.join(__dirname, '../..');
const BASE = 'localhost/node-of-this-machine';
const IMAGE = 'localhost/mingjian';
/** What the last stage of the Dockerfile runs, and the program itself. */
const PROGRAMS = ['node', 'sh', 'install', 'chmod'];
const PACKAGES = lock.packages as unknown as Readonly<Record<string, LockedPackage>>;

interface Inspected {
  readonly Docker: {
    readonly config: {
      readonly Cmd: readonly string[];
      readonly Healthcheck: { readonly Test: readonly string[] };
    };
  };
}

const reason = whyNoBuildah();
const testImage = reason === undefined ? test : test.skip;

testImage(
  `the image serves as user 1000, on an empty volume, and has the command line${reason === undefined ? '' : `: ${reason}`}`,
  async () => {
    const { path: folder } = temporaryFolder();
    onEnd(() => {
      removeFolder(folder);
    });
    const at = (...names: string[]): string => path.join(folder, ...names);
    const storage = storageIn(folder);
    const buildah = (...options: readonly string[]) => inBuildah(ROOT, [...storage, ...options]);

    const native = placeProductionPackages(ROOT, at('dependencies/app'), PACKAGES);
    placeFiles(path.join(ROOT, 'dist'), at('build/app/dist'));
    writeFileSync(at('build/app/roots.crt'), `${rootCertificates.join('\n')}\n`);
    makeStandInRoot(at('root'), { programs: PROGRAMS, nativeModules: native });
    writeFileSync(at('Base'), 'FROM scratch\nCOPY root/ /\nENV PATH=/usr/local/bin:/usr/bin\n');
    await buildah('build', ...ISOLATION, '--file', at('Base'), '--tag', BASE, folder);
    const contexts = ['dependencies', 'build'].flatMap((stage) => ['--build-context', `${stage}=${at(stage)}`]);
    await buildah('build', '--format', 'docker', ...ISOLATION, '--pull=never', ...contexts, '--build-arg', `NODE_IMAGE=${BASE}`, '--file', 'docker/Dockerfile', '--tag', IMAGE, '.'); // prettier-ignore

    const container = await buildah('from', '--pull=never', IMAGE);
    const run = (...command: readonly string[]) => buildah('run', ...ISOLATION, container, '--', ...command);
    expect(await run('node', '-p', '[process.getuid(), process.getgid()].join()')).toBe('1000,1000');
    expect(await run('mingjian', '--help')).toContain('mingjian <command>');
    const inspected = JSON.parse(await buildah('inspect', '--type', 'image', IMAGE)) as Inspected;
    const { Cmd: command, Healthcheck: health } = inspected.Docker.config;
    const environment = ['AUTH_JWT_SECRET=a secret for tests only, which is long enough', 'PORT=0'];
    const settings = environment.flatMap((setting) => ['--env', setting]);
    const server = spawn('buildah', [...storage, 'run', ...ISOLATION, ...settings, container, '--', ...command], { detached: true, stdio: ['ignore', 'ignore', 'pipe'] }); // prettier-ignore
    const ended = new Promise((resolve) => server.on('close', resolve));
    onEnd(async () => {
      // Buildah and what it runs are one group.
      process.kill(-server.pid!, 'SIGTERM');
      await ended;
    });
    const { port } = new URL(await addressIn(server.stderr));
    const ready = await fetch(`http://127.0.0.1:${port}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([200, expect.anything()]);
    expect((await fetch(`http://127.0.0.1:${port}/app`)).status).toBe(200);
    const [kind, ...check] = health.Test as [string, ...string[]];
    expect(kind).toBe('CMD');
    await buildah('run', ...ISOLATION, '--env', `PORT=${port}`, container, '--', ...check);
  },
  timeLimits.image,
);

/** The address that the server logs. */
async function addressIn(log: NodeJS.ReadableStream): Promise<string> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: log })) {
    lines.push(line);
    const [, address] = /"address":"([^"]+)".*"msg":"listening"/.exec(line) ?? [];
    if (address === undefined) continue;
    log.resume();
    return address;
  }
  throw new Error(`The server ended:\n${lines.join('\n')}`);
}
