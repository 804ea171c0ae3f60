import { crud } from '../schema/operations';
import type { Fields, Resource } from '../schema/types';
import { colorField, nameField, nameFilter } from './common';

const { create, get, getMany, update, remove } = crud({ noun: 'competitor' });

const fields: Fields = { ...nameField, ...colorField };

/** https://www.aha.io/api/resources/competitors */
export const competitor: Resource = {
	name: 'Competitor',
	value: 'competitor',
	operations: [
		create({ endpoint: 'POST /products/{product_id}/competitors', required: fields }),
		get({ endpoint: 'GET /competitors/{competitor_id}' }),
		getMany({ endpoint: 'GET /products/{product_id}/competitors', query: nameFilter }),
		update({ endpoint: 'PUT /products/{product_id}/competitors/{competitor_id}', fields }),
		remove({ endpoint: 'DELETE /products/{product_id}/competitors/{competitor_id}' }),
	],
};
