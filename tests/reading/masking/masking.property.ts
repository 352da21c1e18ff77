import fc from 'fast-check';
import { policyOf } from '../../../src/auth/policy';
import { rightsWith } from '../../../src/auth/policy-file';
import { ApiOptions, startApi, TestApi, TokenClaims } from '../../support/api';
import { History, historyArbitrary, play } from '../../support/histories/history';
import { notClosing } from '../../support/ledger';
import { IMPORT_ENTRIES } from '../../support/import-entries';
import { PROPERTY_TIMEOUT_MS, runs } from '../../support/property';
import { wholeSelection } from '../../support/whole-selection';
import { everyAnswer } from './every-answer';

/** In a random ledger, every text that may be about a person has the marker. Nothing that a caller without details gets may have it. */

const MARKER = 'secret-of-a-person';
const LIMITS = {
  maxComplexity: 100_000_000,
  maxFieldComparisons: 100_000_000,
  maxAnswerFields: 10_000_000,
  maxDepth: 100,
  maxTokens: 1_000_000,
  maxDocumentLength: 10_000_000,
};
const YEAR = { department: 'P1', fiscalYear: 2023 };
const NOW = '2023-02-01T02:00:00.000Z';

/** The own fields of each command that are about persons. */
const PERSONAL: Readonly<Record<string, readonly string[]>> = {
  recordExpenditure: ['payee', 'memo'],
  recordRefund: ['payer', 'memo'],
  reportTaskProgress: ['note'],
};

interface Sent {
  readonly [field: string]: unknown;
  readonly items?: readonly object[];
}

/** The input with a marker in every personal field. Sent again, it has the same ones. */
function marked(mutation: string, input: Sent): Sent {
  const mark = (field: string): string => `${MARKER} ${String(input.idempotencyKey)} ${field}`;
  const evidence = [{ uri: `https://files.example/${MARKER}`, title: mark('title') }];
  const own = (PERSONAL[mutation] ?? []).map((field) => [field, mark(field)]);
  const common = { ...input, ...Object.fromEntries(own), reason: mark('reason') };
  if (input.items === undefined) return { ...common, evidence };
  return {
    ...common,
    items: input.items.map((item) => ({ ...item, payee: mark('payee'), memo: mark('memo'), evidence })),
  };
}

/** Persons whose names and ids have the marker, too. */
const tokenOf = (api: TestApi, sub: string, roles?: readonly string[]): Promise<string> =>
  api.token({ sub: `${MARKER}-sub-${sub}`, name: `${MARKER} name of ${sub}`, roles });

