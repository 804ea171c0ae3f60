import type { INode, INodeParameters } from 'n8n-workflow';
import { NodeHelpers, Workflow } from 'n8n-workflow';

import { AhaWebhookTrigger } from '../../nodes/AhaWebhookTrigger/AhaWebhookTrigger.node.js';

const NODE = '2f7bad6d-dd76-5a8b-a3b6-053bb14e56ad';
const WEBHOOK = '343fe1a1-eb86-5d2a-ab0c-78a12c5f6e01';

const type = new AhaWebhookTrigger();
const { webhooks = [] } = type.description;

/** The path of each webhook, as n8n resolves it for its editor and when it publishes a workflow. */
function pathsOf(parameters: INodeParameters, webhookId: string | undefined): string[] {
	const node: INode = {
		id: NODE,
		name: 'From Aha!',
		type: 'ahaWebhookTrigger',
		typeVersion: 1,
		position: [0, 0],
		webhookId,
		parameters,
	};
	const nodeTypes = {
		getByName: () => type,
		getByNameAndVersion: () => type,
		getKnownTypes: () => ({}),
	};
	const settings = { timezone: 'UTC' };
	const workflow = new Workflow({
		id: '1',
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes,
		settings,
	});
	return webhooks.map(({ path, isFullPath }) => {
		const { expression } = workflow;
		const resolved = expression.getSimpleParameterValue(node, path, 'internal', {});
		return NodeHelpers.getNodeWebhookPath('1', node, String(resolved), isFullPath);
	});
}

test('the URL of a new node has two random ids, and the others of the node are known too', () => {
	expect(pathsOf({}, WEBHOOK)).toEqual([`${WEBHOOK}/${NODE}`, `:${WEBHOOK}`, WEBHOOK]);
	expect(pathsOf({ secret: '' }, WEBHOOK)[0]).toBe(`${WEBHOOK}/${NODE}`);
});

test('the URL ends in the secret that a person chose', () => {
	expect(pathsOf({ secret: 'sandbox_secret-0001' }, WEBHOOK)[0]).toBe(
		`${WEBHOOK}/sandbox_secret-0001`,
	);
});

test('the editor shows the URL with the secret, and no other', () => {
	const shown = webhooks.filter(({ ndvHideUrl }) => ndvHideUrl !== true);
	expect(shown).toEqual([webhooks[0]]);
	expect(new Set(webhooks.map(({ httpMethod }) => httpMethod))).toEqual(new Set(['POST']));
	expect(webhooks.map(({ name }) => name)).toEqual(['default', 'setup', 'setup']);
});
