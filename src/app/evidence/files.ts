import path from 'node:path';
import { Config } from '../config';

export const treeFolder = ({ dataDir }: Pick<Config, 'dataDir'>): string => path.join(dataDir, 'tree');

export const checkpointFileIn = (folder: string): string => path.join(folder, 'checkpoints.jsonl');

export const checkpointFile = (config: Pick<Config, 'dataDir'>): string => checkpointFileIn(treeFolder(config));
