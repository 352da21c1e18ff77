import { perform } from '../../../src/actions/perform';
import { features } from '../../../src/app/features';
import { DepartmentScope } from '../../../src/auth/department-scope';
import { Role } from '../../../src/auth/principal';
import { Answer, TestApi, TokenClaims } from '../../support/api';
import { feedClient, Transport, TRANSPORTS } from '../../support/feed-client';

/** What an entry answers to a mutation: its payload, or the code and the rule of the refusal. */
type Answered = any;

export interface Sent {
  readonly mutation: string;
  readonly input: object;
  readonly person: Person;
  readonly dryRun?: boolean;
}

export type Person = Required<Pick<TokenClaims, 'sub' | 'name' | 'roles'>>;

const FIELDS = 'dryRun needsProposal changes { type } proposal { code status }';

export const inputOf = (mutation: string): string =>
  mutation.endsWith('Proposal') ? 'DecideProposalInput' : `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;

export const documentOf = ({ mutation }: Pick<Sent, 'mutation'>): string =>
  `mutation($input: ${inputOf(mutation)}!, $dryRun: Boolean) { ${mutation}(input: $input, dryRun: $dryRun) { ${FIELDS} } }`;

const answered = ({ data, errors }: Pick<Answer, 'data' | 'errors'>, mutation: string): Answered =>
  errors?.[0] === undefined ? data[mutation] : { refused: errors[0].extensions.rule ?? errors[0].extensions.code };

const overTransport =
  (api: TestApi, transport: Transport) =>
  async (sent: Sent): Promise<Answered> => {
    const client = feedClient(transport, { url: api.url, token: await api.token(sent.person) });
    const variables = { input: sent.input, dryRun: sent.dryRun ?? false };
    try {
      return answered((await client.ask({ query: documentOf(sent), variables }).next()).value, sent.mutation);
    } finally {
      client.dispose();
    }
  };

/** The one way to act without any transport: what the demo is played by, and whatever else records facts. */
async function byPerform(api: TestApi, { mutation, input, person, dryRun }: Sent): Promise<Answered> {
  const principal = {
    ...person,
    roles: person.roles as readonly Role[],
    departments: DepartmentScope.ALL,
    readDepartments: DepartmentScope.ALL,
  };
  const caller = { principal, correlationId: 'a-request' };
  const performed = await perform(api.ledger.services, features.actions.get(mutation)!, input, caller, { dryRun });
  if (!performed.ok) return { refused: (performed.refusal as { rule?: string }).rule ?? performed.refusal.kind };
  const { value } = performed;
  return {
    dryRun: value.dryRun ?? false,
    needsProposal: value.needsProposal ?? false,
    changes: value.projected?.changes.map(({ event: { type } }) => ({ type })),
    proposal:
      value.projected?.proposal === undefined
        ? null
        : { code: value.projected.proposal.entity.code, status: 'WAITING' },
  };
}

type Enter = (sent: Sent) => Promise<Answered>;

/** Each way by which a mutation can come in. A new one is a new row. */
export const entriesInto = (api: () => TestApi): readonly (readonly [string, Enter])[] => [
  [
    'POST /graphql',
    async (sent) => {
      const variables = { input: sent.input, dryRun: sent.dryRun ?? false };
      return answered(await api().ask(documentOf(sent), variables, await api().token(sent.person)), sent.mutation);
    },
  ],
  ...TRANSPORTS.map((transport): [string, Enter] => [transport, (sent) => overTransport(api(), transport)(sent)]),
  ['the one way to act', (sent) => byPerform(api(), sent)],
];
