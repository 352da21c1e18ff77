import path from 'node:path';
import { Config } from '../config';

const webhooksFolder = ({ dataDir }: Pick<Config, 'dataDir'>): string => path.join(dataDir, 'webhooks');
export const webhooksFile = (config: Pick<Config, 'dataDir'>): string =>
  path.join(webhooksFolder(config), 'webhooks.db');
/** Where the secrets have to be anyway, so a process with an empty DATA_DIR goes on from it, too. */
export const webhooksBookFile = (config: Pick<Config, 'dataDir' | 'webhooks'>): string =>
  path.join(config.webhooks.secretsDir ?? webhooksFolder(config), 'webhooks.kept');
export const webhookSecretsFolder = (config: Pick<Config, 'dataDir' | 'webhooks'>): string =>
  config.webhooks.secretsDir ?? path.join(webhooksFolder(config), 'secrets');
