import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import type { Credential } from '../../tools/runtime/n8nClient';
import { connectedCredential, keyCredential } from './support/credentials';
import { ahaNode, byId, chain, failureOf, manualTrigger, outputOf } from './support/workflow';
import { useWorld } from './support/world';

/** The life of one record: what the form gives at each step. */
interface Life {
	readonly resource: string;
	readonly create: INodeParameters;
	readonly update: INodeParameters;
	readonly list: INodeParameters;
	/** A path parameter beside the record's own, of update and delete. */
	readonly within?: INodeParameters;
	/** The field that names the record. */
	readonly key: string;
	/** Where the updated text stands in the answer. */
	readonly field: string;
	/** Aha! deletes no users and no workspaces over its API. */
	readonly stays?: boolean;
}

const TITLE = 'Made in n8n';
const CHANGED = 'Changed in n8n';

/** The record that another node of the chain made. */
const made = (resource: string) => byId(`={{ $('create ${resource}').first().json.id }}`);
const workspace = { product_id: made('product') };
const named = { additionalFields: { name: CHANGED } };

const life = (resource: string, more: Partial<Life>): Life => ({
	resource,
	create: { name: TITLE },
	update: named,
	list: {},
	key: 'record',
	field: 'name',
	...more,
});

const inWorkspace = {
	create: { ...workspace, name: TITLE },
	list: { belongsTo: 'product', ...workspace },
};

/** Each in what was made before it; deleted from the last to the first. */
const lives = (prefix: string): Life[] => [
	life('product', {
		create: { name: TITLE, reference_prefix: prefix },
		key: 'product_id',
		stays: true,
	}),
	life('release', { ...inWorkspace, within: workspace }),
	life('epic', {
		create: { belongsTo: 'release', release_id: made('release'), name: TITLE },
		list: { belongsTo: 'release', release_id: made('release') },
	}),
	life('feature', {
		create: { release_id: made('release'), name: TITLE },
		list: { belongsTo: 'release', release_id: made('release') },
	}),
	life('requirement', {
		create: { feature_id: made('feature'), name: TITLE },
		list: { feature_id: made('feature') },
	}),
	life('idea', inWorkspace),
	life('initiative', {
		...inWorkspace,
		create: { ...workspace, name: TITLE, workflow_status: 'In progress' },
		within: workspace,
	}),
	life('goal', {
		...inWorkspace,
		create: {
			...workspace,
			name: TITLE,
			workflow_status: 'On track',
			success_metric_name: 'Customers',
			success_metric_description: 'Ten more',
		},
		within: workspace,
	}),
	life('task', {
		create: {
			name: TITLE,
			body: 'Soon',
			additionalFields: {
				taskable_type: 'Feature',
				taskable_id: "={{ $('create feature').first().json.id }}",
			},
		},
		list: { belongsTo: 'feature', feature_id: made('feature') },
	}),
	life('comment', {
		create: { belongsTo: 'feature', feature_id: made('feature'), body: TITLE },
		update: { body: CHANGED },
		list: { belongsTo: 'feature', feature_id: made('feature') },
		field: 'body',
	}),
	life('user', {
		create: {
			...workspace,
			first_name: TITLE,
			last_name: 'User',
			email: `${prefix.toLowerCase()}@mycompany.example`,
			role: 'viewer',
		},
		update: { additionalFields: { first_name: CHANGED } },
		list: { belongsTo: 'account' },
		field: 'name',
		stays: true,
	}),
];

function nodesOf(all: readonly Life[], credential: Credential): INode[] {
	// Each node runs once, though the lists before it give many items.
	const aha = (operation: string, resource: string, parameters: INodeParameters) =>
		ahaNode(
			`${operation} ${resource}`,
			credential,
			{ resource, operation, ...parameters },
			{ executeOnce: true },
		);
	const steps = all.flatMap(({ resource, create, update, list, key, within }) => {
		const one = { [key]: made(resource) };
		return [
			aha('create', resource, create),
			aha('get', resource, one),
			aha('update', resource, { ...within, ...one, ...update }),
			aha('getAll', resource, { returnAll: true, ...list }),
		];
	});
	const deletions = all
		.filter(({ stays }) => !stays)
		.reverse()
		.map(({ resource, key, within }) =>
			aha('delete', resource, { ...within, [key]: made(resource) }),
		);
	return [manualTrigger(), aha('get', 'me', {}), ...steps, ...deletions];
}

const world = useWorld('records', { limits: null });

test.each([
	['an API key', 'KEY', keyCredential],
	['OAuth2', 'OAU', connectedCredential],
])('every core record lives its life through %s', async (_name, prefix, credentialOf) => {
	const { client, account } = world();
	const credential = await credentialOf(world());
	const all = lives(prefix);
	const { id } = await client.createWorkflow(chain(`Lives ${prefix}`, nodesOf(all, credential)));

	const execution = await client.runWorkflow(id);

	expect(failureOf(execution)).toBeUndefined();
	expect(outputOf(execution, 'get me')).toMatchObject([{ email: account.person.email }]);
	const seen = all.map(({ resource, field }) => {
		const [created] = outputOf(execution, `create ${resource}`);
		const ids = (node: string) => outputOf(execution, node).map(({ id: each }) => each);
		return {
			resource,
			created: textOf(created[field]),
			got: ids(`get ${resource}`),
			updated: textOf(outputOf(execution, `update ${resource}`)[0][field]),
			listed: ids(`getAll ${resource}`).includes(created.id),
			kept: account.store.get(String(created.id)) !== undefined,
			id: created.id,
		};
	});
	expect(seen).toEqual(
		all.map(({ resource, stays }, index) => ({
			resource,
			created: expect.stringContaining(TITLE) as string,
			got: [seen[index].id],
			updated: expect.stringContaining(CHANGED) as string,
			listed: true,
			kept: stays ?? false,
			id: expect.any(String) as string,
		})),
	);
});

/** Aha! wraps rich text; the text is what counts. */
const textOf = (value: unknown): string =>
	typeof value === 'string' ? value : String((value as IDataObject | undefined)?.body);
