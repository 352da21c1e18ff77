// Which files are mutated, and which tests are to hold them.
import { readdirSync } from 'node:fs';

/** The rules: deciders, what turns inputs into commands, who may do what, and how a command is recorded. */
const RULES = [
  /^src\/(auth|command-handling|actions|input)\//,
  /^src\/features\/[^/]+\/(decider|decide-[a-z-]+|line-rules|reversals|actions|rules|target-range|observation-named|[a-z-]+-(inputs?|fields))\.ts$/,
];
/** Tests that hold something of every entity. */
const OF_ALL = ['tests/features/every-mutation.e2e.test.ts'];

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, path, name }) => `${parentPath ?? path}/${name}`)
    .sort();

/** Those that the paths begin; without paths, those of the rules. */
export function filesToMutate(paths) {
  const isMeant = paths.length === 0 ? isRule : (file) => paths.some((path) => file.startsWith(path));
  return filesIn('src').filter((file) => file.endsWith('.ts') && isMeant(file));
}

const isRule = (file) => RULES.some((rule) => rule.test(file));

/** From a file to its tests: those that match the pattern, or else those of the same folder, and of a feature those of the whole feature. */
export function testsFor(pattern) {
  const ofFolder = (file) => {
    const [, module, feature] = file.split('/');
    const folder = module === 'features' ? `tests/features/${feature}/` : `tests/${module}/`;
    return (test) => test.startsWith(folder) || OF_ALL.includes(test);
  };
  const named = pattern === undefined ? undefined : new RegExp(pattern);
  return (file) => allTests.filter(named === undefined ? ofFolder(file) : (test) => named.test(test));
}

const allTests = filesIn('tests').filter((file) => file.endsWith('.test.ts'));
