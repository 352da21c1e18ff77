import { TokenBucket } from '../../src/kernel/token-bucket';

let now = 0;
const taken = (bucket: TokenBucket, tries: number): number =>
  Array.from({ length: tries }, () => bucket.take()).filter(Boolean).length;

test('a bucket gives as many tokens as it holds, then as many as come back', () => {
  const bucket = new TokenBucket(10, 20, () => now);
  expect(taken(bucket, 30)).toBe(20);
  now += 500;
  expect(taken(bucket, 30)).toBe(5);
  now += 99;
  expect(taken(bucket, 30)).toBe(0);
  now += 1;
  expect(taken(bucket, 30)).toBe(1);
  now += 1_000_000;
  expect(taken(bucket, 30)).toBe(20);
});
