import { Decider } from '../../src/command-handling/decider';
import { CorruptLedger } from '../../src/kernel/outage';
import { Refusal } from '../../src/kernel/refusal';
import { readInstant } from '../../src/kernel/time';
import { calendar, Command, done, FULL, NOW, P1, P2, PurseLedger, purses, refusal, Purse } from './purse-ledger';

/** 16 bytes in base64. */
const SALT = /^[A-Za-z0-9+/]{22}==$/;

let ledger: PurseLedger;
beforeEach(async () => {
  ledger = await PurseLedger.open();
});
afterEach(() => ledger.close());

describe('a recorded command', () => {
  test('is at the position in the answer, with everything that is known about its origin', async () => {
    await ledger.openPurse();
    const evidence = [{ uri: 'urn:a', sha256: 'ab', title: '批复' }, { uri: 'urn:b' }];
    const result = await ledger.add([5, 6], {
      idempotencyKey: 'key-1',
      effectiveAt: readInstant('2023-03-01T00:00:00.000Z'),
      reason: '调整',
      documentNo: '2023-1',
      evidence,
      causationId: 'cause-1',
    });
    const [, first, second] = await ledger.events();

    expect(done(result)).toEqual({ id: second!.id, position: second!.position, changes: 2, isRepeated: false });
    expect(first).toMatchObject({ type: 'CoinsAdded', data: { coins: 5 }, revision: 1n });
    expect(second).toMatchObject({ type: 'CoinsAdded', data: { coins: 6 }, revision: 2n });
    for (const [index, event] of [first, second].entries()) {
      expect(event!.metadata).toEqual({
        schemaVersion: 2,
        effectiveAt: '2023-03-01T00:00:00.000Z',
        actor: { sub: 'u-1', name: '张编辑' },
        reason: '调整',
        documentNo: '2023-1',
        evidence,
        $correlationId: 'request-1',
        $causationId: 'cause-1',
        idempotencyKey: 'key-1',
        fingerprint: expect.stringMatching(/^[\w-]{43}$/) as string,
        commandPart: { number: index + 1, of: 2 },
        salt: expect.stringMatching(SALT) as string,
      });
    }
    expect(first!.id).not.toBe(second!.id);
  });

  test('is effective now by default, and leaves out what was not given', async () => {
    await ledger.openPurse();
    const [event] = await ledger.events();
    expect(event!.metadata).toEqual({
      schemaVersion: 1,
      effectiveAt: NOW,
      actor: { sub: 'u-1', name: '张编辑' },
      $correlationId: 'request-1',
      salt: expect.stringMatching(SALT) as string,
    });
  });

  test('has a salt of its own', async () => {
    await ledger.openPurse();
    await ledger.add([1, 2]);
    expect(new Set((await ledger.events()).map(({ metadata }) => metadata.salt)).size).toBe(3);
  });

  test('has new ids each time if there is no key', async () => {
    await ledger.openPurse();
    await ledger.add(1);
    await ledger.add(1);
    expect(new Set((await ledger.events()).map(({ id }) => id)).size).toBe(3);
  });

  test('is decided with the time, the reason and the calendar', async () => {
    await ledger.openPurse({ effectiveAt: 5, reason: '新设' });
    expect(ledger.contexts).toMatchObject([{ effectiveAt: 5, now: readInstant(NOW), reason: '新设', calendar }]);
    await ledger.add(1);
    expect(ledger.contexts[1]).toMatchObject({ effectiveAt: readInstant(NOW), reason: undefined });
  });

  test('adds nothing if it is refused', async () => {
    await ledger.openPurse();
    expect(refusal(await ledger.add(FULL + 1))).toMatchObject({ kind: 'RULE_VIOLATION' });
    expect(await ledger.events()).toHaveLength(1);
    expect(ledger.appends).toBe(1);
  });
});

