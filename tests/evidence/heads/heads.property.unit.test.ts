import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { GrowingHeads, HeadChange } from '../../../src/evidence/heads/growing-heads';
import { HeadProof, Heads } from '../../../src/evidence/heads/heads';
import { headsText, parseHeads } from '../../../src/evidence/heads/heads-note';
import { entitiesRoot, isHeadProven } from '../../../src/evidence/heads/verify-head';
import { parseCheckpoint } from '../../../src/evidence/notes/checkpoint';
import { UnsoundEvidence } from '../../../src/evidence/unsound';
import { runs } from '../../support/property';
import { naiveRoot } from './naive-map';

const sha256 = (text: string) => createHash('sha256').update(text).digest();
const departments = ['D1', 'D2', 'D3'];
const streams = ['mingjian-budget-1', 'mingjian-budget-2', 'mingjian-task-1', 'mingjian-task-2'];
const changes = fc
  .array(fc.tuple(fc.constantFrom('D1', 'D2'), fc.constantFrom(...streams.slice(0, 3))), { maxLength: 30 })
  .map((pairs) =>
    pairs.map(([department, stream], at): HeadChange => ({ department, stream, leafHash: sha256(String(at)) })),
  );

/** The definition in docs/protocol/evidence.md, written out. */
function naiveHeads(all: readonly HeadChange[]): Buffer {
  return naiveRoot(
    [...new Set(all.map(({ department }) => department))].map((code) => {
      const own = all.filter(({ department }) => department === code);
      const names = [...new Set(own.map(({ stream }) => stream))];
      const root = naiveRoot(
        names.map((name) => {
          const ofEntity = own.filter(({ stream }) => stream === name);
          const last = ofEntity.at(-1)!.leafHash.toString('base64');
          return [sha256(name), sha256(`{"changes":"${ofEntity.length}","lastLeaf":"${last}"}`)];
        }),
      ).toString('base64');
      return [sha256(code), sha256(`{"entities":"${names.length}","entitiesRoot":"${root}"}`)];
    }),
  );
}

const growing = (all: readonly HeadChange[]): GrowingHeads => {
  const heads = new GrowingHeads();
  for (const change of all) heads.add(change);
  return heads;
};

const headsOf = (all: readonly HeadChange[]): Heads => growing(all).now;

test('the root is that of the definition, whenever it is asked for', () => {
  fc.assert(
    fc.property(changes, fc.nat(), (all, middle) => {
      const heads = growing(all.slice(0, middle % (all.length + 1)));
      const before = heads.now;
      expect(before.rootHash).toEqual(naiveHeads(all.slice(0, middle % (all.length + 1))));
      for (const change of all.slice(middle % (all.length + 1))) heads.add(change);
      expect(heads.now.rootHash).toEqual(naiveHeads(all));
      expect(before.rootHash).toEqual(naiveHeads(all.slice(0, middle % (all.length + 1))));
    }),
    runs(100),
  );
});

test('proves the head of each entity, and which entities and departments there are not', () => {
  fc.assert(
    fc.property(changes, (all) => {
      const heads = headsOf(all);
      for (const code of departments) {
        for (const stream of streams) {
          const own = all.filter((change) => change.department === code && change.stream === stream);
          const proof = heads.prove(code, stream);
          expect(proof.entity).toEqual(
            own.length === 0 ? undefined : { changes: BigInt(own.length), lastLeaf: own.at(-1)!.leafHash },
          );
          expect(isHeadProven(heads.rootHash, code, stream, proof)).toBe(true);
          for (const wrong of lies(proof)) expect(isHeadProven(heads.rootHash, code, stream, wrong)).toBe(false);
        }
      }
    }),
    runs(20),
  );
});

function* lies(proof: HeadProof): Iterable<HeadProof> {
  const { department, entity } = proof;
  if (entity !== undefined) {
    yield { ...proof, entity: { ...entity, changes: entity.changes - 1n } };
    yield { ...proof, entity: { ...entity, lastLeaf: sha256('another') } };
    yield { ...proof, entity: undefined };
  }
  if (department !== undefined) {
    yield { ...proof, department: { ...department, entities: department.entities + 1n } };
    yield { ...proof, department: undefined };
    yield { ...proof, entityPath: undefined };
  } else {
    yield { ...proof, entity: { changes: 1n, lastLeaf: sha256('invented') } };
    yield { ...proof, department: { entities: 1n, entitiesRoot: sha256('invented') } };
  }
}

test('whoever has all entities of a department can compute its root', () => {
  fc.assert(
    fc.property(changes, (all) => {
      const heads = headsOf(all);
      const { department } = heads.prove('D1', streams[0]!);
      const entities = heads.entitiesOf('D1');
      if (department !== undefined) expect(entitiesRoot(entities)).toEqual(department.entitiesRoot);
      expect(BigInt(entities.size)).toBe(department?.entities ?? 0n);
    }),
    runs(20),
  );
});

describe('the note of the heads', () => {
  const note = { origin: 'ledger.example', treeSize: 8n, rootHash: sha256('') };
  const text = headsText(note);

  test('has a title, the origin, the size and the root', () => {
    expect(text).toBe('mingjian heads v1\nledger.example\n8\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n');
    expect(parseHeads(text)).toEqual(note);
  });

  test('is never read as a checkpoint', () => {
    expect(() => parseCheckpoint(text)).toThrow(UnsoundEvidence);
    const numbered = headsText({ ...note, origin: '8' });
    expect(() => parseCheckpoint(numbered)).toThrow(UnsoundEvidence);
  });

  test.each(['', 'ledger.example\n8\n', text.replace('v1', 'v2'), `${text}more\n`, text.replace('ledger.example', '')])(
    'is not %j',
    (other) => {
      expect(() => parseHeads(other)).toThrow(UnsoundEvidence);
    },
  );
});
