import path from 'node:path';
import ts from 'typescript';

/**
 * What the compiler asks for if somebody adds a kind of fact or an entity and forgets the rest (docs/adr/0022). Each case
 * changes files in memory and type-checks the feature with the change.
 */

const ROOT = path.join(__dirname, '../..');
const inProject = (file: string): string => path.join(ROOT, file);

const { options } = ts.getParsedCommandLineOfConfigFile(inProject('tsconfig.json'), { noEmit: true }, {
  ...ts.sys,
  onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
    throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'));
  },
} satisfies ts.ParseConfigFileHost)!;

const parsed = new Map<string, ts.SourceFile | undefined>();
let base: ts.Program | undefined;

interface Problem {
  readonly file: string;
  readonly message: string;
}

/** Without its part of the GraphQL API, which would take most of the time. */
const filesIn = (folder: string): readonly string[] =>
  ts.sys.directoryExists(inProject(folder))
    ? ts.sys.readDirectory(inProject(folder), ['.ts'], ['**/graphql/**', '**/index.ts'])
    : [];

/** The problems of the compiler in `folder` if the files have these texts. */
function problemsOf(changed: Readonly<Record<string, string>>, folder: string): readonly Problem[] {
  const texts = new Map(Object.entries(changed).map(([file, text]) => [inProject(file), text]));
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (file) => texts.has(file) || disk.fileExists(file),
    readFile: (file) => texts.get(file) ?? disk.readFile(file),
    getSourceFile(file, ...rest) {
      const text = texts.get(file);
      if (text !== undefined) return ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
      if (!parsed.has(file)) parsed.set(file, disk.getSourceFile(file, ...rest));
      return parsed.get(file);
    },
  };
  const roots = [...filesIn(folder), ...texts.keys()];
  const program = ts.createProgram(roots, options, host, base);
  base ??= program;
  const looked = roots.flatMap((file) => program.getSourceFile(file) ?? []);
  return [...new Set(looked)].flatMap((file) =>
    program.getSemanticDiagnostics(file).map(({ messageText }) => ({
      file: path.relative(inProject(folder), file.fileName),
      message: ts.flattenDiagnosticMessageText(messageText, ' '),
    })),
  );
}

const filesOf = (problems: readonly Problem[]): readonly string[] =>
  [...new Set(problems.map(({ file }) => file))].sort();

const BUDGETS = 'src/features/budgets';

/** The feature with one text in place of another. */
function withEdit(file: string, before: string, after: string): readonly Problem[] {
  const name = `${BUDGETS}/${file}`;
  const text = ts.sys.readFile(inProject(name))!;
  expect(text).toContain(before);
  return problemsOf({ [name]: text.replace(before, after) }, BUDGETS);
}

describe('a developer that adds to budgets', () => {
  it('finds a feature that compiles', () => {
    expect(problemsOf({}, BUDGETS)).toEqual([]);
  });

  it('an event, is asked for its type, for the facts that it records and for what it moves', () => {
    const problems = withEdit(
      'events.ts',
      "  | StoredEvent<'BudgetClosed', BudgetClosed>;",
      "  | StoredEvent<'BudgetClosed', BudgetClosed>\n  | StoredEvent<'BudgetFrozen', BudgetReduced>;",
    );
    expect(filesOf(problems)).toEqual(['events.ts', 'facts.ts', 'movements.ts']);
  });

  it('a kind of fact, is asked for its meaning, for what it does to the lines and for who may record it', () => {
    const problems = withEdit('facts.ts', "  'CARRY_IN',\n] as const", "  'CARRY_IN',\n  'CARRY_OVER',\n] as const");
    expect(problems).toHaveLength(3);
    expect(filesOf(problems)).toEqual(['facts.ts', 'recorded-by.ts']);
  });

  it('a command, is asked for its rules and for an action', () => {
    const problems = withEdit(
      'commands.ts',
      "  | { readonly kind: 'close' }",
      "  | { readonly kind: 'close' }\n  | { readonly kind: 'freeze' }",
    );
    expect(filesOf(problems)).toEqual(['actions.ts', 'decider.ts']);
  });

  it('a rule to a decision, is asked for its meaning', () => {
    const problems = withEdit('line-rules.ts', "ruleViolation('BUDGET_CLOSED'", "ruleViolation('BUDGET_FROZEN'");
    expect(filesOf(problems)).toEqual(['line-rules.ts']);
  });

  it('a source of money, is asked for its meaning', () => {
    const problems = withEdit('events.ts', "  'UNIT_FUNDS',", "  'UNIT_FUNDS',\n  'LOTTERY',");
    expect(filesOf(problems)).toEqual(['choices.ts']);
  });
});

describe('a developer that declares an entity', () => {
  const PARTS = ['entity', 'eventTypes', 'projection', 'lineage', 'homes', 'rules', 'actions', 'nodes', 'resolvers'];

  test.each(PARTS)('is asked for its %s', (part) => {
    const text = `
      import { departments } from '../departments';
      import { Feature } from '../feature';
      const { ${part}: _left, ...rest } = departments;
      export const incomplete: Feature = rest;
    `;
    const problems = problemsOf({ 'src/features/incomplete/index.ts': text }, 'src/features/incomplete');
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain(`'${part}'`);
  });
});
