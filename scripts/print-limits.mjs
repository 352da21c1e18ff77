// Prints the limits of the built program to docs/limits.md; with --check, only says whether the committed file is up to date.
import { createRequire } from 'node:module';
import { writeOrCheck } from './printed-file.mjs';

const require = createRequire(import.meta.url);
const {
  CACHE_BOUND_MEANINGS,
  CACHE_BOUNDS,
  DEFAULT_LIMITS,
  DEFAULT_PAGE_SIZE,
  INPUT_BOUND_MEANINGS,
  INPUT_BOUNDS,
  LIMIT_MEANINGS,
} = require('../dist/kernel/limits.js');
const { FISCAL_YEARS } = require('../dist/kernel/codes.js');
const { ANCHOR_SYNC_MS } = require('../dist/event-store/adapters/sqlite/anchor-file.js');
const { AMOUNT_LIMIT } = require('../dist/kernel/money.js');
const { VALUE_BOUNDS } = require('../dist/kernel/decimal.js');

/** A meaning is one Chinese sentence and then English ones. */
const row = (name, value, meaning) => {
  const end = meaning.indexOf('。');
  return `| \`${name}\` | ${Number.isFinite(value) ? value.toLocaleString('en') : 'off'} | ${meaning.slice(0, end)} | ${meaning.slice(end + 1)} |`;
};

const table = (values, meanings) =>
  [
    '| name | at most | 含义 | what it counts |',
    '|---|--:|---|---|',
    ...Object.entries(values).map(([name, value]) => row(name, value, meanings[name])),
  ].join('\n');

const printed = `# Limits (限制)

This page is printed from [src/kernel/limits.ts](../src/kernel/limits.ts), the one home of limits: \`npm run build && npm run limits\`.

## What a request may ask for (请求的限制)

\`ledger { limits { … } }\` reports these values. A request for more is refused with \`LIMIT_EXCEEDED\`, and \`extensions.limit\` names the
limit, unless the table says something else. Only those that name a variable are [settings](configuration.md) of the server; the table has their defaults. A page has ${DEFAULT_PAGE_SIZE} items if the request does not say how
many.

${table(DEFAULT_LIMITS, LIMIT_MEANINGS)}

## What the parts of an input may hold (输入的限制)

A value beyond one of these bounds is refused with \`BAD_USER_INPUT\`, at the path of the value, unless the table says something else.

${table(INPUT_BOUNDS, INPUT_BOUND_MEANINGS)}

Numbers and years have ranges (数值与年度的范围):

- A decimal number has at most ${VALUE_BOUNDS.integerDigits} digits before the point and ${VALUE_BOUNDS.fractionDigits} after it.
- An amount is less than ${(AMOUNT_LIMIT / 100n).toLocaleString('en')} yuan, with at most 2 decimals in yuan.
- A fiscal year is from ${FISCAL_YEARS.first} to ${FISCAL_YEARS.last}.

## What a process keeps of what it has read (缓存的限制)

What was not used for longest makes room for what is read next. [operations.md](operations.md#metrics) names the metrics.

${table(CACHE_BOUNDS, CACHE_BOUND_MEANINGS)}

## What a crash may lose (崩溃时可能丢失的内容)

On the embedded store, \`kill -9\` of the server loses nothing that was acknowledged, and no loss goes unnoticed. The anchor that shows a loss is
on disk at most ${ANCHOR_SYNC_MS} ms after a write. So after a power cut, the loss of up to ${ANCHOR_SYNC_MS} ms of writes may go unnoticed, if the disk did not keep what it
had confirmed ([backup](backup.md#what-may-be-lost)).
`;

writeOrCheck('docs/limits.md', printed, 'limits');
