import { createHash } from 'node:crypto';
import { addedBy, factsAt, sumOf } from '../../web/src/blame/facts';
import { formulaAt } from '../../web/src/blame/formula';
import { codedPath, numberedPath, pathOf, valueAt } from '../../web/src/blame/paths';
import { rootOf } from '../../web/src/blame/proof-check';
import { changeAt } from '../../web/src/blame/value-change';

describe('paths', () => {
  test('name an item of a list by its code, whatever the code contains', () => {
    const path = pathOf('lines', 'A/~1', 'executed');
    expect(path).toBe('/lines/A~1~01/executed');
    expect(valueAt({ lines: [{ code: 'B' }, { code: 'A/~1', executed: '1.00' }] }, path)).toBe('1.00');
    expect(valueAt({ lines: [] }, path)).toBeUndefined();
    expect(valueAt({ latest: null }, '/latest/value')).toBeUndefined();
  });

  test('get the number of the item from the fields of the entity', () => {
    const fields = [
      { path: '/executed', value: '3.00' },
      { path: '/lines/0/code', value: 'A' },
      { path: '/lines/0/executed', value: '1.00' },
      { path: '/lines/1/code', value: 'B' },
      { path: '/lines/1/executed', value: '2.00' },
    ];
    expect(numberedPath(fields, '/lines/B/executed')).toBe('/lines/1/executed');
    expect(numberedPath(fields, '/executed')).toBe('/executed');
    expect(numberedPath(fields, '/lines/C/executed')).toBeUndefined();
    expect(codedPath(fields, '/lines/1/executed')).toBe('/lines/B/executed');
    expect(codedPath(fields, '/executed')).toBe('/executed');
    // An address may say anything.
    for (const path of ['/(/B', '/.*/B/executed', '/constructor/B', '', '/', '//'])
      expect([undefined, path]).toContain(numberedPath(fields, path));
  });
});

describe('what a change says about a figure', () => {
  test('is at its path, at the number of its item, or in a list that changed as a whole', () => {
    const fields = [{ path: '/lines/1/executed', before: '1.00', after: '2.00' }];
    expect(changeAt(fields, '/lines/B/executed', '/lines/1/executed')).toEqual({ before: '1.00', after: '2.00' });
    expect(changeAt(fields, '/lines/A/executed', '/lines/0/executed')).toBeUndefined();
    const grown = [
      {
        path: '/lines',
        before: [{ code: 'A', executed: '1.00' }],
        after: [
          { code: 'A', executed: '1.00' },
          { code: 'B', executed: '5.00' },
        ],
      },
    ];
    expect(changeAt(grown, '/lines/A/executed')).toBeUndefined();
    expect(changeAt(grown, '/lines/B/executed')).toEqual({ before: null, after: '5.00' });
  });

  test('counts what was in an object that was nothing before', () => {
    const fields = [{ path: '/latest', before: null, after: { value: '97.4' } }];
    expect(changeAt(fields, '/latest/value')).toEqual({ before: null, after: '97.4' });
    expect(changeAt([], '/latest/value')).toBeUndefined();
  });
});

describe('the facts that an amount is the sum of', () => {
  test('are of the kinds that the amount counts, of the whole budget or of one line', () => {
    expect(factsAt('/executed')).toEqual({ kinds: ['EXPENDITURE', 'REVERSAL', 'REFUND'] });
    expect(factsAt('/lines/CLOUD/opening')).toEqual({ kinds: ['OPENING'], line: 'CLOUD' });
    expect(factsAt('/revised')).toBeUndefined();
    expect(factsAt('/lines/CLOUD/name')).toBeUndefined();
    for (const path of ['/constructor', '/toString', '/lines/A/valueOf', '']) expect(factsAt(path)).toBeUndefined();
  });

  test('add and take: a transfer takes from one line and gives to the other', () => {
    const transfer = { kind: 'TRANSFER', line: 'A', toLine: 'B', amount: '300.00' } as const;
    expect([addedBy(transfer), addedBy(transfer, 'A'), addedBy(transfer, 'B')]).toEqual([0n, -30_000n, 30_000n]);
    const paid = { kind: 'EXPENDITURE', line: 'A', amount: '120.05' } as const;
    const back = { kind: 'REVERSAL', line: 'A', amount: '20.06' } as const;
    expect(sumOf([paid, back, { ...back, kind: 'REFUND' }])).toBe(7_993n);
  });
});

test('a figure that is computed from others names them, beside it', () => {
  expect(formulaAt('BUDGET', '/revised')).toEqual({ operator: '+', left: '/opening', right: '/adjustment' });
  expect(formulaAt('BUDGET', '/lines/A~1B/executionRate')).toEqual({
    operator: '÷',
    left: '/lines/A~1B/executed',
    right: '/lines/A~1B/revised',
  });
  expect(formulaAt('BUDGET', '/opening')).toBeUndefined();
  expect(formulaAt('BUDGET', '/constructor')).toBeUndefined();
  expect(formulaAt('TASK', '/remaining')).toBeUndefined();
});

describe('the proof of a leaf', () => {
  const sha256 = (...parts: readonly Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
  const leaves = Array.from({ length: 20 }, (_, index) => sha256(Buffer.from([0, index])));
  const nodeOf = (left: Buffer, right: Buffer): Buffer => sha256(Buffer.from([1]), left, right);
  /** The largest power of two below the size. */
  const splitOf = (size: number): number => 2 ** Math.floor(Math.log2(size - 1));
  /** RFC 9162, 2.1.1 */
  const rootOver = (hashes: readonly Buffer[]): Buffer => {
    const [only] = hashes;
    if (hashes.length === 1) return only!;
    const split = splitOf(hashes.length);
    return nodeOf(rootOver(hashes.slice(0, split)), rootOver(hashes.slice(split)));
  };
  /** RFC 9162, 2.1.3.1 */
  const pathTo = (index: number, hashes: readonly Buffer[]): readonly Buffer[] => {
    if (hashes.length === 1) return [];
    const split = splitOf(hashes.length);
    const [left, right] = [hashes.slice(0, split), hashes.slice(split)];
    return index < split
      ? [...pathTo(index, left), rootOver(right)]
      : [...pathTo(index - split, right), rootOver(left)];
  };
  const proofOf = (index: number, size: number) => ({
    leafHash: leaves[index]!.toString('base64'),
    leafIndex: String(index),
    treeSize: String(size),
    hashes: pathTo(index, leaves.slice(0, size)).map((hash) => hash.toString('base64')),
  });

  test('leads to the root of the tree, for every leaf of trees of every size', async () => {
    for (let size = 1; size <= leaves.length; size++) {
      const root = rootOver(leaves.slice(0, size)).toString('base64');
      for (let index = 0; index < size; index++) expect(await rootOf(proofOf(index, size))).toBe(root);
    }
  });

  test('leads to no root, or to another one, if a part of it is not right', async () => {
    const proof = proofOf(5, 11);
    const root = rootOver(leaves.slice(0, 11)).toString('base64');
    const others = [
      { ...proof, leafIndex: '6' },
      { ...proof, leafIndex: '11' },
      { ...proof, leafHash: leaves[6]!.toString('base64') },
      { ...proof, hashes: proof.hashes.slice(1) },
      { ...proof, hashes: [...proof.hashes, proof.hashes[0]!] },
      { ...proof, hashes: [...proof.hashes].reverse() },
    ];
    for (const other of others) expect(await rootOf(other)).not.toBe(root);
  });
});
