import { crud } from '../schema/operations';
import type { Resource } from '../schema/types';
import { nameField } from './common';

const { create, get, getMany, update, remove } = crud({ noun: 'discovery group' });

/** https://www.aha.io/api/resources/discovery_groups */
export const discoveryGroup: Resource = {
	name: 'Discovery Group',
	value: 'discoveryGroup',
	description: 'Groups of contacts for customer interviews',
	aliases: ['research', 'interview', 'customer panel'],
	simple: ['name', 'id', 'color', 'idea_users_count', 'created_at', 'updated_at'],
	operations: [
		create({ endpoint: 'POST /discovery_groups', required: nameField }),
		get({ endpoint: 'GET /discovery_groups/{discovery_group_id}' }),
		getMany({ endpoint: 'GET /discovery_groups' }),
		update({ endpoint: 'PUT /discovery_groups/{discovery_group_id}', required: nameField }),
		remove({ endpoint: 'DELETE /discovery_groups/{discovery_group_id}' }),
	],
};
