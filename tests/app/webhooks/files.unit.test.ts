import { readConfig } from '../../../src/app/config';
import { webhooksBookFile, webhookSecretsFolder } from '../../../src/app/webhooks/files';

test('what is kept of the record is in the folder of the secrets that all processes share, else in DATA_DIR', () => {
  const shared = readConfig({ DATA_DIR: '/data', WEBHOOK_SECRETS_DIR: '/shared' }, 'tool');
  expect([webhooksBookFile(shared), webhookSecretsFolder(shared)]).toEqual(['/shared/webhooks.kept', '/shared']);
  const own = readConfig({ DATA_DIR: '/data' }, 'tool');
  expect(webhooksBookFile(own)).toBe('/data/webhooks/webhooks.kept');
});
