import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

/**
 * Another caller, in a thread of its own so that the attacker does not delay it: asks a simple question every 10 ms, and keeps
 * how long each answer took. Each message of the parent is answered with the times since the last one.
 */

const { address, token } = workerData as { readonly address: string; readonly token: string };
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const body = JSON.stringify({ query: '{ ledger { demo } }' });
let times: number[] = [];

function question(): Promise<void> {
  const start = performance.now();
  return new Promise((resolve) => {
    const done = (): void => {
      times.push(performance.now() - start);
      resolve();
    };
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    request(`${address}/graphql`, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', done);
    })
      .on('error', done)
      .end(body);
  });
}

parentPort?.on('message', () => {
  parentPort?.postMessage(times);
  times = [];
});

async function askForEver(): Promise<never> {
  for (;;) {
    await question();
    await pause(10);
  }
}

void askForEver();
