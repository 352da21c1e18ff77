// Prints what each role may do, from the table of the built program, to docs/policy.md; with --check, only says whether the committed
// file is up to date.
import { createRequire } from 'node:module';
import { writeOrCheck } from './printed-file.mjs';

const require = createRequire(import.meta.url);
const {
  BY_RIGHT_OF,
  ON_PROPOSALS,
  DEFAULT_RIGHTS,
  READING_RIGHTS,
  WATCHING_ROLES,
  WRITING_RIGHTS,
} = require('../dist/auth/rights.js');
const { ROLES, ROLES_THAT_READ_ALL } = require('../dist/auth/principal.js');

const code = (text) => `\`${text}\``;
const row = (cells) => `| ${cells.join(' | ')} |`;
const rowOf = (right) =>
  row([code(right), ...ROLES.map((role) => (DEFAULT_RIGHTS[right].includes(role) ? 'own' : '–'))]);

const table = (what, rights) =>
  [row([what, ...ROLES.map(code)]), row(['---', ...ROLES.map(() => ':-:')]), ...rights.map(rowOf)].join('\n');

const correction = ([action, rights]) => row([code(action), rights.map(code).join(', ')]);

const printed = `# What each role may do (权限表)

This page is printed from [src/auth/rights.ts](../src/auth/rights.ts), the one table of rights: \`npm run build && npm run policy\`.

- **own (本部门)**: in the departments that the token names. For reading these are \`readDepartments\`, for writing \`departments\`
  ([tokens](api.md#tokens)).
- **–**: never. In other departments no role may do anything (对其他部门均无权限).

A token may carry several roles, and has the rights of all of them. But ${WATCHING_ROLES.map(code).join(' and ')} only watch: a token with one of them never
writes, whatever other roles it has. A caller without the right is refused with \`FORBIDDEN\`.

## Reading (读取)

${table('right', READING_RIGHTS)}

- If a token has neither \`readDepartments\` nor \`departments\`, ${ROLES_THAT_READ_ALL.map(code).join(', ')} read all departments, and
  the other roles none.
- \`readFigures\`: figures, texts, the names of departments, history and the change feed.
- \`readDetails\`: payees, payers, memos, the names of persons, and what clients sent.
- \`readReads\`: who read what ([api.md](api.md#who-read-what)). It needs \`readDetails\` too, because it names persons. No file gives it to \`analyst\`.
- \`manageWebhooks\`: to have changes sent to other systems ([webhooks.md](webhooks.md)), which get what the subscriber may read. It counts as writing: roles that only
  watch never have it.

## Writing (写入)

The name of an action is the name of its mutation. A dry run needs the same right.

${table('action', WRITING_RIGHTS)}

## Several facts at once, corrections and reversals (批量、更正与冲销)

Whoever may record a fact may also record several at once, correct it and reverse it. These actions need the right of another action. If there
are several, the fact that is corrected decides which one: the correction of a reduction needs the right to reduce, that of an expenditure the
right to record one.

| action | needs the right of |
|---|---|
${Object.entries(BY_RIGHT_OF).map(correction).join('\n')}

## Changing the rights

\`POLICY_FILE\` names a JSON file that gives rights to roles (\`allow\`) or takes them away (\`deny\`). This one lets \`finance\` record expenditures, and with
that correct and reverse them; takes reductions from \`finance\`; and shows analysts the details:

\`\`\`json
{
  "finance": { "allow": ["recordExpenditure"], "deny": ["reduceBudget"] },
  "analyst": { "allow": ["readDetails"] }
}
\`\`\`

- The names are the rights of the two tables above. \`readFigures\` cannot be changed.
- ${WATCHING_ROLES.map(code).join(' and ')} cannot get a right to write.
- The server reads the file when it starts. If the file names what there is not, or names a role twice, the server does not start, and says
  what is wrong.
- All servers of one ledger need the same file.

## Proposals (提议)

${ON_PROPOSALS.map(code).join(', ')}: whoever confirms or rejects a proposal needs the right to its command, and is not who proposed it
([four-eyes.md](four-eyes.md)). Who proposed it may withdraw it. When it is confirmed, the right of who proposed it is judged again, by the
roles and departments of the token that he proposed it with.

## Own submissions (本人提交)

Nobody confirms or publishes an evaluation that he submitted, whatever roles he has: the rule \`OWN_SUBMISSION\`. It compares the \`sub\` of the
token with that of the submission that counts.
`;

writeOrCheck('docs/policy.md', printed, 'policy');
