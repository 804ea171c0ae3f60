import { startSandbox } from '.';

/** Where an n8n on this machine receives OAuth2's answers unless it is set otherwise. */
const N8N_CALLBACK = 'http://localhost:5678/rest/oauth2-credential/callback';

async function main(): Promise<void> {
	const sandbox = await startSandbox();
	const account = sandbox.account('mycompany');
	account.app.redirectUris.push(N8N_CALLBACK);
	console.log(`A simulated Aha! account is at https://${account.host}, for who uses this proxy:

  Proxy                  ${sandbox.proxyUrl}
  Certificate authority  ${sandbox.authority}

  API key                ${account.keys.owner}
  Key that only reads    ${account.keys.readOnly}
  OAuth2 client ID       ${account.app.clientId}
  OAuth2 client secret   ${account.app.clientSecret}
  OAuth2 redirect URI    ${N8N_CALLBACK}
  Sign-in                ${account.person.email}, ${account.person.password}

Try it:

  curl --proxy ${sandbox.proxyUrl} --cacert ${sandbox.authority} \\
    -H 'Authorization: Bearer ${account.keys.owner}' https://${account.host}/api/v1/me

Lead n8n there:

  ${Object.entries(sandbox.env)
		.map(([name, value]) => `${name}=${value}`)
		.join(' ')} n8n start

Ctrl-C ends it.`);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.stop());
	}
}

void main();
