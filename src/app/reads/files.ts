import path from 'node:path';
import { Config } from '../config';

type Folders = Pick<Config, 'dataDir'>;

const readsFolder = ({ dataDir }: Folders): string => path.join(dataDir, 'reads');
export const readsFile = (config: Folders): string => path.join(readsFolder(config), 'reads.db');
export const readsTreeFolder = (config: Folders): string => path.join(readsFolder(config), 'tree');
export const readsCheckpointFile = (config: Folders): string => path.join(readsTreeFolder(config), 'checkpoints.jsonl');
