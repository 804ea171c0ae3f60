import type { Sandbox } from '../../../sandbox';
import { startSandbox } from '../../../sandbox';
import type { CheckOptions } from '../../../tools/checkLive';
import { checkLive } from '../../../tools/checkLive';
import { plan } from '../../../tools/checkLive/plan';
import { readCalls } from '../../../tools/checkLive/reads';
import { reportOf } from '../../../tools/checkLive/report';
import type { Finding } from '../../../tools/checkLive/verdicts';
import { findingsOf } from '../../../tools/checkLive/verdicts';
import type { Deviate } from './deviatingAccount';
import { deviatingAccount } from './deviatingAccount';
import { deviations } from './deviations';

/** A check is some hundreds of requests. */
const LONG = 300_000;

let sandbox: Sandbox;
let tests = 0;
/** An account for each test: the node's rate limiter remembers the requests to those before. */
const domain = () => `check-${tests}`;

beforeEach(async () => {
	tests++;
	sandbox = await startSandbox({ domains: [domain()] });
});

afterEach(async () => await sandbox.stop());

const optionsFor = (more: Partial<CheckOptions> = {}): CheckOptions => ({
	domain: domain(),
	key: sandbox.account(domain()).keys.owner,
	rate: 1000,
	requests: 1000,
	env: sandbox.env,
	...more,
});

/** What the account has of each kind that a check makes. */
const recordsOf = () =>
	plan.flatMap(({ parameter }) =>
		[...sandbox.account(domain()).store.all(parameter.replace(/_id$/, ''))].map(({ id }) => id),
	);

test(
	'the simulated account is as expected, and keeps nothing of a check',
	async () => {
		const account = sandbox.account(domain());
		const before = recordsOf();
		const result = await checkLive(optionsFor({ writeTo: 'PRJ1' }));
		expect(findingsOf(result)).toEqual([]);
		expect(result.assumptions.filter(({ holds }) => holds === undefined)).toEqual([]);
		expect(result.writes.map(({ create, remove }) => [create?.worked, remove?.worked])).toEqual(
			result.writes.map(() => [true, true]),
		);
		expect(result.reads.filter(({ status }) => status === 200).length).toBeGreaterThan(100);
		expect(recordsOf()).toEqual(before);
		expect(account.requests).toHaveLength(result.times.length);
	},
	LONG,
);

test(
	'each deviation of an account shows, and nothing else does',
	async () => {
		const all = Object.values(deviations);
		const account = await deviatingAccount(
			sandbox,
			all.map(({ deviate }) => deviate),
		);
		const calls = readCalls().filter(({ endpoint }) =>
			/\/(features|epics|releases|goals|products)\b/.test(endpoint),
		);
		const options = optionsFor({ env: account.env, writeTo: 'PRJ1', calls });
		const findings = findingsOf(await checkLive(options));
		await account.stop();
		const isOf = ({ where, what }: Finding) =>
			Object.keys(deviations).filter(
				(name) => deviations[name].where.test(where) && deviations[name].what.test(what),
			);
		expect(
			Object.keys(deviations).filter((name) => !findings.flatMap(isOf).includes(name)),
		).toEqual([]);
		expect(findings.filter((finding) => isOf(finding).length === 0)).toEqual([]);
	},
	LONG,
);

test(
	'it reads only unless told to write',
	async () => {
		const calls = readCalls().slice(0, 3);
		await checkLive(optionsFor({ calls }));
		const writes = sandbox
			.account(domain())
			.requests.filter(({ method, path }) => method !== 'GET' && path !== '/api/v2/graphql');
		expect(writes).toEqual([]);
	},
	LONG,
);

