import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** What is needed to sign in. */
export interface SignIn {
	readonly domain: string;
	readonly key: string;
}

/**
 * Account domain and key, from the environment or from the terminal. The key is not shown while it
 * is typed, and leaves the environment.
 *
 * @throws Error when there is neither
 */
export async function readSignIn(): Promise<SignIn> {
	const { AHA_ACCOUNT_DOMAIN: domain, AHA_API_KEY: key } = process.env;
	delete process.env.AHA_API_KEY;
	return {
		domain: domain ?? (await ask('Account domain, such as mycompany: ', true)),
		key: key ?? (await ask('API key (not shown): ', false)),
	};
}

/** Asks on the terminal's error output, as the report goes to the other. */
async function ask(question: string, isShown: boolean): Promise<string> {
	if (!process.stdin.isTTY) {
		throw new Error('Set AHA_ACCOUNT_DOMAIN and AHA_API_KEY, or run this in a terminal.');
	}
	process.stderr.write(question);
	const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
	const output = isShown ? process.stderr : nowhere;
	const lines = createInterface({ input: process.stdin, output, terminal: true });
	return await new Promise((resolve, reject) => {
		lines.once('line', (line) => {
			lines.close();
			if (!isShown) process.stderr.write('\n');
			resolve(line.trim());
		});
		lines.once('SIGINT', () => {
			lines.close();
			reject(new Error('Stopped.'));
		});
	});
}
