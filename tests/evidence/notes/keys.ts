import { createPrivateKey, createPublicKey, KeyObject } from 'node:crypto';

/** The private keys of tests 1, 2 and 3 of RFC 8032, section 7.1. */
const SEEDS = [
  '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
  '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
  'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
];

const PKCS8_OF_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

export const [FIRST, SECOND, THIRD] = SEEDS.map((seed) =>
  createPrivateKey({ key: Buffer.concat([PKCS8_OF_ED25519, Buffer.from(seed, 'hex')]), format: 'der', type: 'pkcs8' }),
) as [KeyObject, KeyObject, KeyObject];

export const publicOf = (key: KeyObject): KeyObject => createPublicKey(key);
