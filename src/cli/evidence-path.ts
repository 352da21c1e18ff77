import { UsageError } from './command';

type Options = Readonly<Record<string, string | boolean | undefined>>;

/** The names of the options, and of the parameters that the server calls them. */
const PARAMETERS = {
  'as-of': 'effectiveAt',
  'known-at': 'knownAt',
  position: 'position',
  'from-as-of': 'fromEffectiveAt',
  'from-known-at': 'fromKnownAt',
  'from-position': 'fromPosition',
} as const;

/** The address of evidence on a server. */
export function evidencePath(positionals: readonly string[], options: Options, keptSize: bigint | undefined): string {
  const query = new URLSearchParams();
  for (const [option, parameter] of Object.entries(PARAMETERS)) {
    const value = options[option];
    if (typeof value === 'string') query.set(parameter, value);
  }
  if (keptSize !== undefined) query.set('keptSize', String(keptSize));
  if (options.page === true) query.set('form', 'html');
  const parts = query.toString();
  return `/evidence/${subjectPath(positionals, options['tlog-proof'] === true)}${parts === '' ? '' : `?${parts}`}`;
}

function subjectPath([kind, code, year, ...more]: readonly string[], isTlogProof: boolean): string {
  if (kind === undefined || code === undefined || more.length > 0) {
    throw new UsageError('evidence of what? for example: evidence budget 441300-DSJ 2023 -o budget.json');
  }
  if (kind === 'department-year' && year === undefined) {
    throw new UsageError('evidence department-year needs a department and a year');
  }
  if (year !== undefined && !/^\d{4}$/.test(year)) throw new UsageError(`a year has four digits, not ${year}`);
  if (isTlogProof && kind !== 'change') throw new UsageError('only a change has a --tlog-proof');
  const names = [kind, isTlogProof ? `${code}.tlog-proof` : code, ...(year === undefined ? [] : [year])];
  return names.map(encodeURIComponent).join('/');
}
