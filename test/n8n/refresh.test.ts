import type { Credential } from '../../tools/runtime/n8nClient';
import { connectedCredential } from './support/credentials';
import {
	ahaNode,
	byId,
	chain,
	codeNode,
	failureOf,
	manualTrigger,
	outputOf,
} from '../../tools/runtime/workflow';
import { useWorld } from './support/world';

const ITEMS = 60;

const world = useWorld('refresh', { limits: null, latency: 40 });
let credential: Credential;
let workflowId: string;

beforeAll(async () => {
	const { client, account } = world();
	credential = await connectedCredential(world());
	const references = [...account.store.all('feature')]
		.slice(0, ITEMS)
		.map(({ data }) => data.reference_num);
	expect(references).toHaveLength(ITEMS);
	const items = `return ${JSON.stringify(references)}.map((reference) => ({ json: { reference } }));`;
	const get = {
		resource: 'feature',
		operation: 'get',
		record: byId('={{ $json.reference }}'),
	};
	const { id } = await client.createWorkflow(
		chain('Refresh', [
			manualTrigger(),
			codeNode('References', items),
			ahaNode('Get', credential, get),
		]),
	);
	workflowId = id;
});

beforeEach(() => (world().account.tokens.rotateRefresh = true));

/** Runs the workflow. @returns what came of it, and how many tokens were refreshed and refused */
async function run() {
	const { client, account } = world();
	const before = { requests: account.requests.length, refreshes: account.tokens.refreshes };
	const execution = await client.runWorkflow(workflowId);
	const requests = account.requests.slice(before.requests);
	return {
		failure: failureOf(execution),
		items: outputOf(execution, 'Get').length,
		refreshes: account.tokens.refreshes - before.refreshes,
		refused: requests.filter(({ status }) => status === 401).length,
	};
}

const GOOD = { failure: undefined, items: ITEMS };

test('a valid token is not refreshed', async () => {
	expect(await run()).toEqual({ ...GOOD, refreshes: 0, refused: 0 });
});

test('a token that expired before the run is refreshed once', async () => {
	world().account.tokens.expireAccess();
	expect(await run()).toMatchObject({ ...GOOD, refreshes: 1 });
});

describe.each([true, false])('a token that expires during the run, rotating: %s', (rotating) => {
	test('is refreshed once for all items in flight, and is valid for the next run', async () => {
		const { account } = world();
		account.tokens.rotateRefresh = rotating;
		let seen = 0;
		const unwatch = account.fault({
			// Never matches, so nothing fails: it expires the token in the middle of the run.
			match: ({ path }) => {
				if (path.startsWith('/api/v1/features/') && ++seen === ITEMS / 2) {
					account.tokens.expireAccess();
				}
				return false;
			},
			kind: 'status',
		});
		const middle = await run();
		unwatch();
		expect(middle).toMatchObject({ ...GOOD, refreshes: 1 });
		// Several requests in flight had the old token.
		expect(middle.refused).toBeGreaterThan(1);
		expect(await run()).toEqual({ ...GOOD, refreshes: 0, refused: 0 });
	});
});
