// A small OpenID Connect issuer: it publishes itself, asks whoever comes whether to go on, and gives one ID token a code.
import { createHash, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

const json = (response, status, body) => {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
};

const base64 = (value) => Buffer.from(value).toString('base64url');

async function form(request) {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
  }
  return new URLSearchParams(text);
}

/** `localhost` is another site than 127.0.0.1, where the console is: cookies that must not cross sites do not. */
export async function startIssuer({ clientId, clientSecret, person }) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = randomUUID();
  const codes = new Map();
  let issuer = '';

  function idToken(nonce) {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: issuer, aud: clientId, iat: now, exp: now + 300, nonce, ...person };
    const header = { alg: 'RS256', typ: 'JWT', kid };
    const signed = `${base64(JSON.stringify(header))}.${base64(JSON.stringify(claims))}`;
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
  }

  /** The page that a person sees there. */
  function ask(url, response) {
    const fields = [...url.searchParams]
      .map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`)
      .join('');
    response.writeHead(200, { 'Content-Type': 'text/html' });
    response.end(
      `<!doctype html><title>Company</title><form action="/consent">${fields}<button>Continue</button></form>`,
    );
  }

  function sendBack(url, response) {
    const asked = Object.fromEntries(url.searchParams);
    const code = randomUUID();
    codes.set(code, asked);
    const back = new URL(asked.redirect_uri);
    back.searchParams.set('code', code);
    back.searchParams.set('state', asked.state);
    response.writeHead(302, { Location: back.toString() });
    response.end();
  }

  async function exchange(request, response) {
    const sent = await form(request);
    const asked = codes.get(sent.get('code'));
    codes.delete(sent.get('code'));
    const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    const verifier = sent.get('code_verifier') ?? '';
    const good =
      asked !== undefined &&
      request.headers.authorization === basic &&
      asked.client_id === clientId &&
      sent.get('redirect_uri') === asked.redirect_uri &&
      createHash('sha256').update(verifier).digest('base64url') === asked.code_challenge;
    if (good) {
      json(response, 200, { token_type: 'Bearer', id_token: idToken(asked.nonce) });
    } else {
      json(response, 400, { error: 'invalid_grant' });
    }
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url, issuer);
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return json(response, 200, {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/keys`,
        });
      case '/keys':
        return json(response, 200, {
          keys: [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }],
        });
      case '/authorize':
        return ask(url, response);
      case '/consent':
        return sendBack(url, response);
      case '/token':
        return exchange(request, response);
      default:
        return json(response, 404, {});
    }
  });
  await new Promise((listening) => server.listen(0, 'localhost', listening));
  issuer = `http://localhost:${server.address().port}`;
  return {
    issuer,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
