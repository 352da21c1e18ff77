import { readFileSync } from 'node:fs';
import path from 'node:path';
import pino from 'pino';
import { readConfig } from '../../src/app/config';
import { startServer } from '../../src/app/server';
import { temporaryFolder } from '../support/temporary-folder';

/** The queries of the tour, one after the other against a fresh demo ledger, answer what the README says. */

const ROOT = path.resolve(__dirname, '../..');
const EXAMPLE = /^```graphql\n(?<query>[\s\S]*?)^```\n+```json\n(?<answer>[\s\S]*?)^```$/gm;

test.each([['README.md'], ['README.zh-CN.md']])('the tour of %s', async (file) => {
  const examples = [...readFileSync(path.join(ROOT, file), 'utf8').matchAll(EXAMPLE)].map(({ groups }) => groups!);
  expect(examples.length).toBeGreaterThanOrEqual(7);

  const folder = temporaryFolder();
  const config = readConfig({ DEMO: '1', PORT: '0', DATA_DIR: folder.path });
  const server = await startServer(config, pino({ level: 'silent' }));
  try {
    const tokens = JSON.parse(readFileSync(path.join(folder.path, 'demo-tokens.json'), 'utf8'));
    for (const { query, answer } of examples) {
      const role = /^# as (?<role>\w+)$/m.exec(query!)?.groups?.role ?? 'auditor';
      const response = await fetch(`${server.address}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens[role].token}` },
        body: JSON.stringify({ query }),
      });
      expect({ query, answer: await response.json() }).toEqual({ query, answer: { data: JSON.parse(answer!) } });
    }
  } finally {
    await server.stop();
    folder.remove();
  }
});
