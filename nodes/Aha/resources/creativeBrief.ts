import { crud } from '../schema/operations';
import type { Fields, Resource } from '../schema/types';
import { colorField, nameField, nameFilter } from './common';

const { create, get, getMany, update, remove } = crud({ noun: 'creative brief' });

const fields: Fields = { ...nameField, ...colorField };

/** https://www.aha.io/api/resources/creative_briefs */
export const creativeBrief: Resource = {
	name: 'Creative Brief',
	value: 'creativeBrief',
	operations: [
		create({
			endpoint: 'POST /products/{product_id}/creative_briefs',
			required: nameField,
			fields: colorField,
		}),
		get({ endpoint: 'GET /creative_briefs/{creative_brief_id}' }),
		getMany({ endpoint: 'GET /products/{product_id}/creative_briefs', query: nameFilter }),
		update({ endpoint: 'PUT /products/{product_id}/creative_briefs/{creative_brief_id}', fields }),
		remove({ endpoint: 'DELETE /products/{product_id}/creative_briefs/{creative_brief_id}' }),
	],
};
