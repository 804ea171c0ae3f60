import { startSandbox } from '.';

/** The OAuth2 redirect URI of an n8n with default settings on this machine. */
const N8N_CALLBACK = 'http://localhost:5678/rest/oauth2-credential/callback';

async function main(): Promise<void> {
	const sandbox = await startSandbox();
	const account = sandbox.account('mycompany');
	account.app.redirectUris.push(N8N_CALLBACK);
	console.log(`A simulated Aha! account runs at https://${account.host}, reachable through this proxy:

  Proxy                  ${sandbox.proxyUrl}
  Certificate authority  ${sandbox.authority}

  API key                ${account.keys.owner}
  Read-only API key      ${account.keys.readOnly}
  OAuth2 client ID       ${account.app.clientId}
  OAuth2 client secret   ${account.app.clientSecret}
  OAuth2 redirect URI    ${N8N_CALLBACK}
  Sign-in                ${account.person.email}, ${account.person.password}

Try it:

  curl --proxy ${sandbox.proxyUrl} --cacert ${sandbox.authority} \\
    -H 'Authorization: Bearer ${account.keys.owner}' https://${account.host}/api/v1/me

Start n8n with it:

  ${Object.entries(sandbox.env)
		.map(([name, value]) => `${name}=${value}`)
		.join(' ')} n8n start

Press Ctrl-C to stop.`);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.stop());
	}
}

void main();
