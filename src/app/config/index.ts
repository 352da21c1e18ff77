export { ConfigError, readConfig } from './read';
export type { Environment } from './read';
export { ALL_SETTINGS } from './settings';
export type { Config } from './settings';
