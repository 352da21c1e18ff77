import { z } from 'zod';
import { asGiven, Masking } from './masking';

/** An environment variable, with all that the program and docs/configuration.md need to know of it. */
export interface Setting<Value = unknown> extends Declaration<Value> {
  readonly variable: string;
  readonly masking: Masking;
}

interface Declaration<Value> {
  readonly parser: z.ZodType<Value>;
  /** Markdown, for docs/configuration.md. */
  readonly meaning: string;
  /** The text that counts if the variable is not set. */
  readonly default?: string;
  /** The default in demo mode, if it is another one. */
  readonly demoDefault?: string;
  /** For a variable without a default: what the server does if it is not set. */
  readonly otherwise?: string;
  /** For a variable that demo mode ignores: what it uses instead. */
  readonly insteadInDemo?: string;
  /** How the value is printed. By default as it was given. */
  readonly masking?: Masking;
  /** What a misspelt name of this variable would open by mistake. The server refuses to start then (`lookalikes.ts`). */
  readonly guards?: 'ledger' | 'access';
  /** Names that are no near miss, but that people may try instead. */
  readonly wrongNames?: readonly string[];
}

export function setting<Value>(
  variable: string,
  declaration: Declaration<Value> & { readonly default: string },
): Setting<Value>;
export function setting<Value>(variable: string, declaration: Declaration<Value>): Setting<Value | undefined>;
export function setting<Value>(variable: string, declaration: Declaration<Value>): Setting<Value> {
  return { masking: asGiven, ...declaration, variable };
}

/** Settings by the name of their value in the configuration; some of them in groups. */
export interface SettingTree {
  readonly [name: string]: Setting | SettingTree;
}

/** The values of a tree of settings, under the same names. */
export type ValuesOf<Tree> = {
  readonly [Name in keyof Tree]: Tree[Name] extends Setting<infer Value> ? Value : ValuesOf<Tree[Name]>;
};

export const settingsIn = (tree: SettingTree): readonly Setting[] =>
  Object.values(tree).flatMap((node) => (isSetting(node) ? [node] : settingsIn(node)));

export const valuesIn = <Tree extends SettingTree>(
  tree: Tree,
  valueOf: (setting: Setting) => unknown,
): ValuesOf<Tree> =>
  Object.fromEntries(
    Object.entries(tree).map(([name, node]) => [name, isSetting(node) ? valueOf(node) : valuesIn(node, valueOf)]),
  ) as ValuesOf<Tree>;

const isSetting = (node: Setting | SettingTree): node is Setting => typeof node.variable === 'string';
