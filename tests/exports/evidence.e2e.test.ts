import { createSecretKey } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { SignJWT } from 'jose';
import pino from 'pino';
import { readConfig } from '../../src/app/config';
import { evidenceChecker } from '../../src/app/evidence/checker';
import { Server, startServer } from '../../src/app/server';
import { DEMO_CLAIMS } from '../../src/auth/demo-tokens';
import { checkCommand } from '../../src/cli/check';
import { Command } from '../../src/cli/command';
import { evidenceCommand } from '../../src/cli/evidence';
import { fingerprintOf } from '../../src/evidence/files/fingerprint';
import { parsePolicy, Policy } from '../../src/evidence/notes/policy';
import { TemporaryFolder, temporaryFolder } from '../support/temporary-folder';

const YEAR = '/evidence/department-year/441300-DSJ/2023';
const BUDGET = '/evidence/budget/441300-DSJ/2023';
const MOMENT = 'effectiveAt=2023-06-30&knownAt=2023-07-31';

let folder: TemporaryFolder;
let server: Server;
let policy: Policy;
beforeAll(async () => {
  folder = temporaryFolder();
  server = await startServer(
    readConfig({ DEMO: '1', PORT: '0', DATA_DIR: folder.path }),
    pino({ level: process.env.TEST_LOG_LEVEL ?? 'silent' }),
  );
  policy = parsePolicy(readFileSync(inFolder('demo-policy.txt'), 'utf8'));
});
afterAll(async () => {
  await server.stop();
  folder.remove();
});

const inFolder = (name: string): string => path.join(folder.path, name);

const demoToken = (person: string): string =>
  JSON.parse(readFileSync(inFolder('demo-tokens.json'), 'utf8'))[person].token as string;

/** The token of an auditor who may read only this department. */
const scopedTo = (department: string): Promise<string> =>
  new SignJWT({ roles: ['auditor'], departments: [department] })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject('u-scoped')
    .setIssuedAt()
    .setIssuer(DEMO_CLAIMS.issuer)
    .setAudience(DEMO_CLAIMS.audience)
    .setExpirationTime('1h')
    .sign(createSecretKey(readFileSync(inFolder('demo-secret'), 'utf8').trim(), 'utf8'));

