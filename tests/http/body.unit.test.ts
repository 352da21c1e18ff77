import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { Body, bytesIn, readBody } from '../../src/http/body';
import { ReceivedBytes } from '../../src/http/received-bytes';
import { longWork } from '../../src/kernel/turns';

const PART = Buffer.alloc(65_536, 'a');

/** Uses up the time of this turn. */
async function useUpTurn(): Promise<void> {
  await longWork.next();
  while (longWork.pass() === undefined);
}

test('a large body is read on in a later turn if this one has no time left', async () => {
  const request = new IncomingMessage(new Socket());
  const limits = { maxBytes: 1_000_000, received: new ReceivedBytes(10_000_000) };
  const body = new Promise<Body | undefined>((resolve, reject) => {
    readBody(request, 'u-1', limits, (error, parts) => {
      if (error === null) resolve(parts);
      else reject(error);
    });
  });
  await useUpTurn();
  request.push(PART);
  expect(request.isPaused()).toBe(false);
  request.push(PART);
  expect(request.isPaused()).toBe(true);
  request.push(PART);
  request.push(null);
  expect(bytesIn((await body) ?? [])).toBe(3 * PART.length);
});
