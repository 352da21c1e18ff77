import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import path from 'node:path';
import { cleanUps } from '../support/clean-ups';
import { startNode } from '../support/node-process';
import { startRedis } from '../support/redis/server';
import { temporaryFolder } from '../support/temporary-folder';

const onEnd = cleanUps();

interface ExportedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly { readonly key: string }[];
}

/** Receives OTLP over HTTP, in JSON. */
async function startReceiver() {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      bodies.push(body);
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onEnd(() => server.close());
  const spans = (): ExportedSpan[] =>
    bodies.flatMap((body) =>
      (JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: ExportedSpan[] }[] }[] }).resourceSpans.flatMap(
        ({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans),
      ),
    );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies, spans };
}

test('one trace runs from the request over Redis to the event store, without names and tokens', async () => {
  const receiver = await startReceiver();
  const redis = await startRedis();
  onEnd(() => redis.stop());
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  const node = await startNode(
    { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, DATA_DIR: folder.path, REDIS_URL: redis.url },
    onEnd,
  );
  const input = { code: 'D-SECRET', name: '审计局' };
  const { data } = await node.ask(
    'mutation($input: RegisterDepartmentInput!) { registerDepartment(input: $input) { department { name } } }',
    { input },
  );
  expect(data).toEqual({ registerDepartment: { department: { name: input.name } } });
  await node.stop();

  const spans = receiver.spans();
  const append = spans.find(({ name }) => name === 'event-store append')!;
  const trace = spans.filter(({ traceId }) => traceId === append.traceId);
  const byId = new Map(trace.map((span) => [span.spanId, span]));
  const roots = trace.filter(({ parentSpanId }) => !parentSpanId || !byId.has(parentSpanId));
  expect(roots.map(({ name }) => name)).toEqual(['POST /graphql']);
  const names = new Set(trace.map(({ name }) => name));
  expect([...names]).toEqual(expect.arrayContaining(['event-store append', 'event-store readStream', 'evalsha']));
  const text = receiver.bodies.join('\n');
  for (const secret of [input.code, input.name, node.token, 'Bearer']) expect(text).not.toContain(secret);
});

test('nothing of OpenTelemetry is loaded without an endpoint, and no client of KurrentDB before it is used', () => {
  const script = `
    const { startTracing } = require('./src/telemetry/tracing/index.ts');
    if (startTracing({}) !== undefined) throw new Error('it has started');
    require('./src/app/run.ts');
    process.stdout.write(JSON.stringify(Object.keys(require.cache)));
  `;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--require', path.join(__dirname, '../support/run-typescript.cjs'), '--eval', script],
    { cwd: path.join(__dirname, '../..'), encoding: 'utf8', env: { PATH: process.env.PATH } },
  );
  expect(stderr).toBe('');
  const loaded = JSON.parse(stdout) as string[];
  expect(loaded.filter((file) => file.endsWith('/src/app/server.ts'))).toHaveLength(1);
  expect(loaded.filter((file) => /opentelemetry|fastify\/otel|open-telemetry|@kurrent|grpc/.test(file))).toEqual([]);
});