async function fillMarked(api: TestApi, history: History): Promise<void> {
  const ask: TestApi['ask'] = async (query, variables = {}, sub = 'u-1') => {
    const [, mutation] = /^\s*(\w+)\(input/m.exec(query) ?? [];
    const { input } = variables as { readonly input?: Sent };
    const sent =
      mutation === undefined || input === undefined ? variables : { ...variables, input: marked(mutation, input) };
    return api.ask(query, sent, await tokenOf(api, sub));
  };
  await play(history, { sent: [], ask, head: () => api.eventStore.head() }, api.clock);
}

/** One proposal of each status, with markers. */
async function propose(api: TestApi): Promise<void> {
  const [one, two] = await Promise.all(['u-one', 'u-two'].map((sub) => tokenOf(api, sub)));
  const write = (mutation: string, input: Sent, by = one, fields = 'position') =>
    api.write(mutation, marked(mutation, input), fields, by);
  await write('registerDepartment', { code: 'P1', name: '局' });
  const lines = [{ code: 'A', name: '明细', fundSource: 'UNIT_FUNDS', amount: '100' }];
  await write('approveBudget', { ...YEAR, lines });
  const spend = async (idempotencyKey: string): Promise<string> => {
    const input = { ...YEAR, line: 'A', amount: '1', effectiveAt: '2023-06-01', idempotencyKey };
    const { proposal } = await write('recordExpenditure', input, one, 'proposal { code }');
    return proposal.code;
  };
  const decide = (mutation: string, code: string, by = two) =>
    api.data(
      `mutation($input: DecideProposalInput!) { ${mutation}(input: $input) { position } }`,
      { input: { code, reason: `${MARKER} reason of ${mutation}` } },
      by,
    );
  await spend('waits');
  await decide('confirmProposal', await spend('is-confirmed'));
  await decide('rejectProposal', await spend('is-rejected'));
  await decide('withdrawProposal', await spend('is-withdrawn'), one);
}

/** Answers of the other entries: files, dry runs and refusals. Each is asked about the department that has proposals. */
async function otherAnswers(api: TestApi, token: string): Promise<readonly string[]> {
  const fetched = async (path: string): Promise<string> =>
    (await fetch(`${api.url}${path}`, { headers: { authorization: `Bearer ${token}` } })).text();
  const payments = { department: 'P1', fiscalYear: 2023, rows: [['记-1', '1']], dryRun: true } as const;
  const spend = `mutation($input: RecordExpenditureInput!) { recordExpenditure(input: $input, dryRun: true) {
    changes ${wholeSelection('Change', 1)} budget { entries { nodes ${wholeSelection('Entry', 1)} } }
  } }`;
  const decide = `mutation($input: DecideProposalInput!) { confirmProposal(input: $input, dryRun: true) {
    proposal ${wholeSelection('Proposal', 1)} changes ${wholeSelection('Change', 1)}
  } }`;
  const { proposals } = await api.data('{ proposals { nodes { code } } }', {}, token);
  const asked = [
    await api.ask(spend, { input: { ...YEAR, line: 'A', amount: '1' } }, token),
    await api.ask(spend, { input: { ...YEAR, line: 'A', amount: '1000' } }, token),
    ...(await Promise.all(proposals.nodes.map(({ code }: any) => api.ask(decide, { input: { code } }, token)))),
  ];
  const imports = await Promise.all(IMPORT_ENTRIES.map(([, imported]) => imported({ api, token }, payments)));
  const files = ['md', 'html'].map((format) => fetched(`/reports/evaluation/P1/2023.${format}`));
  return [...asked.map((answer) => JSON.stringify(answer)), ...imports, ...(await Promise.all(files))];
}

/** Who confirmed a change is left out like who made it: by the same pseudonym as everywhere. */
async function expectPseudonyms(api: TestApi): Promise<void> {
  const analyst = await api.token({ sub: 'reader', roles: ['analyst'] });
  const { proposals } = await api.data(
    `{ proposals(status: [CONFIRMED]) { nodes {
      code proposedBy { sub } decidedBy { sub } change { actor { sub name } confirmedBy { sub name } proposal { code } }
    } } }`,
    {},
    analyst,
  );
  const [{ code, proposedBy, decidedBy, change }] = proposals.nodes;
  expect(decidedBy.sub).not.toBe(proposedBy.sub);
  expect(change).toEqual({
    actor: { ...proposedBy, name: null },
    confirmedBy: { ...decidedBy, name: null },
    proposal: { code },
  });
  const found = await api.data(
    'query($actors: [ID!]) { changes(after: "0", first: 200, filter: { actors: $actors }) { nodes { type } } }',
    { actors: [decidedBy.sub] },
    analyst,
  );
  expect(found.changes.nodes).toContainEqual({ type: 'ExpenditureRecorded' });
}

interface Reader {
  /** What the caller is besides one that reads figures. */
  readonly is: 'analyst' | 'editor without details';
  readonly departments: string | readonly string[];
}

const readerArbitrary: fc.Arbitrary<Reader> = fc.record({
  is: fc.constantFrom('analyst', 'editor without details'),
  departments: fc.constantFrom('*', ['D1', 'P1'], ['d-*', 'P1']),
});

const POLICY = policyOf(rightsWith('{ "editor": { "deny": ["readDetails"] } }'));

/** With one of these engines of read models, which a run draws, too. Each run asks everything twice. */
export function itMasksEveryDetail(engines: Readonly<Record<string, ApiOptions['readModels']>>): void {
  const engineArbitrary = fc.constantFrom(...Object.keys(engines));
  test(
    'no answer to a caller without details has a personal text of a random ledger',
    () =>
      fc.assert(
        fc.asyncProperty(historyArbitrary(6), readerArbitrary, engineArbitrary, async (history, reader, engine) => {
          const { is, departments } = reader;
          const writing = await startApi({ now: NOW });
          await fillMarked(writing, history);
          const api = await startApi({
            now: '2025-01-15T02:00:00.000Z',
            eventStore: () => notClosing(writing.eventStore),
            readModels: engines[engine],
            fourEyes: [{ action: 'recordExpenditure', closedOnly: false }],
            limits: LIMITS,
            policy: POLICY,
          });
          try {
            await propose(api);
            const roles = [is === 'analyst' ? 'analyst' : 'editor'];
            const answers = async (claims: TokenClaims) => {
              const token = await api.token({ sub: 'reader', departments, ...claims });
              return [...(await everyAnswer(api, token)), ...(await otherAnswers(api, token))];
            };
            for (const text of await answers({ roles })) expect(text).not.toContain(MARKER);
            await expectPseudonyms(api);
            // The same answers to somebody who may see them have it.
            const open = await answers({ roles: ['auditor'] });
            expect(open.filter((text) => text.includes(MARKER)).length).toBeGreaterThan(open.length / 3);
          } finally {
            await api.close();
            await writing.close();
          }
        }),
        { ...runs(1), endOnFailure: true },
      ),
    PROPERTY_TIMEOUT_MS,
  );
}
