import type { INode, INodeParameters } from 'n8n-workflow';

import type { Credential } from '../../tools/runtime/n8nClient';
import { connectedCredential, keyCredential } from './support/credentials';
import {
	ahaNode,
	byId,
	chain,
	failureOf,
	manualTrigger,
	outputOf,
} from '../../tools/runtime/workflow';
import { useWorld } from './support/world';

/** What the form holds for each step in the life of a record. */
interface Lifecycle {
	readonly resource: string;
	readonly create: INodeParameters;
	readonly update: INodeParameters;
	readonly list: INodeParameters;
	/** A path parameter that update and delete take besides the record's own. */
	readonly within?: INodeParameters;
	/** The field that names the record. */
	readonly key: string;
	/** The field of the item that holds the text. */
	readonly field: string;
	/** The API of Aha! cannot delete users and workspaces. */
	readonly stays?: boolean;
}

const TITLE = 'Made in n8n';
const CHANGED = 'Changed in n8n';

/** The record that another node of the chain created. */
const created = (resource: string) => byId(`={{ $('create ${resource}').first().json.id }}`);
const workspace = { product_id: created('workspace') };
const named = { additionalFields: { name: CHANGED } };

const lifecycle = (resource: string, more: Partial<Lifecycle>): Lifecycle => ({
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
	list: { belongsTo: 'workspace', ...workspace },
};

/** Each record within those created before it; they are deleted in reverse order. */
const lifecycles = (prefix: string): Lifecycle[] => [
	lifecycle('workspace', {
		create: { name: TITLE, reference_prefix: prefix },
		key: 'product_id',
		stays: true,
	}),
	lifecycle('release', { ...inWorkspace, within: workspace }),
	lifecycle('epic', {
		create: { belongsTo: 'release', release_id: created('release'), name: TITLE },
		list: { belongsTo: 'release', release_id: created('release') },
	}),
	lifecycle('feature', {
		create: { release_id: created('release'), name: TITLE },
		list: { belongsTo: 'release', release_id: created('release') },
	}),
	lifecycle('requirement', {
		create: { feature_id: created('feature'), name: TITLE },
		list: { feature_id: created('feature') },
	}),
	lifecycle('idea', inWorkspace),
	lifecycle('initiative', {
		...inWorkspace,
		create: { ...workspace, name: TITLE, workflow_status: 'In progress' },
		within: workspace,
	}),
	lifecycle('goal', {
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
	lifecycle('toDo', {
		create: {
			name: TITLE,
			body: 'Soon',
			additionalFields: {
				taskable_type: 'Feature',
				taskable_id: "={{ $('create feature').first().json.id }}",
			},
		},
		list: { belongsTo: 'feature', feature_id: created('feature') },
	}),
	lifecycle('comment', {
		create: { belongsTo: 'feature', feature_id: created('feature'), body: TITLE },
		update: { body: CHANGED },
		list: { belongsTo: 'feature', feature_id: created('feature') },
		field: 'body_text',
	}),
	lifecycle('user', {
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

function nodesOf(all: readonly Lifecycle[], credential: Credential): INode[] {
	// Each node runs once, though the lists before it return many items.
	const aha = (operation: string, resource: string, parameters: INodeParameters) =>
		ahaNode(
			`${operation} ${resource}`,
			credential,
			{ resource, operation, ...parameters },
			{ executeOnce: true },
		);
	const steps = all.flatMap(({ resource, create, update, list, key, within }) => {
		const one = { [key]: created(resource) };
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
			aha('delete', resource, { ...within, [key]: created(resource) }),
		);
	return [manualTrigger(), aha('get', 'me', {}), ...steps, ...deletions];
}

const world = useWorld('records', { limits: null });

test.each([
	['an API key', 'KEY', keyCredential],
	['OAuth2', 'OAU', connectedCredential],
])(
	'every core record is created, read, updated, listed and deleted with %s',
	async (_name, prefix, credentialOf) => {
		const { client, account } = world();
		const credential = await credentialOf(world());
		const all = lifecycles(prefix);
		const { id } = await client.createWorkflow(
			chain(`Records ${prefix}`, nodesOf(all, credential)),
		);

		const execution = await client.runWorkflow(id);

		expect(failureOf(execution)).toBeUndefined();
		expect(outputOf(execution, 'get me')).toMatchObject([{ email: account.person.email }]);
		const seen = all.map(({ resource, field }) => {
			const [record] = outputOf(execution, `create ${resource}`);
			const ids = (node: string) => outputOf(execution, node).map(({ id: each }) => each);
			return {
				resource,
				created: String(record[field]),
				got: ids(`get ${resource}`),
				updated: String(outputOf(execution, `update ${resource}`)[0][field]),
				listed: ids(`getAll ${resource}`).includes(record.id),
				kept: account.store.get(String(record.id)) !== undefined,
				id: record.id,
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
	},
);
