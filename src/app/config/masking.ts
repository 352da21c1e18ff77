/** How the value of a setting is printed. */
export type Masking = (text: string) => string;

const MASK = '***';

/** Parameters of connection strings that never hold a secret. The values of all others are masked. */
const OPEN_PARAMETERS = new Set([
  ...['tls', 'tlsVerifyCert', 'tlsCaFile', 'nodePreference', 'connectionName', 'defaultDeadline'],
  ...['maxDiscoverAttempts', 'discoveryInterval', 'gossipTimeout', 'keepAliveInterval', 'keepAliveTimeout'],
]);

export const asGiven: Masking = (text) => text;

export const hidden: Masking = () => MASK;

/**
 * The address without user, password, fragment and unknown parameters. A password may contain any character, so everything up
 * to the last `@` is masked.
 */
export const withoutCredentials: Masking = (text) => {
  const [, scheme, credentials, address = '', query, fragment] =
    /^([a-z][a-z0-9+.-]*:\/\/)(.*@)?([^?#]*)(\?[^#]*)?(#.*)?$/is.exec(text) ?? [];
  if (scheme === undefined) return MASK;
  return [
    scheme,
    credentials === undefined ? '' : `${MASK}@`,
    address,
    query === undefined ? '' : `?${query.slice(1).split('&').map(maskedParameter).join('&')}`,
    fragment === undefined ? '' : `#${MASK}`,
  ].join('');
};

function maskedParameter(parameter: string): string {
  const [name = ''] = parameter.split('=', 1);
  if (OPEN_PARAMETERS.has(name)) return parameter;
  return parameter.includes('=') ? `${name}=${MASK}` : MASK;
}