describe('a command is checked in this order', () => {
  const denied: Refusal = { kind: 'FORBIDDEN', message: 'not yours' };
  const WRONG = { authorize: () => denied, idempotencyKey: 'used', expectedRevision: 7 };

  beforeEach(async () => {
    await ledger.openPurse({ idempotencyKey: 'used' });
  });

  test('a caller that may not write learns nothing about the entity: not its key, its revision, its existence or its rules', async () => {
    expect(await ledger.openPurse(WRONG)).toEqual({ ok: false, refusal: denied });
    expect(await ledger.openPurse({ authorize: () => denied })).toEqual({ ok: false, refusal: denied });
    expect(await ledger.add(FULL + 1, WRONG)).toEqual({ ok: false, refusal: denied });
    expect(await ledger.add(FULL + 1, { authorize: () => denied, expectedRevision: 7 })).toEqual({
      ok: false,
      refusal: denied,
    });
    expect(await ledger.add(FULL + 1, { authorize: () => denied })).toEqual({ ok: false, refusal: denied });
  });

  test('authorisation is asked about the department that the command concerns', async () => {
    const asked: string[] = [];
    const authorize = (department: string): Refusal | undefined => {
      asked.push(department);
      return undefined;
    };
    await ledger.add(1, { authorize });
    await ledger.openPurse({ authorize, entity: P2 });
    await ledger.add(1, { authorize, entity: { entityType: 'TASK', code: 'P3' } });
    // Strictly: toEqual takes no notice of an undefined item.
    expect(asked).toStrictEqual(['D1', 'D1']);
  });

  test('a command is not accepted if its decider names no department, because nobody was asked', async () => {
    const decider: Decider<Purse, Command> = { ...purses, departmentOf: () => undefined };
    await expect(ledger.add(1, { decider })).rejects.toThrow('add of P1 was accepted for no department');
    expect(await ledger.coins()).toBe(0);
  });

  test('the key is checked before the expected revision', async () => {
    expect(done(await ledger.openPurse({ idempotencyKey: 'used', expectedRevision: 7 })).changes).toBe(1);
    expect(refusal(await ledger.add(1, { idempotencyKey: 'used', expectedRevision: 7 }))).toEqual({
      kind: 'CONFLICT',
      message: 'The idempotency key was used for another command on P1',
    });
  });

  test('the expected revision is checked before existence', async () => {
    const expectedRevision = 7;
    expect(refusal(await ledger.openPurse({ expectedRevision }))).toMatchObject({
      kind: 'CONFLICT',
      expectedRevision,
      currentRevision: 1,
    });
    expect(refusal(await ledger.add(1, { expectedRevision, entity: P2 }))).toMatchObject({
      kind: 'CONFLICT',
      expectedRevision,
      currentRevision: 0,
    });
    expect(refusal(await ledger.add(1, { entity: P2 }))).toMatchObject({ kind: 'NOT_FOUND' });
  });

  test('the expected revision is checked before the rules', async () => {
    expect(refusal(await ledger.add(FULL + 1, { expectedRevision: 7 }))).toMatchObject({ kind: 'CONFLICT' });
    expect(refusal(await ledger.add(FULL + 1, { expectedRevision: 1 }))).toMatchObject({ kind: 'RULE_VIOLATION' });
  });
});

