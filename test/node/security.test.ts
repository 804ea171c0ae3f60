import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import type { Harness } from '../../tools/harness';
import { harness } from '../../tools/harness';
import type { RecordedRequest, Recorder, StubResponse } from '../../tools/harness/recorder';
import { startRecorder } from '../../tools/harness/recorder';
import { HOSTILE_ADDRESSES } from './hostileAddresses';

jest.setTimeout(180_000);

const HOST = 'mycompany.aha.io';
const KEY = 'sandbox-key-security';
const apiKey = { accountDomain: 'mycompany', apiKey: KEY };
const oAuth2 = {
	accountDomain: 'mycompany',
	clientId: 'sandbox-client',
	clientSecret: 'sandbox-client-secret',
	oauthTokenData: { access_token: 'sandbox-access', refresh_token: 'sandbox-refresh' },
};
const FEATURE = { id: '6776757454428206157', reference_num: 'PRJ1-1', name: 'Safe' };

let recorder: Recorder;
let n8n: Harness;
let respond: (request: RecordedRequest) => StubResponse;

beforeAll(async () => {
	recorder = await startRecorder((request) => respond(request));
	n8n = await harness({
		env: recorder.env,
		credentials: { ahaApiKey: apiKey, ahaOAuth2Api: oAuth2 as never },
	});
});
afterAll(async () => {
	n8n.stop();
	await recorder.stop();
});
beforeEach(() => {
	recorder.requests.length = 0;
	recorder.refused.length = 0;
	apiKey.accountDomain = 'mycompany';
	oAuth2.accountDomain = 'mycompany';
	respond = () => ({ body: { feature: FEATURE } });
});

/** The hosts that were asked, and those that got a key or token. */
const asked = () => ({
	hosts: [...new Set([...recorder.requests.map(({ host }) => host), ...recorder.refused])],
	withKey: [
		...new Set(recorder.requests.filter((request) => hasSecret(request)).map(({ host }) => host)),
	],
});

const hasSecret = ({ authorization, text }: RecordedRequest): boolean =>
	/sandbox-(key|access|refresh|client-secret)/.test(`${authorization} ${text}`);

const ONLY_THE_ACCOUNT = { hosts: [HOST], withKey: [HOST] };

const REDIRECTS = [301, 302, 303, 307, 308];

const typed: INodeExecutionData[] = HOSTILE_ADDRESSES.map((value) => ({ json: { value } }));
const VALUE = '={{ $json.value }}';
const locator = (value: string) => ({ __rl: true, mode: 'id', value });

/** Runs an operation with each value, and once with a good one so that there is a request. */
async function runWithEach(parameters: INodeParameters, good: string): Promise<void> {
	const items = [...typed, { json: { value: good } }];
	const options = { ...(parameters.options as INodeParameters), retryFor: 1 };
	await n8n.run({ ...parameters, options }, items, { continueOnFail: true });
}

/** The paths that were asked for. */
const paths = (): string[] => recorder.requests.map(({ path }) => path);

it('has 500 hostile values or more', () => {
	expect(HOSTILE_ADDRESSES.length).toBeGreaterThanOrEqual(500);
});

