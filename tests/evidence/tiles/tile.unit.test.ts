import fc from 'fast-check';
import { parseTilePath, tilePath } from '../../../src/evidence/tiles/tile';
import { runs } from '../../support/property';

test.each([
  [{ level: 0, index: 1_234_067n, width: 256 }, '0/x001/x234/067'],
  [{ level: 0, index: 0n, width: 256 }, '0/000'],
  [{ level: 1, index: 999n, width: 17 }, '1/999.p/17'],
  [{ level: 63, index: 1_000n, width: 1 }, '63/x001/000.p/1'],
])('%j has the path %s of C2SP tlog-tiles', (part, path) => {
  expect(tilePath(part)).toBe(path);
  expect(parseTilePath(path)).toEqual(part);
});

test('each tile has one path', () => {
  const part = fc.record({
    level: fc.nat({ max: 63 }),
    index: fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }),
    width: fc.integer({ min: 1, max: 256 }),
  });
  fc.assert(
    fc.property(part, (each) => {
      expect(parseTilePath(tilePath(each))).toEqual(each);
    }),
    runs(100),
  );
});

test.each([
  '',
  '0',
  '0/',
  '00/000',
  '64/000',
  '-1/000',
  '0/0',
  '0/0000',
  '0/x000/000',
  '0/001/000',
  '0/x001',
  '0/000.p/0',
  '0/000.p/00',
  '0/000.p/01',
  '0/000.p/256',
  '0/000.p/',
  '0/000/',
  '0/../000',
  'entries/000',
  '0/x999/x999/x999/x999/x999/x999/999',
])('no tile has the path %j', (path) => {
  expect(parseTilePath(path)).toBeUndefined();
});
