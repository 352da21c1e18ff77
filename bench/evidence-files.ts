import { OrderedEvent } from '../src/evidence/files/evidence-file';
import { EvidenceChecker } from '../src/proving/checker';
import { MemoryTemporalStore } from '../src/read-model/adapters/memory';
import { parseMoment } from '../src/kernel/time';
import { FACTS, logOf, TERMS } from '../tests/proving/ledger-of-facts';
import { POLICY, SignedLedger } from '../tests/proving/signed-ledger';
import { cpuMsOf, median, Report } from './measure';

const CHANGES = 10_000;
/** One in so many events of the ledger belongs to the budget. */
const APART = 100n;
const ROUNDS = 5;

/** The evidence of a budget of 10,000 changes, which are spread over a ledger of 1,000,000. */
export async function evidenceFiles(): Promise<Report> {
  const ledger = await SignedLedger.of(spread(), { treeSize: BigInt(CHANGES + 1) * APART });
  const at = { effectiveAt: parseMoment('2023-06-30') };
  const about = { entityType: 'BUDGET', code: 'D1.2023' };
  const checker = new EvidenceChecker(TERMS, () => new MemoryTemporalStore());
  const making: number[] = [];
  const checking: number[] = [];
  let file: Buffer = Buffer.alloc(0);
  for (let round = -1; round < ROUNDS; round++) {
    const made = await cpuMsOf(async () => {
      file = await ledger.make({ kind: 'STATE', about, at, keptSizes: [] });
    });
    const checked = await cpuMsOf(() => checker.check(file, POLICY));
    // The first round is a warm-up.
    if (round < 0) continue;
    making.push(made);
    checking.push(checked);
  }
  return [
    {
      what: 'evidence of a budget of 10,000 changes, CPU time',
      value: median(making),
      unit: 'ms',
      bound: { atMost: 2_000 },
    },
    { what: 'its size for each change', value: file.length / CHANGES, unit: 'bytes', bound: { atMost: 900 } },
    { what: 'the check of it, CPU time', value: median(checking), unit: 'ms', bound: { atMost: 3_000 } },
  ];
}

/** A department, its budget, and expenditures as clients record them. */
function spread(): readonly OrderedEvent[] {
  const [department, , , approval] = FACTS;
  const expenditures = Array.from({ length: CHANGES - 1 }, (_, at) => ({
    of: { entityType: 'BUDGET', code: 'D1.2023' },
    type: 'ExpenditureRecorded',
    data: {
      line: 'L1',
      amount: `0.${String(1 + (at % 99)).padStart(2, '0')}`,
      payee: '某软件公司',
      memo: '支付软件采购款',
    },
    on: `2023-${String(1 + (at % 12)).padStart(2, '0')}-15`,
  }));
  return logOf([department!, approval!, ...expenditures]).map(({ event, order }) => {
    const sequence = order.sequence * APART - APART + 1n;
    const recordedAt = Date.UTC(2024, 0, 1) + Number(sequence);
    const metadata = {
      ...event.metadata,
      actor: { sub: 'li', name: '李' },
      documentNo: `2023-${sequence}`,
      $correlationId: event.id,
    };
    const placed = { ...event, metadata, position: sequence, storedAt: recordedAt };
    return { event: placed, order: { sequence, recordedAt } };
  });
}
