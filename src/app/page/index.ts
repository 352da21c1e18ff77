export { servePage } from './serve';
export { configuredOpenId, pageSettings } from './settings';
