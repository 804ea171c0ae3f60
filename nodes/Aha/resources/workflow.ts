import { crud } from '../schema/operations';
import type { Resource } from '../schema/types';

const { get, getMany } = crud({ noun: 'workflow' });

/** https://www.aha.io/api/resources/workflows */
export const workflow: Resource = {
	name: 'Workflow',
	value: 'workflow',
	description: 'Statuses and types of records in a workspace',
	aliases: ['status', 'workflow status', 'workflow kind'],
	operations: [
		get({ endpoint: 'GET /workflows/{workflow_id}' }),
		getMany({ endpoint: 'GET /products/{product_id}/workflows' }),
	],
};
