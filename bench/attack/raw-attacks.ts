import { connect, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '../soak/client';
import type { Attack } from './attacks';

/** Attacks below HTTP: requests that never come to an end. */

const HELD_MS = 3_000;

export const slowHeaders: Attack = {
  name: '50 sockets with headers that drip',
  expected: /./,
  run: (client) => dripping(client, 'POST /graphql HTTP/1.1\r\nhost: x\r\n', (n) => `x-${n}: y\r\n`),
};

export const slowBody: Attack = {
  name: '50 bodies that drip',
  expected: /./,
  run: (client) => dripping(client, headers(client, 1_000_000), () => ' '),
};

export const abandonedBodies: Attack = {
  name: '100 bodies of 900 kB that are half sent, without a token',
  expected: /./,
  run: (client) =>
    holding(client, 100, (socket) => socket.write(headers({ ...client, token: 'x' }, 900_000) + ' '.repeat(450_000))),
};

const headers = ({ token }: Client, length: number): string =>
  [
    'POST /graphql HTTP/1.1',
    'host: 127.0.0.1',
    'content-type: application/json',
    `authorization: Bearer ${token}`,
    `content-length: ${length}`,
    '\r\n',
  ].join('\r\n');

const dripping = (client: Client, begin: string, drop: (index: number) => string): Promise<string> =>
  holding(client, 50, (socket) => {
    socket.write(begin);
    let drops = 0;
    const timer = setInterval(() => socket.write(drop(drops++)), 200);
    socket.on('close', () => {
      clearInterval(timer);
    });
  });

/** Opens sockets, holds them for a while, and reports how many the server answered or closed. */
async function holding({ address }: Client, count: number, begin: (socket: Socket) => void): Promise<string> {
  const { hostname, port } = new URL(address);
  let ended = 0;
  let status: string | undefined;
  const sockets = Array.from({ length: count }, () => {
    const socket = connect({ host: hostname, port: Number(port) }, () => {
      begin(socket);
    });
    socket.on('data', (data) => {
      status ??= /^HTTP\/1\.1 (\d{3})/.exec(data.toString('latin1'))?.[1];
    });
    socket.on('error', () => undefined);
    socket.on('close', () => ended++);
    return socket;
  });
  await pause(HELD_MS);
  const endedByServer = ended;
  for (const socket of sockets) socket.destroy();
  return `${status === undefined ? 'no answer' : status}, ${endedByServer} of ${count} closed after ${HELD_MS / 1_000} s`;
}
