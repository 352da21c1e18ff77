import { setTimeout as pause } from 'node:timers/promises';
import { ask, Client } from '../soak/client';
import type { Attack } from './attacks';

/** Attacks on the addresses beside the API: files that are made, files that are read, the tree, and the witness. */

const AT_ONCE = 60;
const LONGEST_MS = 20_000;
/** The department that the load writes to. */
const FISCAL_YEAR = new Date().getFullYear();
const YEAR = `D/${FISCAL_YEAR}`;
/** Answered, refused, or turned away because too many ask. Never a fault of the server. */
const HELD = /^(?!.*\b(500|502|failed|INTERNAL_SERVER_ERROR)\b)/;

/** What the server answered to many requests at the same time: `200 x 8, 503 x 52`. */
async function outcomes(count: number, request: (index: number) => Promise<number | string>): Promise<string> {
  const counts = new Map<string, number>();
  await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const outcome = String(await request(index).catch((error: unknown) => `failed: ${String(error)}`));
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    }),
  );
  return [...counts].map(([outcome, times]) => `${outcome} x ${times}`).join(', ');
}

const headersOf = ({ token }: Client, more: Readonly<Record<string, string>> = {}) => ({
  authorization: `Bearer ${token}`,
  ...more,
});

async function status(client: Client, path: string, request: RequestInit = {}): Promise<number> {
  const response = await fetch(`${client.address}${path}`, {
    headers: headersOf(client),
    signal: AbortSignal.timeout(LONGEST_MS),
    ...request,
  });
  await response.arrayBuffer();
  return response.status;
}

const reading = (name: string, path: (index: number) => string, count = AT_ONCE): Attack => ({
  name: `${count} ${name}`,
  expected: HELD,
  run: (client) => outcomes(count, (index) => status(client, path(index))),
});

const leaving: Attack = {
  name: `${AT_ONCE} evidence files whose readers leave at the first byte`,
  expected: HELD,
  run: (client) =>
    outcomes(AT_ONCE, async () => {
      const leave = new AbortController();
      const answer = await fetch(`${client.address}/evidence/department-year/${YEAR}`, {
        headers: headersOf(client),
        signal: leave.signal,
      });
      leave.abort();
      return answer.status;
    }),
};

const longAccept: Attack = {
  name: '200 exports with an Accept header of 15 KB',
  expected: HELD,
  run: (client) =>
    outcomes(200, () =>
      status(client, '/changes?limit=1', { headers: headersOf(client, { accept: 'a/b;q=0.1,'.repeat(1_500) }) }),
    ),
};

const witness = (name: string, body: string): Attack => ({
  name: `200 requests to the witness: ${name}`,
  expected: HELD,
  run: ({ address }) =>
    outcomes(200, () => status({ address, token: '' }, '/witness/add-checkpoint', { method: 'POST', body })),
});

const NOTE = `old 0\n\nlog.example/attack\n5\n${Buffer.alloc(32).toString('base64')}\n\n`;
const SIGNATURE = `— log.example/attack ${Buffer.alloc(68, 1).toString('base64')}\n`;

const importing = (name: string, file: Uint8Array<ArrayBuffer>, fileName: string): Attack => ({
  name: `12 imports of ${name}`,
  expected: HELD,
  run: (client) =>
    outcomes(12, () => {
      const body = new FormData();
      body.set('file', new Blob([file]), fileName);
      return status(client, '/imports', { method: 'POST', body });
    }),
});

const proofs = (name: string, query: string): Attack => ({
  name: `20 requests for ${name}`,
  expected: HELD,
  run: (client) =>
    outcomes(20, async () => {
      const { status: answered, codes } = await ask(client, { query }, AbortSignal.timeout(LONGEST_MS));
      return `${answered} ${codes[0] ?? 'answered'}`;
    }),
});

const aliases = Array.from(
  { length: 90 },
  (_, n) => `c${n}: consistencyProof(first: "${n + 1}", second: "${n + 500}") { hashes }`,
);

/** They need points, which the attack before has spent. */
const recovering: Attack = {
  name: '(time for the points of the attacker)',
  expected: /^nothing$/,
  run: async () => {
    await pause(5_000);
    return 'nothing';
  },
};

export const entries: readonly Attack[] = [
  reading('evidence files of a year of a department', () => `/evidence/department-year/${YEAR}`),
  reading('pages of evidence', () => `/evidence/department-year/${YEAR}?form=html`),
  leaving,
  recovering,
  reading('evidence files, each with a size of its own', (n) => `/evidence/change/1?keptSize=${n + 1}`),
  reading('proofs of a change', (n) => `/evidence/change/${n + 1}.tlog-proof`, 200),
  reading('tiles whose path is 12 KB long', () => `/tile/0/${'x999/'.repeat(2_400)}000`, 200),
  reading('forms', () => `/forms/department/${YEAR}.xlsx`, 40),
  reading('reports', () => `/reports/evaluation/${YEAR}.docx`, 40),
  recovering,
  longAccept,
  witness('64 KB of rubbish', 'x'.repeat(65_000)),
  witness('64 signatures of strangers', NOTE + SIGNATURE.repeat(64)),
  importing('4 MB of commas', new Uint8Array(4_000_000).fill(0x2c), 'a.csv'),
  importing('4 MB that are no workbook', new Uint8Array(4_000_000).fill(0xd0), 'a.xls'),
  proofs('90 proofs that the tree only grew', `{ ledger { ${aliases.join(' ')} } }`),
  proofs(
    '100 inclusion proofs',
    `{ budget(department: "D", fiscalYear: ${FISCAL_YEAR}) { history(first: 100) { nodes { leafHash inclusionProof { hashes checkpoint { note } } } } } }`,
  ),
  proofs('the record of reads', '{ reads(first: 100) { nodes { operation departments fields } } }'),
];
