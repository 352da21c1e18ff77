import { TestApi } from '../../support/api';
import { cleanUps } from '../../support/clean-ups';

/**
 * The ledger of the questions. The budget is the real report's (opening 9689.88 万元, revised and executed 11604.08); the days
 * are invented. Every test has a new ledger.
 */

export const BUDGET = { department: '441300-DSJ', fiscalYear: 2023 };
export const WAN = { ...BUDGET, unit: 'WAN_YUAN' };

/** The server of the current test. */
export let api: TestApi;

/** Starts a server over empty engines, whose log uses the server's clock. */
export type StartEngines = (now: string, onEnd: (cleanUp: () => unknown) => void) => Promise<TestApi>;

/** Begins each test with a new ledger that has only the approved budget. */
export function beginLedgers(start: StartEngines): void {
  const onEnd = cleanUps();
  beforeEach(async () => {
    api = await start(shanghai('2023-02-10 10:00'), onEnd);
    onEnd(() => api.close());
    await api.write('registerDepartment', { code: '441300-DSJ', name: '市政务服务数据管理局' });
    await api.write('approveBudget', {
      ...WAN,
      effectiveAt: '2023-02-10',
      documentNo: '惠财预〔2023〕1号',
      lines: [
        { code: 'A', name: '甲项目', fundSource: 'GENERAL_PUBLIC_BUDGET', amount: '6689.88' },
        { code: 'B', name: '乙项目', fundSource: 'GENERAL_PUBLIC_BUDGET', amount: '3000.00' },
      ],
    });
  });
}

/** A local time in Huizhou, as an instant. */
export function shanghai(text: string): string {
  return new Date(`${text.replace(' ', 'T')}+08:00`).toISOString();
}

/** Advances the store's clock, then records. */
export async function record(
  when: string,
  mutation: string,
  input: object,
): Promise<{ eventId: string; position: string }> {
  api.clock.set(shanghai(when));
  const { changes } = await api.write(mutation, input);
  return changes[0];
}

/** The differences between two moments: each entity with its fields as `path: before -> after`. */
export async function diff(
  from: object,
  to: object | null,
  filter: object | null = null,
): Promise<Record<string, string[]>> {
  const { diff: page } = await api.data(
    `query($from: AsOfInput!, $to: AsOfInput, $filter: ChangeFilter) {
      diff(from: $from, to: $to, filter: $filter) { nodes { entity fields { path before after } } }
    }`,
    { from, to, filter },
  );
  return Object.fromEntries(page.nodes.map((node: any) => [node.entity, fieldTexts(node.fields)]));
}
export const fieldTexts = (fields: readonly { path: string; before: unknown; after: unknown }[]): string[] =>
  fields.map(({ path, before, after }) => `${path}: ${String(before)} -> ${String(after)}`);

/** A moment on each clock. The default is now, without an upper bound on the effective clock. */
interface Moment {
  readonly knownAt?: string;
  readonly effectiveAt?: string;
}

/** The budget of 2023 at a moment. */
export async function budget(at: Moment, fields: string): Promise<any> {
  const { asOf } = await api.data(
    `query($at: AsOfInput!) { asOf(at: $at) { budget(department: "441300-DSJ", fiscalYear: 2023) { ${fields} } } }`,
    { at },
  );
  return asOf.budget;
}
export const revised = async (at: Moment): Promise<string> => (await budget(at, 'revised(unit: WAN_YUAN)')).revised;
export const executed = async (at: Moment): Promise<string> => (await budget(at, 'executed(unit: WAN_YUAN)')).executed;
