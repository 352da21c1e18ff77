import { readFileSync } from 'node:fs';
import { compileFunction } from 'node:vm';
import { introspectionFromSchema } from 'graphql';
import { schema } from '../../src/app/features';

const introspection = introspectionFromSchema(schema);

/** What a constant of the README's JavaScript for front ends is, given the introspection that it speaks of. */
export function fromReadme(constant: string): unknown {
  const readme = readFileSync('README.md', 'utf8');
  const code = [...readme.matchAll(/^```js\n([^]*?)^```$/gm)].find(([, text]) =>
    text?.includes(`const ${constant} =`),
  )?.[1];
  if (code === undefined) throw new Error(`The README has no JavaScript with ${constant}`);
  return (compileFunction(`${code}\nreturn ${constant};`, ['introspection']) as (given: unknown) => unknown)(
    introspection,
  );
}
