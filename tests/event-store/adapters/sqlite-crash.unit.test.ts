import { ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { openSqliteEventStore } from '../../../src/event-store/adapters/sqlite/sqlite-event-store';
import { StoredEvent } from '../../../src/event-store/envelope';
import { collect } from '../../support/events';
import { temporaryFolder } from '../../support/temporary-folder';

const SUPPORT = join(__dirname, '../../support');
const WRITER = ['--require', join(SUPPORT, 'run-typescript.cjs'), join(SUPPORT, 'append-without-end.ts')];

describe('a ledger file whose process was killed', () => {
  const folder = temporaryFolder();
  afterAll(() => {
    folder.remove();
  });

  it('has every acknowledged append as a whole, and any other as a whole or not at all, after each kill', async () => {
    const path = join(folder.path, 'killed.db');
    const acknowledged: string[] = [];
    for (const enough of [1, 40, 300, 1000]) {
      const child = spawn(process.execPath, [...WRITER, path], { stdio: ['ignore', 'pipe', 'inherit'] });
      acknowledged.push(...(await linesOf(child, (lines) => lines >= enough && child.kill('SIGKILL'))));
      expect(child.signalCode).toBe('SIGKILL');

      await expectWhole(path, acknowledged);
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(1341);
  });

  it('does so after an append that failed with an outage because the disk was full', async () => {
    const path = join(folder.path, 'full.db');
    const command = 'trap "" XFSZ; ulimit -f 1000; exec "$0" "$@"';
    const child = spawn('sh', ['-c', command, process.execPath, ...WRITER, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = await linesOf(child);

    expect(lines.at(-1)).toBe('Outage');
    expect(lines.length).toBeGreaterThan(10);
    await expectWhole(path, lines.slice(0, -1));
  });
});

/** The complete lines that the child process writes until it ends. */
async function linesOf(child: ChildProcess, onLines?: (count: number) => void): Promise<string[]> {
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    onLines?.(text.split('\n').length - 1);
  });
  await new Promise((resolve) => child.on('close', resolve));
  return text.split('\n').slice(0, -1);
}

async function expectWhole(path: string, acknowledged: readonly string[]): Promise<void> {
  const store = openSqliteEventStore({ path, prefix: 'mingjian-' });
  const events = await collect(store.readAll(0n));
  await store.close();

  const appends = grouped(events, ({ data }) => data.append as string);
  expect(acknowledged.filter((append) => !appends.has(append))).toEqual([]);
  expect([...appends.values()].filter((parts) => parts.length !== parts[0]!.data.size)).toEqual([]);
  for (const stream of grouped(events, (event) => event.stream).values()) {
    expect(stream.map(({ revision }) => revision)).toEqual(stream.map((_, index) => BigInt(index)));
  }
}

function grouped(events: readonly StoredEvent[], keyOf: (event: StoredEvent) => string): Map<string, StoredEvent[]> {
  const groups = new Map<string, StoredEvent[]>();
  for (const event of events) {
    const group = groups.get(keyOf(event));
    if (group) group.push(event);
    else groups.set(keyOf(event), [event]);
  }
  return groups;
}
