import path from 'node:path';
import { pathsIn, textOf } from './pages';

const PAGE = textOf('docs/architecture.md');
const [, DRAWING = ''] = /```mermaid\n([^]*?)```/.exec(PAGE) ?? [];

/** `a["label"] --> b & c["label"]`: the labels by their names, and from each label those that its arrows lead to. */
function readDrawing(): ReadonlyMap<string, ReadonlySet<string>> {
  const labels = new Map([...DRAWING.matchAll(/(\w+)\["([^"]+)"\]/g)].map(([, name, label]) => [name!, label!]));
  const arrows = new Map([...labels.values()].map((label) => [label, new Set<string>()]));
  for (const [, from, to] of DRAWING.matchAll(/^ *(\w+)(?:\["[^"]+"\])? --> (.+)$/gm)) {
    for (const [, name] of to!.matchAll(/(\w+)(?:\["[^"]+"\])?(?: & |$)/g))
      arrows.get(labels.get(from!)!)!.add(labels.get(name!)!);
  }
  return arrows;
}

const ARROWS = readDrawing();

function reachable(from: string, found = new Set<string>()): ReadonlySet<string> {
  for (const to of ARROWS.get(from) ?? []) {
    if (found.has(to)) continue;
    found.add(to);
    reachable(to, found);
  }
  return found;
}

/** The module of a file, as the drawing names it. */
function moduleOf(file: string): string {
  const [, top = '', ...rest] = file.split('/');
  if (rest.length === 0) return 'app';
  if (rest[0] === 'adapters') return '*/adapters';
  if (top !== 'features') return top;
  return rest[1] === 'graphql' || rest[1] === 'index.ts' ? 'features/*/graphql' : 'features/*';
}

const FILES = pathsIn('src').filter((file) => file.endsWith('.ts'));

function importsOf(file: string): readonly string[] {
  return [...textOf(file).matchAll(/^(?:import|export) [^;]*?from '(\.[^']+)';$/gm)].map(([, target]) => {
    const found = path.join(path.dirname(file), target!);
    return FILES.includes(`${found}.ts`) ? `${found}.ts` : `${found}/index.ts`;
  });
}

const IMPORTS = new Set(
  FILES.flatMap((file) => importsOf(file).map((target) => `${moduleOf(file)} --> ${moduleOf(target)}`)).filter(
    (arrow) => new Set(arrow.split(' --> ')).size === 2,
  ),
);

describe('the floor plan', () => {
  test('draws every module of src', () => {
    expect([...ARROWS.keys()].sort()).toEqual([...new Set(FILES.map(moduleOf))].sort());
    expect(IMPORTS.size).toBeGreaterThan(40);
  });

  test('allows every import', () => {
    const notDrawn = [...IMPORTS].filter((arrow) => {
      const [from = '', to = ''] = arrow.split(' --> ');
      return !reachable(from).has(to);
    });
    expect(notDrawn).toEqual([]);
  });

  test('has no way back up', () => {
    expect([...ARROWS.keys()].filter((module) => reachable(module).has(module))).toEqual([]);
  });

  test('draws no arrow that no import needs', () => {
    const drawn = [...ARROWS].flatMap(([from, targets]) => [...targets].map((to) => `${from} --> ${to}`));
    expect(drawn.filter((arrow) => !IMPORTS.has(arrow))).toEqual([]);
  });
});

test('every function on the way is in the file that the step names', () => {
  const named = [...PAGE.matchAll(/`([\w.]+)\(\)` in (?:\[([^\]]+)\]|`([^`]+)`)/g)].map(
    ([, name, link, code]) => [name!, link ?? code!] as const,
  );
  expect(named.length).toBeGreaterThan(25);
  const missing = named.filter(([name, file]) => {
    const text = textOf(file);
    return !name.split('.').every((part) => new RegExp(`\\b${part}\\b`).test(text));
  });
  expect(missing).toEqual([]);
});
