export { effectiveSettings } from './effective';
export type { Environment } from './environment';
export { hintOf, lookalikesIn } from './lookalikes';
export { ConfigError, readConfig } from './read';
export { ALL_SETTINGS } from './settings';
export type { Config } from './settings';
