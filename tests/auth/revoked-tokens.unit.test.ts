import fc from 'fast-check';
import { canBeListed, readRevocationList } from '../../src/auth/revocation-list';
import { RevokedTokens } from '../../src/auth/revoked-tokens';

test('a list has one id in a line, and comments', () => {
  const list = readRevocationList(Buffer.from('\ufeff# who left\r\n a-1 \n\n  # b\n#c\nonrtac:2\n'));
  expect(list).toEqual({ ids: ['a-1', 'onrtac:2'], problem: undefined });
});

test('a line that can be no id is a problem, but the others count', () => {
  expect(readRevocationList(Buffer.from('a\n<html lang="en">\nb'))).toEqual({
    ids: ['a', 'b'],
    problem: 'line 2 is no jti',
  });
  const [long, longer] = ['a'.repeat(16_384), 'a'.repeat(16_385)];
  expect(readRevocationList(Buffer.from(`${long}\n${longer}`))).toEqual({ ids: [long], problem: 'line 2 is no jti' });
  expect(readRevocationList(Buffer.from([0x61, 0x0a, 0xff])).problem).toBe('it is not text in UTF-8');
});

test('an id can be listed if a line with it is read as it', () => {
  const odd = fc.constantFrom(
    ' ',
    '\n',
    '\r',
    '#',
    '\t',
    '\0',
    '\u0085',
    '\u00a0',
    '\u2028',
    '\ufeff',
    '\ud800',
    '\u{1f600}',
  );
  const id = fc.array(fc.oneof(odd, fc.string({ maxLength: 2 })), { maxLength: 4 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(id, (text) => {
      expect(readRevocationList(Buffer.from(`x\n${text}\n`)).ids.includes(text)).toBe(
        canBeListed(text) || text === 'x',
      );
    }),
  );
});

test.each(['t1', 'onrtac:2', 'a#b', '张'])('%j can be listed', (id) => {
  expect(canBeListed(id)).toBe(true);
});

test.each(['', ' t1', 't1 ', 'a b', '#1', 'a\nb', '\ufefft1', 't\0', '\ud800'])('%j cannot be listed', (id) => {
  expect(canBeListed(id)).toBe(false);
});

test('who stops to wait, also twice, stops nobody else', () => {
  const revoked = new RevokedTokens();
  const [left, act] = [jest.fn(), jest.fn()];
  const stop = revoked.onRevoked('error', left);
  stop();
  revoked.onRevoked('error', act);
  stop();
  revoked.revoke(['error']);
  expect([left.mock.calls.length, act.mock.calls.length]).toEqual([0, 1]);
});

test('an id that nobody waits for can have any name', () => {
  const revoked = new RevokedTokens();
  revoked.revoke(['error', '__proto__', 'newListener']);
  expect(['error', '__proto__', 'newListener', 'constructor'].map((id) => revoked.has(id))).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

test('who waits for a token is called once, when it is revoked', () => {
  const revoked = new RevokedTokens();
  const [act, other, left] = [jest.fn(), jest.fn(), jest.fn()];
  revoked.onRevoked('a', act);
  revoked.onRevoked('b', other);
  revoked.onRevoked('a', left)();
  revoked.revoke(['a', 'c']);
  revoked.revoke(['a']);
  expect(act).toHaveBeenCalledTimes(1);
  expect(other).not.toHaveBeenCalled();
  expect(left).not.toHaveBeenCalled();
});

test('a token that was revoked before is noticed too', async () => {
  const revoked = new RevokedTokens();
  revoked.revoke(['a']);
  await new Promise<void>((resolve) => {
    revoked.onRevoked('a', resolve);
  });
  const act = jest.fn();
  revoked.onRevoked('a', act)();
  await new Promise(setImmediate);
  expect(act).not.toHaveBeenCalled();
});

test('a token stays revoked although a later list lacks it', () => {
  const revoked = new RevokedTokens();
  revoked.revoke(['a']);
  revoked.revoke([]);
  expect(revoked.has('a')).toBe(true);
});
