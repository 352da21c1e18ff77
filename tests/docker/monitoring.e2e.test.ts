import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import { parse } from 'yaml';
import { readConfig } from '../../src/app/config';
import { startServer } from '../../src/app/server';
import { OUTCOMES, TOKEN_REFUSALS } from '../../src/kernel/telemetry';
import { temporaryFolder } from '../support/temporary-folder';

/** The alert rules and the dashboard in docker/, against promtool and against what a server exposes. */

const DOCKER = join(__dirname, '../../docker');
const PROMETHEUS = join(DOCKER, 'prometheus');
const textOf = (path: string): string => readFileSync(join(DOCKER, path), 'utf8');

interface Rule {
  readonly alert: string;
  readonly expr: string;
}
const RULES = (parse(textOf('prometheus/alerts.yaml')) as { groups: { rules: Rule[] }[] }).groups.flatMap(
  ({ rules }) => rules,
);

interface Panel {
  readonly title: string;
  readonly targets?: readonly { readonly expr: string; readonly datasource: { readonly uid: string } }[];
}
const DASHBOARD = JSON.parse(textOf('grafana/dashboards/mingjian.json')) as { readonly panels: readonly Panel[] };
/** The queries as Grafana sends them. */
const QUERIES = DASHBOARD.panels
  .flatMap(({ targets = [] }) => targets)
  .map(({ expr }) => expr.replaceAll('$__rate_interval', '5m').replaceAll('$instance', '.*'));

function promtool(...args: readonly string[]): void {
  const { status, stdout, stderr, error } = spawnSync('promtool', args, { cwd: PROMETHEUS, encoding: 'utf8' });
  if (error !== undefined) throw new Error('promtool is missing: apt-get install prometheus', { cause: error });
  expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
}

test('the rules of the alerts pass their tests', () => {
  promtool('check', 'config', 'prometheus.yaml');
  promtool('test', 'rules', 'alerts.test.yaml');
});

test('each alert has a test that it fires, and one that it does not', () => {
  interface Case {
    readonly alert_rule_test: readonly { readonly alertname: string; readonly exp_alerts: readonly unknown[] }[];
  }
  const { tests } = parse(textOf('prometheus/alerts.test.yaml')) as { readonly tests: readonly Case[] };
  const cases = tests.flatMap(({ alert_rule_test }) => alert_rule_test);
  for (const { alert } of RULES) {
    const fired = cases.filter(({ alertname }) => alertname === alert).map(({ exp_alerts }) => exp_alerts.length);
    expect([alert, fired.sort()]).toEqual([alert, [0, 1]]);
  }
});

test('the documentation says for each alert what to do', () => {
  const documentation = textOf('../docs/operations.md');
  for (const { alert } of RULES) expect(documentation).toContain(`| \`${alert}\` |`);
});

test('promtool parses each query of the dashboard', () => {
  expect(QUERIES.length).toBeGreaterThan(20);
  const folder = temporaryFolder();
  const file = join(folder.path, 'queries.yaml');
  const rules = QUERIES.map((expr, i) => ({ record: `query_${i}`, expr }));
  writeFileSync(file, JSON.stringify({ groups: [{ name: 'queries', rules }] }));
  promtool('check', 'rules', file);
  folder.remove();
});

test('each metric and each outcome that a query or a rule names is one that the server exposes', async () => {
  const folder = temporaryFolder();
  const environment = { PORT: '0', METRICS_PORT: '0', DATA_DIR: folder.path, AUTH_JWT_SECRET: 's'.repeat(32) };
  const server = await startServer(readConfig(environment), pino({ level: 'silent' }));
  const scraped = await (await fetch(`${server.metricsAddress!}/metrics`)).text();
  await server.stop();
  folder.remove();
  const exposed = new Set(
    [...scraped.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name, type]) =>
      type === 'histogram' ? ['_bucket', '_count', '_sum'].map((part) => `${name!}${part}`) : [name!],
    ),
  );
  const expressions = [...QUERIES, ...RULES.map(({ expr }) => expr)];
  const named = expressions.flatMap((expr) => expr.match(/\b(?:mingjian|nodejs|process)_\w+/g) ?? []);
  expect(named.length).toBeGreaterThan(40);
  expect([...new Set(named)].filter((name) => !exposed.has(name))).toEqual([]);
  for (const [label, values] of [
    ['outcome', OUTCOMES],
    ['reason', TOKEN_REFUSALS],
  ] as const) {
    const used = expressions.flatMap((expr) =>
      [...expr.matchAll(new RegExp(`${label}="(\\w+)"`, 'g'))].map(([, value]) => value),
    );
    expect(used.length).toBeGreaterThan(0);
    expect(values).toEqual(expect.arrayContaining(used));
  }
});
