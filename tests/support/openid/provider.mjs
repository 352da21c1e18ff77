// An OpenID provider in a process of its own. `login_hint` says who logs in: the name of a role, or an auditor. Messages of the parent process:
// `rotate` replaces the signing key. The provider answers each with its issuer.
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';

const [port, client, resource, ...redirectUris] = process.argv.slice(2);
let provider;
const server = createServer((request, response) => void provider(request, response));
await new Promise((resolve) => server.listen(Number(port), '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

async function startWithNewKey() {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const oidc = new Provider(issuer, {
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig' }] },
    cookies: { keys: ['cookies of a provider for tests'] },
    clients: [
      {
        client_id: client,
        redirect_uris: redirectUris,
        post_logout_redirect_uris: redirectUris,
        token_endpoint_auth_method: 'none',
        id_token_signed_response_alg: 'ES256',
      },
    ],
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
    // As Keycloak writes roles.
    extraTokenClaims: (_, token) => ({
      realm_access: { roles: [token.accountId.replace('person-', '')] },
      'https://mingjian.example/departments': '*',
    }),
    // The page asks from a browser.
    clientBasedCORS: () => true,
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: 'ledger',
          audience: resource,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
    async loadExistingGrant({ oidc: { client: asking, session } }) {
      const grant = new oidc.Grant({ clientId: asking.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid');
      grant.addResourceScope(resource, 'ledger');
      await grant.save();
      return grant;
    },
  });
  const answer = oidc.callback();
  provider = async (request, response) => {
    if (!request.url.startsWith('/interaction/')) return answer(request, response);
    const { params } = await oidc.interactionDetails(request, response);
    return oidc.interactionFinished(request, response, {
      login: { accountId: `person-${params.login_hint ?? 'auditor'}` },
    });
  };
}

process.on('message', async () => {
  await startWithNewKey();
  process.send(issuer);
});
await startWithNewKey();
process.send(issuer);
