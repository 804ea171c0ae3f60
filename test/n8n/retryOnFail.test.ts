import type { IDataObject } from 'n8n-workflow';

import {
	ahaNode,
	byId,
	chain,
	codeNode,
	failureOf,
	manualTrigger,
	outputOf,
} from '../../tools/runtime/workflow';
import { keyCredential } from './support/credentials';
import { useWorld } from './support/world';

const world = useWorld('retry', { limits: null });

/** Creates 20 features, of which item 10 is in a release where creates fail. */
async function run(name: string, refusals: number) {
	const { client, account } = world();
	const [release, other] = [...account.store.all('release')].map(({ id }) => String(id));
	const items = `return Array.from({ length: 20 }, (_, i) => ({ json: {
		name: '${name} ' + i, release: i === 10 ? '${other}' : '${release}' } }));`;
	const create = {
		resource: 'feature',
		operation: 'create',
		name: '={{ $json.name }}',
		release_id: byId('={{ $json.release }}'),
	};
	const { id } = await client.createWorkflow(
		chain(name, [
			manualTrigger(),
			codeNode('Items', items),
			ahaNode('Create', await keyCredential(world()), create, {
				retryOnFail: true,
				maxTries: 3,
				waitBetweenTries: 10,
			}),
		]),
	);
	const unwatch = account.fault({
		match: ({ method, path }) => method === 'POST' && path.endsWith(`/releases/${other}/features`),
		kind: 'status',
		status: 422,
		times: refusals,
	});
	const execution = await client.runWorkflow(id);
	unwatch();
	const made = [...account.store.all('feature')]
		.map(({ data }) => String(data.name))
		.filter((made) => made.startsWith(`${name} `));
	return { execution, made };
}

const names = (name: string) => Array.from({ length: 20 }, (_, index) => `${name} ${index}`);

test('Retry On Fail writes each of 20 items once, though one was refused twice', async () => {
	const { execution, made } = await run('Twice', 2);
	expect(failureOf(execution)).toBeUndefined();
	expect([...made].sort()).toEqual(names('Twice').sort());
	expect(outputOf(execution, 'Create').map((item: IDataObject) => item.name)).toEqual(
		names('Twice'),
	);
});

test('an item that is refused each time leaves an error that lists what was written', async () => {
	const { execution, made } = await run('Always', 3);
	expect(new Set(made).size).toBe(made.length);
	expect(made).not.toContain('Always 10');
	const failure = failureOf(execution);
	expect(failure).toContain('Written before the run stopped');
	for (const name of made) expect(failure).toContain(`(item ${name.split(' ')[1]})`);
});
