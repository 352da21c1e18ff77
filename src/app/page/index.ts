export { pageDocuments } from './documents';
export { servePage } from './serve';
export { configuredOpenId, pageSettings } from './settings';
