import { z } from 'zod';
import { flag, originList } from './parsers';
import { setting } from './setting';

/** Who else is told of changes. */
export const WEBHOOK_SETTINGS = {
  enabled: setting('WEBHOOKS', {
    guards: 'access',
    parser: flag,
    default: '0',
    meaning:
      '`1`: `admin` may have changes sent to other systems, and a process with the role `projector` sends them; see [webhooks.md](webhooks.md)',
  }),
  secretsDir: setting('WEBHOOK_SECRETS_DIR', {
    guards: 'access',
    parser: z.string().min(1),
    otherwise: '`DATA_DIR/webhooks/secrets`',
    meaning:
      'the folder in which the secrets of webhooks are kept, one private file each. All processes with `WEBHOOKS=1` need the same folder, such as a mounted volume',
  }),
  testOrigins: setting('WEBHOOK_TEST_ORIGINS', {
    guards: 'access',
    parser: originList,
    otherwise: 'none: webhooks reach public addresses only, by https',
    meaning:
      'origins that webhooks may reach although they are private or not https, separated by commas (`http://127.0.0.1:8099`). For tests only: it opens what is behind your firewall to whoever manages webhooks',
  }),
};
