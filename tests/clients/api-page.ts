import { readFileSync } from 'node:fs';
import { compileFunction } from 'node:vm';
import { introspectionFromSchema } from 'graphql';
import { schema } from '../../src/app/features';

const introspection = introspectionFromSchema(schema);

/** The value of a constant in the JavaScript of docs/api.md, which uses the answer to the introspection query. */
export function fromApiPage(constant: string): unknown {
  const page = readFileSync('docs/api.md', 'utf8');
  const code = [...page.matchAll(/^```js\n([^]*?)^```$/gm)].find(([, text]) =>
    text?.includes(`const ${constant} =`),
  )?.[1];
  if (code === undefined) throw new Error(`docs/api.md has no JavaScript with ${constant}`);
  return (compileFunction(`${code}\nreturn ${constant};`, ['introspection']) as (given: unknown) => unknown)(
    introspection,
  );
}
