import { parseRedisUrl } from '../../../src/read-model/adapters/redis/redis-url';

test.each([
  ['redis://localhost', { kind: 'single', node: { host: 'localhost', port: 6379 }, db: 0, access: {} }],
  ['redis://10.0.0.1:7000/3', { kind: 'single', node: { host: '10.0.0.1', port: 7000 }, db: 3, access: {} }],
  ['redis://[::1]:7000', { kind: 'single', node: { host: '::1', port: 7000 }, db: 0, access: {} }],
  [
    'rediss://user:p%40ss@r.example',
    {
      kind: 'single',
      node: { host: 'r.example', port: 6379 },
      db: 0,
      access: { username: 'user', password: 'p@ss', tls: {} },
    },
  ],
  [
    'redis://:secret@r.example',
    { kind: 'single', node: { host: 'r.example', port: 6379 }, db: 0, access: { password: 'secret' } },
  ],
  [
    'redis+cluster://a:7000,b',
    {
      kind: 'cluster',
      nodes: [
        { host: 'a', port: 7000 },
        { host: 'b', port: 6379 },
      ],
      access: {},
    },
  ],
  [
    'redis://a:1,b:2',
    {
      kind: 'cluster',
      nodes: [
        { host: 'a', port: 1 },
        { host: 'b', port: 2 },
      ],
      access: {},
    },
  ],
  [
    'redis+sentinel://:pw@a,b:5/mingjian/2',
    {
      kind: 'sentinel',
      nodes: [
        { host: 'a', port: 26_379 },
        { host: 'b', port: 5 },
      ],
      master: 'mingjian',
      db: 2,
      access: { password: 'pw' },
    },
  ],
])('%s is accepted', (url, target) => {
  expect(parseRedisUrl(url)).toEqual(target);
});

test.each([
  '',
  'localhost:6379',
  'http://localhost',
  'redis://',
  'redis://a:99999',
  'redis://a/b',
  'redis://a,/0',
  'redis+cluster://a/1',
  'redis+sentinel://a',
  'redis+sentinel://a/m/0/x',
  'redis://us%er:%@a',
])('%s is refused', (url) => {
  expect(parseRedisUrl(url)).toBeUndefined();
});
