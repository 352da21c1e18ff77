import { execFile, execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '../support/temporary-folder';
import { makeStandInRoot } from './stand-in-base';

/** Without namespaces: a container is a process in another root folder, on this machine's network. */
export const ISOLATION = ['--isolation', 'chroot'] as const;

/** The options of every command: images and containers are in this folder only. */
export const storageIn = (folder: string): readonly string[] => [
  '--root',
  path.join(folder, 'storage'),
  '--runroot',
  path.join(folder, 'run'),
];

/** Runs Buildah in a folder. Gives what it prints; fails with all that it says. */
export async function buildah(cwd: string, options: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('buildah', options, { cwd, maxBuffer: 1e8 });
  return stdout.trim();
}

/** There are tens of thousands of files in a storage, for which `rmSync` takes minutes. */
export const removeFolder = (folder: string): void => {
  execFileSync('rm', ['-rf', folder]);
};

/** Why no image can be built and run here; undefined if one can. It is tried with the smallest root that runs anything, a shell. */
export function whyNoBuildah(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'it takes root on Linux';
  if (spawnSync('buildah', ['--version']).status !== 0) return 'Buildah is not installed';
  const { path: folder } = temporaryFolder();
  const tried = (...options: readonly string[]): string =>
    execFileSync('buildah', [...storageIn(folder), ...options], { encoding: 'utf8', stdio: 'pipe', timeout: 60_000 });
  try {
    makeStandInRoot(path.join(folder, 'shell'), { programs: ['sh'], nativeModules: [] });
    const container = tried('from', 'scratch').trim();
    tried('copy', container, path.join(folder, 'shell'), '/');
    tried('run', ...ISOLATION, container, '--', '/bin/sh', '-c', ':');
    return undefined;
  } catch (error) {
    return `Buildah cannot run here: ${(error as Error).message.trim().split('\n').at(-1)}`;
  } finally {
    removeFolder(folder);
  }
}