async function get(address: string, token = demoToken('auditor')) {
  const response = await fetch(`${server.address}${address}`, { headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
}

async function proven(address: string, token?: string) {
  const { status, body } = await get(address, token);
  expect([address, status, status === 200 ? '' : body.toString()]).toEqual([address, 200, '']);
  return evidenceChecker().check(body, policy);
}

async function codeOf(address: string, token?: string) {
  const { status, body } = await get(address, token);
  return [status, JSON.parse(body.toString()).errors[0].extensions.code];
}

async function run(command: Command, ...words: readonly string[]) {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const context = { config: readConfig({}, 'tool'), out, err, signal: new AbortController().signal };
  const status = await command.run(words, context);
  return { status, out: await text(out.end()), err: await text(err.end()) };
}

test('proves what a department had in a year, and each of its entities', async () => {
  const { file, histories } = await proven(`${YEAR}?${MOMENT}`);
  const streams = histories.map(({ stream }) => stream.slice(file.streamPrefix.length));
  const kinds = new Set(streams.map((stream) => stream.split('-')[0]!));
  expect([...kinds]).toEqual(expect.arrayContaining(['department', 'budget', 'evaluation', 'indicator', 'task']));
  for (const kind of kinds) {
    const [, code] = /^[a-z]+-(.+)$/.exec(streams.find((stream) => stream.startsWith(`${kind}-`))!)!;
    await proven(`/evidence/${kind}/${code!}`);
  }
});

test('proves a figure of the report as it was known then, and how two moments differ', async () => {
  const { file, moments } = await proven(`${BUDGET}?${MOMENT}`);
  expect(file.answer).toMatchObject({
    entities: [{}, { fields: { revised: '106898800.00', executed: '46171700.00' } }],
  });
  expect(moments[0]!.next!.order.sequence).toBe(moments[0]!.last.order.sequence + 1n);
  const difference = await proven(`${BUDGET}?${MOMENT}&fromKnownAt=2023-06-30&fromEffectiveAt=2023-06-30`);
  expect(difference.file.answer).toMatchObject({
    entities: [
      {
        code: '441300-DSJ.2023',
        changes: expect.arrayContaining([expect.objectContaining({ path: '/revised' })]) as unknown,
      },
    ],
  });
});

test('the command line makes, checks and prints evidence', async () => {
  const environment = { MINGJIAN_URL: server.address, DATA_DIR: folder.path };
  const [file, kept, page] = [inFolder('budget.json'), inFolder('kept.txt'), inFolder('page.html')];
  writeFileSync(kept, (await get('/checkpoint')).body);
  const asked = ['budget', '441300-DSJ', '2023', '--as-of', '2023-06-30', '--known-at', '2023-07-31'];
  expect(await run(evidenceCommand(environment), ...asked, '--kept', kept, '-o', file)).toMatchObject({ status: 0 });
  const checked = [file, '--policy', inFolder('demo-policy.txt'), kept];
  const { status, out } = await run(checkCommand, ...checked, '--page', page);
  const bytes = readFileSync(file);
  expect([status, out]).toEqual([0, expect.stringContaining(`fingerprint   ${fingerprintOf(bytes)}`)]);
  expect(readFileSync(page, 'utf8')).toContain(fingerprintOf(bytes));

  writeFileSync(file, bytes.toString().replace('"executed":"46171700.00"', '"executed":"46171700.01"'));
  expect(await run(checkCommand, ...checked)).toMatchObject({
    status: 1,
    out: '',
    err: expect.stringContaining('NOT PROVEN 未获证明: The answer is wrong') as unknown,
  });
  expect(await run(checkCommand, inFolder('no such file'), '--policy', file)).toMatchObject({ status: 1 });
  expect(await run(evidenceCommand(environment), 'budget', '441300-DSJ', '1999', '-o', file)).toMatchObject({
    status: 1,
    err: expect.stringContaining('There is no BUDGET 441300-DSJ.1999') as unknown,
  });
});

test('proves a single change, also as a .tlog-proof', async () => {
  const position = '136';
  const { file } = await proven(`/evidence/change/${position}`);
  expect(file.answer).toMatchObject({ change: { type: 'BudgetSupplemented' } });
  const proof = inFolder('change.tlog-proof');
  const environment = { MINGJIAN_URL: server.address, DATA_DIR: folder.path };
  await run(evidenceCommand(environment), 'change', position, '--tlog-proof', '-o', proof);
  const policyFile = inFolder('demo-policy.txt');
  expect((await run(checkCommand, proof, '--policy', policyFile)).out).toContain('"type":"BudgetSupplemented"');
  writeFileSync(proof, readFileSync(proof, 'utf8').replace(/^index .*$/m, 'index 3'));
  expect((await run(checkCommand, proof, '--policy', policyFile)).err).toContain('is not this event');
});

test('shows nothing to whoever may not read it', async () => {
  expect(await codeOf(BUDGET, demoToken('analyst'))).toEqual([403, 'FORBIDDEN']);
  expect(await codeOf('/evidence/change/136.tlog-proof', demoToken('analyst'))).toEqual([403, 'FORBIDDEN']);
  const stranger = await scopedTo('D9');
  expect(await codeOf(BUDGET, stranger)).toEqual([404, 'NOT_FOUND']);
  expect(await codeOf('/evidence/change/136', stranger)).toEqual([404, 'NOT_FOUND']);
  expect(await codeOf(YEAR, stranger)).toEqual([403, 'FORBIDDEN']);
  expect(await codeOf(BUDGET, 'no token')).toEqual([401, 'UNAUTHENTICATED']);
  const { file, histories } = await proven(`${BUDGET}?${MOMENT}`, await scopedTo('441300-DSJ'));
  expect(file.momentEvents.map(({ stream }) => stream).filter((stream) => !stream.includes('DSJ'))).toEqual([]);
  expect(histories).toHaveLength(2);
});

test.each([
  ['/evidence/budget/441300-DSJ.1999', 404, 'NOT_FOUND'],
  ['/evidence/balloon/441300-DSJ', 404, 'NOT_FOUND'],
  ['/evidence/change/999999', 400, 'AS_OF_IN_FUTURE'],
  ['/evidence/change/x', 404, 'NOT_FOUND'],
  [`${BUDGET}?knownAt=2199-01-01`, 400, 'AS_OF_IN_FUTURE'],
  [`${BUDGET}?knownAt=yesterday&form=pdf&color=red`, 400, 'BAD_USER_INPUT'],
  [`${BUDGET}?knownAt=2023-07-31&position=100`, 400, 'BAD_USER_INPUT'],
  ['/evidence/department-year/441300-DSJ/23', 404, 'NOT_FOUND'],
])('%s: %d %s', async (address, status, code) => {
  expect(await codeOf(address)).toEqual([status, code]);
});

test('gives a page to print, in two languages, without scripts', async () => {
  const { body, headers } = await get(`${YEAR}?${MOMENT}&form=html`);
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'unsafe-inline'");
  const page = body.toString();
  expect(page).toContain('年初预算 Opening');
  expect(page).toMatch(/<p class="fingerprint">(\d{4} ){7}\d{4}<\/p>/);
  expect(page).not.toContain('[object Object]');
});