describe.each(['apiKey', 'oAuth2'] as const)('with %s', (authentication) => {
	const get = { authentication, resource: 'feature', operation: 'get' };

	it('a hostile account domain names no host but one account at Aha!', async () => {
		for (const value of HOSTILE_ADDRESSES) {
			recorder.requests.length = 0;
			apiKey.accountDomain = value;
			oAuth2.accountDomain = value;
			const run = n8n.run({ ...get, record: locator('PRJ1-1') });
			const failed = await run.then(
				() => false,
				() => true,
			);
			const { hosts } = asked();
			// What is left are the names of accounts, such as `othercompany.aha.io`.
			expect({ value, failed, hosts }).toEqual(
				hosts.length === 0
					? { value, failed: true, hosts: [] }
					: { value, failed: false, hosts: [expect.stringMatching(/^[a-z0-9-]+\.aha\.io$/)] },
			);
			if (hosts.length > 0) expect(value.toLowerCase()).toContain(hosts[0].replace('.aha.io', ''));
		}
		expect(recorder.refused).toEqual([]);
	});

	it('a hostile link to a record leads to no other host, and to no other path', async () => {
		await runWithEach({ ...get, record: locator(VALUE) }, 'PRJ1-1');
		expect(asked()).toEqual(ONLY_THE_ACCOUNT);
		// What is no address may be a name, which is looked up in the list of features.
		for (const path of paths()) expect(path).toMatch(/^\/api\/v1\/features(\/[^/]+)?$/);
	});

	it('a hostile path of a custom call stays in the API of the account', async () => {
		const call = { authentication, resource: 'account', operation: 'customApiCall', method: 'GET' };
		await runWithEach({ ...call, path: VALUE, query: '{}' }, '/me');
		expect(asked()).toEqual(ONLY_THE_ACCOUNT);
		for (const path of paths()) expect(path).toMatch(/^\/api\/v1\//);
	});

	it('a hostile download link gets no key of another host', async () => {
		respond = () => ({ body: Buffer.from('file') });
		const download = { authentication, resource: 'attachment', operation: 'download' };
		const parameters = { ...download, downloadUrl: VALUE, binaryPropertyName: 'data' };
		await runWithEach(parameters, `https://${HOST}/attachments/1`);
		expect(asked()).toEqual(ONLY_THE_ACCOUNT);
	});

	it('no redirect is followed with a key', async () => {
		let count = 0;
		respond = () => ({
			status: REDIRECTS[count % REDIRECTS.length],
			headers: { Location: location(count++) },
		});
		await runWithEach({ ...get, record: locator('PRJ1-1') }, 'PRJ1-1');
		expect(asked()).toEqual(ONLY_THE_ACCOUNT);
		expect(recorder.requests).toHaveLength(typed.length + 1);
	});

	it('a redirected download gets no key at another host', async () => {
		let count = 0;
		respond = ({ host }) =>
			host === HOST
				? { status: 302, headers: { Location: location(count++) } }
				: { body: Buffer.from('file') };
		const download = { authentication, resource: 'attachment', operation: 'download' };
		const link = `https://${HOST}/attachments/1`;
		await runWithEach({ ...download, downloadUrl: link, binaryPropertyName: 'data' }, link);
		expect(asked().withKey).toEqual([HOST]);
		expect(asked().hosts).toContain('othercompany.aha.io');
	});

	it('links to the next page in a response are not followed', async () => {
		let count = 0;
		respond = () => {
			const next = HOSTILE_ADDRESSES[count++ % HOSTILE_ADDRESSES.length];
			const pagination = {
				total_records: 1,
				total_pages: 1,
				current_page: 1,
				next,
				next_page: next,
			};
			const headers = { Link: `<${location(count)}>; rel="next"` };
			return { headers, body: { features: [FEATURE], pagination, next, links: { next } } };
		};
		const list = { authentication, resource: 'feature', operation: 'getAll', belongsTo: 'account' };
		await runWithEach({ ...list, returnAll: true }, '');
		expect(asked()).toEqual(ONLY_THE_ACCOUNT);
		expect(recorder.requests).toHaveLength(typed.length + 1);
	});
});

/** A hostile value as far as it can be in a header. */
const location = (index: number): string =>
	HOSTILE_ADDRESSES[index % HOSTILE_ADDRESSES.length].replace(/[^\x20-\x7e]/g, '') || '/';

it('files behind hostile links of a record are read without a key', async () => {
	respond = ({ host, path }) => {
		if (host !== HOST || !path.startsWith('/api/')) return { body: Buffer.from('file') };
		const attachments = HOSTILE_ADDRESSES.slice(0, 20).map((link, id) => ({
			id,
			download_url: link,
		}));
		return { body: { feature: { ...FEATURE, attachments } } };
	};
	const downloadAll = { resource: 'attachment', operation: 'downloadAll', belongsTo: 'feature' };
	const parameters = { ...downloadAll, feature_id: locator('PRJ1-1'), binaryPropertyName: 'data' };
	await n8n.run(parameters, undefined, { continueOnFail: true });
	expect(asked().withKey).toEqual([HOST]);
});

it.each([
	[{ resource: 'attachment', operation: 'attachLink' }, 'file_url'],
	[{ resource: 'note', operation: 'create' }, 'external_url'],
])('hostile links are stored, not opened: %j', async (operation, field) => {
	const target = { belongsTo: 'comment', comment_id: locator('1'), product_id: locator('PRJ1') };
	const values = {
		name: 'x',
		file_name: 'x',
		content_type: 'text/html',
		[field]: VALUE,
		additionalFields: { [field]: VALUE },
	};
	await runWithEach({ ...operation, ...target, ...values }, 'https://evil.example');
	expect(asked()).toEqual(ONLY_THE_ACCOUNT);
});