test(
	'the report has nothing of the records, nor of the account',
	async () => {
		const result = await checkLive(optionsFor({ writeTo: 'PRJ1' }));
		const report = reportOf(result);
		const { store, keys, person } = sandbox.account(domain());
		const names = ['feature', 'product', 'user', 'epic', 'idea'].flatMap((kind) =>
			[...store.all(kind)].flatMap(({ id, data }) => [
				id,
				data.name,
				data.reference_num,
				data.email,
			]),
		);
		const secrets = [...names, keys.owner, person.email, domain(), 'PRJ1-'];
		expect(secrets.filter((text) => typeof text === 'string' && report.includes(text))).toEqual([]);
	},
	LONG,
);

describe('whatever happens, what was made is deleted', () => {
	let before: string[];

	beforeEach(() => {
		before = recordsOf();
	});

	test('a person stops it in the middle', async () => {
		const stop = new AbortController();
		const stopAtPersona: Deviate = ({ line }) => {
			if (/^POST .*personas$/.test(line)) stop.abort();
		};
		const account = await deviatingAccount(sandbox, [stopAtPersona]);
		const { signal } = stop;
		const result = await checkLive(optionsFor({ env: account.env, writeTo: 'PRJ1', signal }));
		await account.stop();
		expect(result.stopped).toBe('by hand');
		const persona = result.writes.find(({ kind }) => kind === 'Persona');
		expect([persona?.create?.worked, persona?.remove?.worked]).toEqual([true, true]);
		expect(recordsOf()).toEqual(before);
	});

	test('all requests are used up', async () => {
		const result = await checkLive(optionsFor({ writeTo: 'PRJ1', requests: 35 }));
		expect(result.stopped).toBe('all requests are used up');
		expect(result.times.length).toBeGreaterThan(35);
		expect(recordsOf()).toEqual(before);
	});

	test('a response is lost on its way', async () => {
		const match = ({ method, path }: { method: string; path: string }) =>
			method === 'POST' && path.endsWith('/personas');
		sandbox.account(domain()).fault({ match, kind: 'status', status: 502, before: false });
		const result = await checkLive(optionsFor({ writeTo: 'PRJ1', calls: [] }));
		const persona = result.writes.find(({ kind }) => kind === 'Persona');
		expect([persona?.create?.status, persona?.remove?.status]).toEqual([502, 204]);
		expect(recordsOf()).toEqual(before);
	});

	test('a record that cannot be deleted is named', async () => {
		const match = ({ method, path }: { method: string; path: string }) =>
			method === 'DELETE' && path.includes('/competitors/');
		sandbox.account(domain()).fault({ match, kind: 'status', status: 403 });
		const leftovers: string[] = [];
		const result = await checkLive(
			optionsFor({
				writeTo: 'PRJ1',
				calls: [],
				onLeftover: ({ kind, id }) => leftovers.push(`${kind} ${id}`),
			}),
		);
		const [left] = recordsOf().filter((id) => !before.includes(id));
		expect(leftovers).toEqual([`Competitor ${left}`]);
		expect(result.leftovers).toBe(1);
		expect(findingsOf(result)).toContainEqual({
			where: 'Cleanup',
			what: '1 records could not be deleted',
		});
	});
});

test('it holds its rate', async () => {
	const rate = 8;
	await checkLive(optionsFor({ calls: [], rate, requests: 20 }));
	const times = sandbox.account(domain()).requests.map(({ at }) => at);
	const seconds = (Math.max(...times) - Math.min(...times)) / 1000;
	expect(times.length).toBeGreaterThan(rate);
	// A request that arrives late makes the time longer, never shorter.
	expect(times.length).toBeLessThanOrEqual(rate * (seconds + 1) + 1);
});

test('a key that is not accepted ends it', async () => {
	const { revoked } = sandbox.account(domain()).keys;
	await expect(checkLive(optionsFor({ key: revoked }))).rejects.toThrow('did not accept the key');
	await expect(checkLive(optionsFor({ domain: 'a.b' }))).rejects.toThrow('account domain');
	await expect(checkLive(optionsFor({ writeTo: 'NO' }))).rejects.toThrow('Nothing was made');
});
