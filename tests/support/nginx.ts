import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { eventually } from './eventually';
import { freePort } from './redis/server';
import { temporaryFolder } from './temporary-folder';

/** Debian installs it there, which is not in everybody's PATH. */
const NGINX = '/usr/sbin/nginx';

export interface Proxy {
  readonly url: string;
}

/** Paths and ports that a configuration needs. */
export interface ProxyPlaces {
  readonly port: number;
  readonly folder: string;
}

/** A real nginx in front of a server, with a folder of its own. `http`: what the block `http` has. */
export async function startNginx(
  http: (places: ProxyPlaces) => string,
  onEnd: (cleanUp: () => unknown) => void,
): Promise<Proxy> {
  if (!existsSync(NGINX)) throw new Error('nginx is missing; install it with: apt-get install nginx');
  const temporary = temporaryFolder();
  onEnd(() => {
    temporary.remove();
  });
  const folder = temporary.path;
  const port = await freePort();
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, configuration(http({ port, folder }), folder));
  const child = spawn(NGINX, ['-c', file, '-p', folder, '-e', 'stderr'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  onEnd(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  await eventually('nginx listens', () => answers(port));
  return { url: `http://127.0.0.1:${port}` };
}

const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/** Everything that it writes is in the folder. As root, it would serve as somebody who may not read the folder. */
const configuration = (http: string, folder: string): string => `
  daemon off;
  ${process.getuid?.() === 0 ? 'user root;' : ''}
  worker_processes 1;
  pid ${folder}/nginx.pid;
  error_log stderr error;
  events { worker_connections 64; }
  http {
    access_log off;
    ${TEMPORARY.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
    ${http}
  }
`;

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
