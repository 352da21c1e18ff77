import { Change, LogPoint, pointAfter } from '../../../src/read-model/change';
import { DocumentKey, documentKey, ProjectedChange, Version } from '../../../src/read-model/temporal-store';
import { anEvent } from '../../support/events';

/** The short form of a change in a test. */
export interface Step {
  readonly position: bigint;
  readonly recordedAt?: number;
  /** Codes of the documents that it changes. The first one is the entity's own document. */
  readonly documents?: readonly string[];
  readonly members?: Readonly<Record<string, readonly string[]>>;
}

export const keyOf = (code: string): DocumentKey => documentKey('BUDGET', code);

/** Makes changes like a projector: sequences without a gap, and consecutive revisions in each document. */
export class Script {
  private sequence = 0n;
  private readonly revisions = new Map<string, number>();

  next({ position, recordedAt = Number(this.sequence), documents = [], members = {} }: Step): ProjectedChange {
    const [own = 'D1.2023'] = documents;
    const change: Change = {
      event: {
        ...anEvent({ data: { memo: '支付十一月软件采购款', amount: '9689.88' } }),
        stream: `mingjian-budget-${own}`,
        revision: BigInt(this.revisions.get(own) ?? 0),
        position,
        storedAt: recordedAt - 5,
      },
      entity: { entityType: 'BUDGET', code: own },
      department: 'D1',
      fiscalYear: 2023,
      sequence: ++this.sequence,
      recordedAt,
    };
    return {
      change,
      documents: documents.map((code, index) => {
        const revision = (this.revisions.get(code) ?? 0) + 1;
        this.revisions.set(code, revision);
        return { key: keyOf(code), revision, state: stateOf(code, position), carriesChange: index === 0 };
      }),
      members: Object.entries(members).flatMap(([collection, codes]) => codes.map((code) => ({ collection, code }))),
    };
  }

  all(steps: readonly Step[]): ProjectedChange[] {
    return steps.map((step) => this.next(step));
  }
}

/** Every kind of JSON value. */
const stateOf = (code: string, position: bigint) => ({
  code,
  name: '市政务服务和数据管理局 “一网通办”\n𠮷',
  at: position.toString(),
  amount: '96898800.00',
  goals: ['线上线下融合', ''],
  closed: false,
  retired: null,
  weight: 1.5,
  lines: [{ nothing: {} }, []],
});

/** The versions of a document that a batch makes. */
export const versionsOf = (code: string, batch: readonly ProjectedChange[]): Version[] =>
  batch.flatMap(({ change, documents }) =>
    documents
      .filter(({ key }) => key === keyOf(code))
      .map(({ revision, state, carriesChange }) => {
        const version = { position: change.event.position, revision, state };
        return carriesChange ? { ...version, change } : version;
      }),
  );

export const changesOf = (batch: readonly ProjectedChange[]): Change[] => batch.map(({ change }) => change);

export const cutOf = (projected: ProjectedChange): LogPoint => pointAfter(projected.change);

/** For each position: the one before it, itself, and the one after it. */
export const around = (positions: readonly bigint[]): bigint[] =>
  positions.flatMap((position) => [position - 1n, position, position + 1n]);
