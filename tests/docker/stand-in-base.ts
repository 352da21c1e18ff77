import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

interface Contents {
  /** Names of commands of this machine. */
  readonly programs: readonly string[];
  /** Files whose libraries are needed, too. */
  readonly nativeModules: readonly string[];
}

/** Puts a root file system into a new folder: programs of this machine, and the libraries that they need. Nothing is downloaded. */
export function makeStandInRoot(folder: string, { programs: names, nativeModules }: Contents): void {
  const inRoot = (file: string): string => {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    return target;
  };
  const programs = names.map((command) => [command, pathOf(command)] as const);
  for (const [command, file] of programs) linkOrCopy(file, inRoot(`usr/bin/${command}`));
  const libraries = new Set([...programs.map(([, file]) => file), ...nativeModules].flatMap(librariesOf));
  for (const library of libraries) linkOrCopy(realpathSync(library), inRoot(library));
  symlinkSync('usr/bin', path.join(folder, 'bin'));
  writeFileSync(inRoot('etc/passwd'), 'root:x:0:0::/root:/bin/sh\nnode:x:1000:1000::/tmp:/bin/sh\n');
  writeFileSync(inRoot('etc/group'), 'root:x:0:\nnode:x:1000:\n');
  for (const empty of ['tmp', 'usr/local/bin', 'etc/ssl/certs'])
    mkdirSync(path.join(folder, empty), { recursive: true });
}

const pathOf = (command: string): string =>
  realpathSync(execFileSync('sh', ['-c', `command -v ${command}`], { encoding: 'utf8' }).trim());

/** The shared libraries that a program is linked with and that this machine has. */
const librariesOf = (file: string): readonly string[] =>
  (spawnSync('ldd', [file], { encoding: 'utf8' }).stdout.match(/\/[^\s()]+/g) ?? []).filter((name) => existsSync(name));

export interface LockedPackage {
  readonly dev?: boolean;
}

/** What CommonJS never loads: two thirds of the files of all packages. Buildah writes each file of an image three times. */
const NOT_RUN = { files: /\.([cm]?ts|map|md)$/, folders: /^(__tests__|tests?|benchmarks?|examples?|docs|esm|esnext)$/ };

/** Puts the packages that the server needs there, as `npm ci --omit=dev` would install them. Gives the native modules. */
export function placeProductionPackages(
  root: string,
  folder: string,
  packages: Readonly<Record<string, LockedPackage>>,
): readonly string[] {
  const native: string[] = [];
  for (const [name, { dev }] of Object.entries(packages)) {
    const from = path.join(root, name);
    if (name === '' || dev === true || name.endsWith('-musl') || !existsSync(from)) continue;
    placeFiles(from, path.join(folder, name));
    for (const file of readdirSync(from, { recursive: true, encoding: 'utf8' }))
      if (file.endsWith('.node')) native.push(path.join(from, file));
  }
  return native;
}

/** Puts the files of a folder that a program may run into another one, as links if they are on the same disk. */
export function placeFiles(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [file, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    // A package inside another one has its own line in the lock file.
    const isPart = entry.name !== 'node_modules' && !NOT_RUN.folders.test(entry.name);
    if (entry.isDirectory() && isPart) placeFiles(file, target);
    else if (entry.isFile() && !NOT_RUN.files.test(entry.name)) linkOrCopy(file, target);
  }
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    copyFileSync(from, to);
  }
}
