/** Licences under which a program under Apache-2.0 may include a package without further conditions on its users. */
export const LICENCES = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Unlicense',
];

/** @param {string} expression of SPDX: of licences joined by AND each must be allowed, of those joined by OR one */
export const isAllowed = (expression) =>
  expression
    .replace(/[()]/g, '')
    .split(' AND ')
    .every((part) => part.split(' OR ').some((licence) => LICENCES.includes(licence)));
