import { execFileSync } from 'node:child_process';
import { copyFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cleanUps } from '../support/clean-ups';
import { temporaryFolder } from '../support/temporary-folder';
import { PAGES, textOf } from './pages';

/** The blocks of TypeScript and JavaScript on the pages compile, with the types of the client package and of the libraries. */

const onEnd = cleanUps();
const ROOT = path.resolve(__dirname, '../..');
const CLIENT = path.join(ROOT, 'client/src');

/** What a block leaves to its reader, and what is checked of it in the end. */
interface Around {
  readonly before: string;
  readonly after?: string;
}

const INTROSPECTION =
  'declare const introspection: { __schema: { types: { kind: string; name: string; fields: { name: string }[]; possibleTypes?: { name: string }[] }[] } };';

/** For each block of a page, in order. A page that is not here has no blocks. */
const AROUND: Readonly<Record<string, readonly Around[]>> = {
  'client/README.md': [
    { before: '' },
    { before: '' },
    {
      before: "import type { CursorStore as OfThePackage } from 'mingjian-client';",
      after: `export const isSame: [(is: CursorStore<Date>) => OfThePackage<Date>, (is: OfThePackage<Date>) => CursorStore<Date>] = [(is) => is, (is) => is];`,
    },
    {
      before: `interface PoolClient { query(text: string, values: unknown[]): Promise<{ rows: { position: string }[]; rowCount: number | null }> }
        declare const pool: PoolClient; declare const name: string;
        declare function inTransaction(pool: PoolClient, work: (client: PoolClient) => Promise<void>): Promise<void>;`,
    },
    {
      before: `import { type ApolloLink, gql } from '@apollo/client'; declare const link: ApolloLink;
        import type { AsOfInput } from 'mingjian-client'; declare const at: AsOfInput; const BUDGET = gql\`\`;`,
    },
    { before: '' },
  ],
  'docs/api.md': [
    {
      before: INTROSPECTION,
      after: "import { InMemoryCache } from '@apollo/client'; new InMemoryCache(cacheOptions);",
    },
    {
      before: INTROSPECTION,
      after:
        "import { cacheExchange } from '@urql/exchange-graphcache'; cacheExchange({ keys: graphcacheOptions.keys });",
    },
  ],
};

interface Block {
  readonly page: string;
  readonly line: number;
  readonly code: string;
}

const blocksOf = (page: string): readonly Block[] =>
  [...textOf(page).matchAll(/^```(?:ts|tsx|js|typescript|javascript)\n([\s\S]*?)^```$/gm)].map((found) => ({
    page,
    line: textOf(page).slice(0, found.index).split('\n').length,
    code: found[1]!,
  }));

/** The code is in the lines that it has on its page: a message of the compiler says where. */
const moduleOf = ({ line, code }: Block, { before, after = '' }: Around): string =>
  `${'\n'.repeat(line - 1)}${before.replace(/\s*\n\s*/g, ' ')}\n${code}${after} export {};\n`;

test('the blocks of code of the pages compile', () => {
  const folder = temporaryFolder();
  onEnd(() => {
    folder.remove();
  });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder.path, 'node_modules'));
  copyFileSync(path.join(ROOT, 'client/examples/sqlite-store.ts'), path.join(folder.path, 'sqlite-store.ts'));
  const files = PAGES.flatMap((page) => {
    const blocks = blocksOf(page);
    const around = AROUND[page] ?? [];
    expect({ page, blocks: blocks.length }).toEqual({ page, blocks: around.length });
    return blocks.map((block, at) => {
      const name = `${page.replaceAll('/', '-')}-${at + 1}.ts`;
      writeFileSync(path.join(folder.path, name), moduleOf(block, around[at]!));
      return name;
    });
  });
  expect(files.length).toBeGreaterThanOrEqual(8);
  const compilerOptions = {
    target: 'es2023',
    lib: ['es2023', 'dom'],
    module: 'esnext',
    moduleResolution: 'bundler',
    moduleDetection: 'force',
    strict: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    types: [],
    paths: {
      'mingjian-client': [path.join(CLIENT, 'index.ts')],
      'mingjian-client/*': [path.join(CLIENT, 'cache/*.ts')],
    },
  };
  writeFileSync(path.join(folder.path, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  expect(compiled(folder.path)).toBe('');
});

/** What the compiler says. */
function compiled(folder: string): string {
  try {
    return execFileSync(process.execPath, [path.join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
  } catch (error) {
    return (error as { readonly stdout: string }).stdout;
  }
}