describe('one process', () => {
  test('decides 50 commands on one entity one after the other, and appends them together', async () => {
    await ledger.openPurse();
    const results = await Promise.all(Array.from({ length: 50 }, () => ledger.add(0)));
    const positions = results.map((result) => done(result).position);
    expect(positions).toEqual(positions.toSorted((a, b) => Number(a - b)));
    expect(ledger.appends).toBe(2);
  });

  test('runs commands on different entities concurrently', async () => {
    await ledger.openPurse();
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    ledger.onAppend = (stream) => (stream.endsWith(P1.code) ? gate : undefined);
    const blocked = ledger.add(1);
    expect((await ledger.openPurse({ entity: P2 })).ok).toBe(true);
    release();
    expect((await blocked).ok).toBe(true);
  });

  test('reads only the events of an entity that are newer than its cache', async () => {
    const reads: bigint[] = [];
    await ledger.openPurse();
    await ledger.add(1);
    await ledger.add(2, {}, ledger.newHandler());
    ledger.onRead = (_stream, from) => reads.push(from);
    await ledger.add(3);
    await ledger.add(4);
    expect(reads).toEqual([1n, 3n]);
    expect(await ledger.coins()).toBe(10);
  });

  test('caches few entities, and loads the others again', async () => {
    const small = ledger.newHandler(1);
    await ledger.openPurse({ entity: P1, idempotencyKey: 'key' }, small);
    await ledger.openPurse({ entity: P2 }, small);
    const reads: string[] = [];
    ledger.onRead = (stream, from) => reads.push(`${stream} ${from}`);
    await ledger.add(FULL, { entity: P1 }, small);
    await ledger.add(FULL, { entity: P2 }, small);
    expect(refusal(await ledger.add(1, { entity: P1 }, small))).toMatchObject({ kind: 'RULE_VIOLATION' });
    expect(reads).toEqual(['mingjian-task-P1 0', 'mingjian-task-P2 0', 'mingjian-task-P1 0']);
    expect(done(await ledger.openPurse({ entity: P1, idempotencyKey: 'key' }, small)).changes).toBe(1);
  });

  test('keeps no room in the cache for what does not exist', async () => {
    const small = ledger.newHandler(1);
    await ledger.openPurse({ entity: P1 }, small);
    await ledger.add(1, { entity: P1 }, small);
    expect(refusal(await ledger.add(1, { entity: P2 }, small))).toMatchObject({ kind: 'NOT_FOUND' });
    const reads: bigint[] = [];
    ledger.onRead = (_stream, from) => reads.push(from);
    await ledger.add(1, { entity: P1 }, small);
    expect(reads).toEqual([1n]);
  });

  test('does not cache a stream that it could not fold to its end', async () => {
    await ledger.openPurse();
    await ledger.addBehindTheBack(1, 0n);
    const failing: Decider<Purse, Command> = {
      ...purses,
      evolve: (purse, event) => {
        if (event.type === 'CoinsAdded') throw new CorruptLedger('cannot be read');
        return purses.evolve(purse, event);
      },
    };
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(ledger.add(1, { decider: failing })).rejects.toThrow(CorruptLedger);
    }
    expect((await ledger.add(1)).ok).toBe(true);
    expect(await ledger.coins()).toBe(2);
  });
});

describe('a reference', () => {
  const missing: Command = { kind: 'open', department: 'D2' };

  test('must exist', async () => {
    expect(refusal(await ledger.handler.execute(ledger.request(missing)))).toMatchObject({ kind: 'NOT_FOUND' });
  });

  test('that did not exist is looked up again', async () => {
    await ledger.handler.execute(ledger.request(missing));
    await ledger.register('D2');
    expect((await ledger.handler.execute(ledger.request(missing))).ok).toBe(true);
  });

  test('that exists is not looked up again, because nothing is ever deleted', async () => {
    await ledger.openPurse();
    const read: string[] = [];
    ledger.onRead = (stream) => read.push(stream);
    await ledger.openPurse({ entity: P2 });
    expect(read).toEqual(['mingjian-task-P2']);
  });

  test('must be an entity of its own type', async () => {
    await ledger.openPurse();
    const named: Command = { kind: 'open', department: 'P1' };
    expect(refusal(await ledger.handler.execute(ledger.request(named, { entity: P2 })))).toMatchObject({
      kind: 'NOT_FOUND',
    });
  });
});

test('a code is in use also if the caller may not see by what', async () => {
  await ledger.openPurse();
  await ledger.register('D2');
  const request = ledger.request({ kind: 'open', department: 'D2' }, { sees: (home) => home === 'D2' });
  const opened = await ledger.recorded(request);
  expect(refusal(opened)).toEqual({ kind: 'CONFLICT', message: 'P1 is in use already' });
  expect(await ledger.events()).toHaveLength(1);
});
