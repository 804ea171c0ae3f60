import type { AxiosInstance } from 'axios';
import { createServer, type Server } from 'node:http';
import { Agent } from 'node:https';
import { existsSync, readdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';

import type { Sandbox, SandboxAccount } from '../../sandbox';
import { digestOf, startSandbox } from '../../sandbox';
import { bearer, clientOf } from './browsing';

let sandbox: Sandbox;
let account: SandboxAccount;
let aha: AxiosInstance;

// Generating keys can take long on a busy machine.
jest.setTimeout(60_000);

function use(started: Sandbox) {
	sandbox = started;
	account = sandbox.account('mycompany');
	aha = clientOf(sandbox, 'https://mycompany.aha.io');
}
beforeAll(async () => use(await startSandbox({ limits: null })));
beforeEach(() => {
	sandbox.refused.length = 0;
	account.requests.length = 0;
	sandbox.account('othercompany').requests.length = 0;
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => sandbox.stop());

const me = (client = aha, key = account.keys.owner) => client.get('/api/v1/me', bearer(key));

/** Stops the clock of this process, which the sandbox uses, too. */
function stoppedClock() {
	let now = Date.now();
	jest.spyOn(Date, 'now').mockImplementation(() => now);
	return { goOn: (milliseconds: number) => (now += milliseconds) };
}

describe('the proxy', () => {
	it('reaches an account, with a certificate that the authority signed', async () => {
		expect((await me()).status).toBe(200);
		await expect(
			clientOf(sandbox, 'https://mycompany.aha.io').get('/', { httpsAgent: new Agent() }),
		).rejects.toMatchObject({ code: expect.stringMatching(/_CERT_|_SIGNATURE$/) });
	});

	it.each([
		'https://example.com',
		'https://aha.io',
		'https://mycompany.aha.io.example.com',
		'https://a.mycompany.aha.io',
		'https://mycompany.aha.io:8443',
	])('refuses %s and records it', async (url) => {
		expect((await clientOf(sandbox, url).get('/')).status).toBe(403);
		expect(sandbox.refused).toEqual([new URL(url).hostname]);
		expect(account.requests).toEqual([]);
	});

	it('refuses plain HTTP', async () => {
		const { status } = await clientOf(sandbox, 'http://mycompany.aha.io').get('/');
		expect(status).toBe(403);
		expect(sandbox.refused).toEqual(['mycompany.aha.io']);
	});

	it('stops while requests are pending, and leaves no files behind', async () => {
		const ending = await startSandbox();
		ending.account('mycompany').fault({ kind: 'timeout' });
		const waiting = me(clientOf(ending, 'https://mycompany.aha.io')).catch(({ code }) => code);
		while (ending.account('mycompany').requests.length === 0) await new Promise(setImmediate);
		await ending.stop();
		expect(await waiting).toBe('ECONNRESET');
		expect(existsSync(ending.authority)).toBe(false);
	});

	it('writes only the certificate of the authority, no key', () => {
		expect(readdirSync(dirname(sandbox.authority))).toEqual(['authority.pem']);
	});
});

describe('accounts', () => {
	it('that do not exist get the same response as from Aha!', async () => {
		const { status, headers } = await me(clientOf(sandbox, 'https://nobody.aha.io'));
		expect(status).toBe(404);
		expect(headers['content-type']).toContain('text/html');
	});

	it('share nothing', async () => {
		const other = sandbox.account('othercompany');
		const client = clientOf(sandbox, 'https://othercompany.aha.io');
		expect((await me(client)).status).toBe(401);
		expect((await me(client, other.keys.owner)).status).toBe(200);
		expect(account.requests).toHaveLength(0);
		expect(other.requests).toHaveLength(2);
		expect(other.store).not.toBe(account.store);
		expect(() => sandbox.account('nobody')).toThrow('no account');
	});
});

describe('keys', () => {
	it.each([
		['no key', ''],
		['a wrong key', 'sandbox-key-wrong'],
		['a revoked key', 'sandbox-key-revoked-mycompany'],
	])('are refused with 401 and a message: %s', async (_, key) => {
		const { status, data } = await me(aha, key);
		expect(status).toBe(401);
		expect(data.errors.message).toMatch(/API key/);
	});

	it('can be read-only', async () => {
		const { readOnly } = account.keys;
		expect((await me(aha, readOnly)).status).toBe(200);
		const mutation = { query: 'mutation { updateFeature(id: 1) { id } }' };
		expect((await aha.post('/api/v2/graphql', mutation, bearer(readOnly))).status).toBe(403);
		const query = { query: '{ searchDocuments(filters: {query: "mutation"}) { totalCount } }' };
		expect((await aha.post('/api/v2/graphql', query, bearer(readOnly))).status).toBe(200);
		const { status, data } = await aha.put('/api/v1/products/PRJ1', {}, bearer(readOnly));
		expect(status).toBe(403);
		expect(data.errors.message).toMatch(/permission/);
	});

	it('can be revoked', async () => {
		const other = sandbox.account('othercompany');
		const client = clientOf(sandbox, 'https://othercompany.aha.io');
		expect((await me(client, other.keys.readOnly)).status).toBe(200);
		other.revokeKey(other.keys.readOnly);
		expect((await me(client, other.keys.readOnly)).status).toBe(401);
		expect((await me(client, other.keys.owner)).status).toBe(200);
	});

	it('are not logged', async () => {
		await aha.get('/api/v1/me', { ...bearer(account.keys.owner), params: { fields: 'id' } });
		expect(account.requests).toEqual([
			{
				method: 'GET',
				path: '/api/v1/me',
				query: { fields: 'id' },
				status: 200,
				at: expect.any(Number),
				token: digestOf(account.keys.owner),
			},
		]);
		expect(JSON.stringify(account.requests)).not.toContain(account.keys.owner);
	});
});

it('has no limits if they are turned off', async () => {
	stoppedClock();
	const responses = await Promise.all(Array.from({ length: 40 }, () => me()));
	expect(responses.filter(({ status }) => status !== 200)).toEqual([]);
	expect(responses[0].headers).not.toHaveProperty('x-ratelimit-limit');
});

describe('limits', () => {
	let unlimited: Sandbox;
	beforeEach(async () => {
		unlimited = sandbox;
		use(await startSandbox());
	});
	afterEach(async () => {
		await sandbox.stop();
		use(unlimited);
	});

	it('responds with 429 and Retry-After to the 21st request in a second', async () => {
		const clock = stoppedClock();
		for (let left = 19; left >= 0; left--) {
			const { status, headers } = await me();
			expect([status, headers['x-ratelimit-remaining']]).toEqual([200, String(left)]);
		}
		const { status, headers } = await me();
		expect(status).toBe(429);
		expect(headers).toMatchObject({
			'retry-after': '1',
			'x-ratelimit-limit': '20',
			'x-ratelimit-remaining': '0',
			'x-ratelimit-reset': String(Math.ceil(Date.now() / 1_000 + 1)),
		});
		expect((await me(clientOf(sandbox, 'https://othercompany.aha.io'))).status).toBe(401);
		clock.goOn(1_000);
		expect((await me()).status).toBe(200);
	});

	it('responds with 429 to the 301st request in a minute', async () => {
		const clock = stoppedClock();
		for (let second = 0; second < 15; second++) {
			const responses = await Promise.all(Array.from({ length: 20 }, () => me()));
			expect(responses.map(({ status }) => status)).toEqual(Array(20).fill(200));
			clock.goOn(1_000);
		}
		const { status, headers } = await me();
		expect([status, headers['retry-after'], headers['x-ratelimit-limit']]).toEqual([
			429,
			'45',
			'300',
		]);
		clock.goOn(45_000);
		expect((await me()).status).toBe(200);
	});
});

describe('faults', () => {
	it('respond with a status and headers, every nth time', async () => {
		const headers = { 'Retry-After': '2' };
		const remove = account.fault({ kind: 'status', status: 429, headers, every: 3 });
		const responses = [await me(), await me(), await me(), await me()];
		expect(responses.map(({ status }) => status)).toEqual([200, 200, 429, 200]);
		expect(responses[2].headers['retry-after']).toBe('2');
		remove();
		expect([(await me()).status, (await me()).status]).toEqual([200, 200]);
	});

	it('respond with an HTML page, a number of times', async () => {
		account.fault({ kind: 'html', times: 1 });
		const { status, headers } = await me();
		expect([status, headers['content-type']]).toEqual([502, 'text/html']);
		expect((await me()).status).toBe(200);
	});

	it('close the connection', async () => {
		account.fault({ kind: 'reset', times: 1 });
		await expect(me()).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(account.requests[0].status).toBe(0);
		expect((await me()).status).toBe(200);
	});

	it.each(['revoked', 'readOnly'] as const)(
		'break off a refusal (%s key), which still carries nothing out',
		async (key) => {
			const [{ id }] = account.store.all('feature');
			const path = `/api/v1/features/${id}`;
			account.fault({ kind: 'cut', times: 1 });
			await expect(aha.delete(path, bearer(account.keys[key]))).rejects.toMatchObject({
				response: { status: key === 'revoked' ? 401 : 403 },
			});
			expect((await aha.get(path, bearer(account.keys.owner))).status).toBe(200);
		},
	);

	it.each(['status', 'html', 'reset', 'timeout'] as const)(
		'fails with %s before or after the change was carried out',
		async (kind) => {
			const create = () =>
				aha
					.post('/oauth/token', 'grant_type=x', { timeout: 300 })
					.then(({ status }) => status)
					.catch(() => 0);
			const exchange = jest.spyOn(account.tokens as never, 'exchange' as never);
			const match = ({ path }: { path: string }) => path === '/oauth/token';
			account.fault({ kind, match, times: 1 });
			expect(await create()).not.toBe(401);
			expect(exchange).toHaveBeenCalledTimes(0);
			account.fault({ kind, match, times: 1, before: false });
			expect(await create()).not.toBe(401);
			expect(exchange).toHaveBeenCalledTimes(1);
			expect(await create()).toBe(401);
		},
	);
});

describe('webhooks', () => {
	let target: Server;
	let url: string;
	const received: Array<{ event: string; audit: unknown }> = [];

	beforeEach(async () => {
		received.length = 0;
		target = createServer((request, response) => {
			let text = '';
			request.on('data', (chunk) => (text += chunk));
			request.on('end', () => {
				received.push(JSON.parse(text));
				response.end();
			});
		});
		await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
		url = `http://127.0.0.1:${(target.address() as AddressInfo).port}/`;
	});
	afterEach(() => void target.close());

	/** Changes a record several times. @returns the entries of the log */
	async function change(times: number) {
		const before = account.store.audits.length;
		for (let time = 0; time < times; time++) {
			const product = { name: `Name ${time} of ${before}` };
			const response = await aha.put(
				'/api/v1/products/PRJ1',
				{ product },
				bearer(account.keys.owner),
			);
			expect(response.status).toBe(200);
		}
		return account.store.audits.slice(before);
	}
	const arrived = async (count: number) => {
		while (received.length < count) await new Promise((resolve) => setTimeout(resolve, 10));
		return received.map(({ audit }) => audit);
	};

	it('deliver each entry of the log in order until they are stopped', async () => {
		const end = account.webhooks(url);
		const audits = await change(5);
		expect(audits).toHaveLength(5);
		expect(await arrived(5)).toEqual(audits);
		expect(received[0].event).toBe('audit');
		end();
		await change(1);
		const again = account.webhooks(url);
		const [last] = await change(1);
		expect((await arrived(6))[5]).toEqual(last);
		again();
	});

	it('can repeat, reorder and hold back entries', async () => {
		const options = { repeat: 2, shuffle: true, outage: true };
		account.webhooks(url, options);
		const audits = await change(5);
		expect(received).toHaveLength(0);
		options.outage = false;
		const deliveries = await arrived(10);
		expect(deliveries).not.toEqual([...audits, ...audits]);
		for (const audit of audits) {
			expect(
				deliveries.filter((delivery) => delivery === audit || same(delivery, audit)),
			).toHaveLength(2);
		}
	});
});

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
