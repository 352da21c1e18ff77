import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { parse, validate } from 'graphql';
import pino from 'pino';
import { readConfig } from '../../src/app/config';
import { schema } from '../../src/app/features';
import { startServer } from '../../src/app/server';
import { checkCommand } from '../../src/cli/check';
import { Command } from '../../src/cli/command';
import { evidenceCommand } from '../../src/cli/evidence';
import { explainCommand } from '../../src/cli/explain';
import { exportCommand } from '../../src/cli/export';
import { temporaryFolder } from '../support/temporary-folder';
import { answeredExamples, expectAnswers } from './answered-examples';
import { textOf } from './pages';

/** The examples of the README, the tour and the page about open data, run one after the other against a fresh demo ledger, answer what the pages say. */

const EXPLAINED = /^node dist\/cli\/main\.js explain (?<options>.*)\n```\n+```text\n(?<printed>[\s\S]*?)^…\n```$/gm;

const CHECKED =
  /^node dist\/cli\/main\.js evidence (?<evidence>.*)\nnode dist\/cli\/main\.js check (?<check>.*)\n```\n+```text\n(?<printed>[\s\S]*?)^…\n```$/gm;

const EXPORTED =
  /^node dist\/cli\/main\.js export open-data (?<options>.*)\n```\n+```text\n(?<printed>[^\n]*\n)```\n+`open-data\/(?<file>[\w.-]+)` is then\n+```csv\n(?<content>[\s\S]*?)^```$/gm;

const PAGES = [
  { readme: 'README.md', tour: 'docs/tour.md' },
  { readme: 'README.zh-CN.md', tour: 'docs/tour.zh-CN.md' },
];

test.each(PAGES)('$readme and $tour show real answers', async ({ readme, tour }) => {
  const answered = [readme, tour].map(answeredExamples);
  expect(answered[0]!.length).toBeGreaterThanOrEqual(2);
  expect(answered[1]!.length).toBeGreaterThanOrEqual(13);
  const explained = [readme, tour].flatMap((page) =>
    [...textOf(page).matchAll(EXPLAINED)].map(({ groups }) => groups!),
  );
  expect(explained).toHaveLength(2);

  const checked = [...textOf(tour).matchAll(CHECKED)].map(({ groups }) => groups!);
  expect(checked).toHaveLength(1);

  const exported = [...textOf('docs/open-data.md').matchAll(EXPORTED)].map(({ groups }) => groups!);
  expect(exported).toHaveLength(1);

  const folder = temporaryFolder();
  const config = readConfig({ DEMO: '1', PORT: '0', DATA_DIR: folder.path });
  const server = await startServer(config, pino({ level: 'silent' }));
  try {
    await expectAnswers(server.address, folder.path, answered.flat());
    for (const { options, printed } of explained) {
      const out = await explain(options!, { MINGJIAN_URL: server.address, DATA_DIR: folder.path });
      expect(printed!.split('\n').length).toBeGreaterThan(15);
      expect(out.slice(0, printed!.length)).toBe(printed);
    }
    for (const { evidence, check, printed } of checked) {
      const inFolder = (options: string) =>
        options.replaceAll(/(?:data\/)?\b[\w-]+\.(?:txt|json)/g, (name) => path.join(folder.path, path.basename(name)));
      writeFileSync(inFolder('kept.txt'), await (await fetch(`${server.address}/checkpoint`)).text());
      await run(evidenceCommand({ MINGJIAN_URL: server.address, DATA_DIR: folder.path }), inFolder(evidence!));
      expect((await run(checkCommand, inFolder(check!))).slice(0, printed!.length)).toBe(printed);
    }
    for (const { options, printed, file, content } of exported) {
      const target = path.join(folder.path, path.basename(readme));
      const environment = { MINGJIAN_URL: server.address, DATA_DIR: folder.path };
      const out = await run(exportCommand(environment), `${target} ${options!}`);
      expect(out).toBe(printed!.replace('open-data', target));
      expect(readFileSync(path.join(target, file!), 'utf8')).toBe(content!.replaceAll('\n', '\r\n'));
    }
  } finally {
    await server.stop();
    folder.remove();
  }
});

const explain = (options: string, environment: Readonly<Record<string, string>>): Promise<string> =>
  run(explainCommand(environment), options);

async function run(command: Command, options: string): Promise<string> {
  const out = new PassThrough();
  const context = { config: readConfig({}, 'tool'), out, err: process.stderr, signal: new AbortController().signal };
  await command.run(options.split(' '), context);
  return text(out.end());
}

test.each([
  ['README.md', 'README.zh-CN.md'],
  ['docs/tour.md', 'docs/tour.zh-CN.md'],
])('%s and %s show the same operations', (english, chinese) => {
  expect([...operationsIn(chinese)].sort()).toEqual([...operationsIn(english)].sort());
});

test.each(['README.md', 'docs/tour.md'])('the operations of %s are valid, also those without an answer', (page) => {
  expect(operationsIn(page).length).toBeGreaterThanOrEqual(3);
  for (const operation of operationsIn(page)) expect(validate(schema, parse(operation))).toEqual([]);
});

const operationsIn = (page: string): readonly string[] =>
  [...textOf(page).matchAll(/^ *```graphql\n([\s\S]*?)^ *```$/gm)].map(([, operation]) => operation!);
