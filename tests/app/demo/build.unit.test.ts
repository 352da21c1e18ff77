import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildDemoLedger } from '../../../src/app/demo/build';
import { temporaryFolder, TemporaryFolder } from '../../support/temporary-folder';
import { ask, LEDGER, registering, renaming, serve } from './support';

let folder: TemporaryFolder;
let path: string;
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, 'data', 'ledger.db');
});
afterEach(() => {
  folder.remove();
});

const build = (steps = [registering, renaming]) => buildDemoLedger({ ...LEDGER, path, steps });
const inFolder = () => readdirSync(join(folder.path, 'data'));

describe('building the demo ledger', () => {
  it('leaves one complete file, which is served with the real clock', async () => {
    expect(await build()).toBe('built');
    expect(inFolder()).toEqual(['ledger.db']);

    const ledger = await serve(path);
    const { department } = await ask(ledger, '{ department(code: "D1") { name revision } }');
    await ledger.close();
    expect(department).toEqual({ name: '乙局', revision: 2 });
  });

  it('keeps an existing file', async () => {
    await build();
    const bytes = readFileSync(path);
    expect(await build([registering])).toBe('kept');
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it('keeps a file that appears while it builds', async () => {
    const building = build();
    writeFileSync(path, 'of another process');
    expect(await building).toBe('kept');
    expect(readFileSync(path, 'utf8')).toBe('of another process');
    expect(inFolder()).toEqual(['ledger.db']);
  });

  it('puts no file into its place before the last step is played', async () => {
    const building = build();
    const [workshop = '', ...rest] = inFolder();
    expect(workshop).toMatch(/^ledger\.db\.building-/);
    expect(rest).toEqual([]);
    await building;
  });

  it('removes what a crash left long ago, and nothing else', async () => {
    for (const name of ['Xy12Zz', 'other1']) {
      mkdirSync(`${path}.building-${name}`, { recursive: true });
      writeFileSync(join(`${path}.building-${name}`, 'ledger.db'), 'half a demo');
    }
    utimesSync(`${path}.building-Xy12Zz`, 0, 0);
    writeFileSync(`${path}.backup`, 'of the owner');
    await build();
    // The younger folder belongs to another process that is building.
    expect(inFolder()).toEqual(['ledger.db', 'ledger.db.backup', 'ledger.db.building-other1']);
  });

  it('can run in several processes at once, and one of them puts the file into its place', async () => {
    expect((await Promise.all([build(), build()])).sort()).toEqual(['built', 'kept']);
    expect(inFolder()).toEqual(['ledger.db']);
  });

  it('leaves nothing if a step is refused', async () => {
    await expect(build([registering, { ...registering, name: 'again' }])).rejects.toThrow('again');
    expect(existsSync(path)).toBe(false);
    expect(inFolder()).toEqual([]);
  });
});
