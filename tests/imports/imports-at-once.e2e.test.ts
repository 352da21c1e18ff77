import { Outage } from '../../src/kernel/outage';
import { startApi, TestApi } from '../support/api';
import { cleanUps } from '../support/clean-ups';
import { eventually } from '../support/eventually';

const onEnd = cleanUps();
let api: TestApi;
/** Ends the reading of each file that is being read. */
let readings: (() => void)[];
beforeEach(async () => {
  readings = [];
  const readFile = () =>
    new Promise<never>((_, reject) => {
      readings.push(() => {
        reject(new Outage('Nothing more is read'));
      });
    });
  api = await startApi({ readFile });
  onEnd(() => api.close());
  onEnd(() => {
    for (const end of readings) end();
  });
});

async function send(sub: string) {
  const body = new FormData();
  body.set('file', new File(['a'], 'form.csv'));
  const headers = { authorization: `Bearer ${await api.token({ sub })}` };
  const answer = await fetch(`${api.url}/imports`, { method: 'POST', headers, body });
  const { errors } = await answer.json();
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), code: errors[0].extensions.code };
}

/** A file that is being read, and is answered when its reading ends. */
async function begin(sub: string) {
  const before = readings.length;
  const answer = send(sub);
  await eventually('it is read', () => Promise.resolve(readings.length > before));
  return { answer };
}

test('one caller has half of the files that are read at the same time, and the other half is for others', async () => {
  const first = await begin('u-1');
  await begin('u-1');
  expect(await send('u-1')).toEqual({ status: 429, retryAfter: '1', code: 'LIMIT_EXCEEDED' });
  await begin('u-2');
  await begin('u-3');
  expect(await send('u-4')).toEqual({ status: 503, retryAfter: '1', code: 'LIMIT_EXCEEDED' });

  readings[0]?.();
  expect(await first.answer).toEqual({ status: 503, retryAfter: '1', code: 'UNAVAILABLE' });
  await begin('u-1');
});
