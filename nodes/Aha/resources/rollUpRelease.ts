import { date, html, records } from '../schema/fields';
import { crud } from '../schema/operations';
import type { Fields, Resource } from '../schema/types';
import { nameField, startDate } from './common';

const { create, get, getMany, update } = crud({ noun: 'roll-up release' });

const fields: Fields = {
	theme: html('Text, Markdown or HTML'),
	...startDate,
	release_date: date(),
	project_ids: records('product_id', 'Workspaces of the releases in it', {
		label: 'Workspaces',
	}),
};

/** https://www.aha.io/api/resources/roll_up_releases */
export const rollUpRelease: Resource = {
	name: 'Roll-Up Release',
	value: 'rollUpRelease',
	aliases: ['rollup release', 'master release'],
	operations: [
		create({
			endpoint: 'POST /products/{product_id}/roll_up_releases',
			required: nameField,
			fields,
		}),
		get({ endpoint: 'GET /roll_up_releases/{roll_up_release_id}' }),
		getMany({ endpoint: 'GET /products/{product_id}/roll_up_releases' }),
		update({
			endpoint: 'PUT /roll_up_releases/{roll_up_release_id}',
			fields: { ...nameField, ...fields },
		}),
	],
};
