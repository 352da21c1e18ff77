import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDemoSteps } from '../../../src/app/demo/steps';
import { temporaryFolder, TemporaryFolder } from '../../support/temporary-folder';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

const step = (name: string, at: string) => ({ name, at, as: 'editor', mutation: 'planTask', input: { code: name } });

function file(name: string, ...steps: readonly object[]): void {
  writeFileSync(join(folder.path, name), JSON.stringify({ about: 'a test', steps }));
}

const read = () => readDemoSteps(folder.path);

describe('the steps of a demo', () => {
  it('are those of all JSON files, ordered by time, whatever their offsets', () => {
    file('a.json', step('third', '2023-02-01T09:00:00+08:00'), step('first', '2023-01-01T09:00:00+08:00'));
    file('b.json', step('second', '2023-01-01T01:00:00.001Z'));
    writeFileSync(join(folder.path, 'README.md'), 'not a step');

    expect(read().map(({ name }) => name)).toEqual(['first', 'second', 'third']);
    expect(read()[0]).toEqual({
      name: 'first',
      at: Date.parse('2023-01-01T01:00:00Z'),
      as: 'editor',
      mutation: 'planTask',
      input: { code: 'first' },
    });
  });

  it('with the same time keep the order of the files, and within a file their order there', () => {
    const at = '2023-01-01T09:00:00+08:00';
    file('b.json', step('1', at), step('0', at));
    file('a.json', step('3', at), step('2', at));

    expect(read().map(({ name }) => name)).toEqual(['3', '2', '1', '0']);
  });

  it.each([
    ['a name twice', [step('x', '2023-01-01T09:00:00Z'), step('x', '2023-01-02T09:00:00Z')], 'called x'],
    ['a day for an instant', [step('x', '2023-01-01')], 'steps.0.at: expected an RFC 3339 instant'],
    ['another person', [{ ...step('x', '2023-01-01T09:00:00Z'), as: 'auditor' }], 'steps.0.as'],
    ['a field too many', [{ ...step('x', '2023-01-01T09:00:00Z'), when: 'now' }], 'when'],
  ])('are refused with %s', (_case, steps, message) => {
    file('a.json', ...steps);
    expect(read).toThrow(message);
  });

  it('are refused with the name of a file that cannot be read', () => {
    writeFileSync(join(folder.path, 'broken.json'), '{');
    expect(read).toThrow('broken.json');
  });

  it('are refused if the path of a file is a folder', () => {
    mkdirSync(join(folder.path, 'nested.json'));
    expect(read).toThrow('nested.json');
  });
});
