import { crud } from '../schema/operations';
import type { Fields, Resource } from '../schema/types';
import { colorField, nameField, nameFilter } from './common';

const { create, get, getMany, update, remove } = crud({ noun: 'persona' });

const fields: Fields = { ...nameField, ...colorField };

/** https://www.aha.io/api/resources/personas */
export const persona: Resource = {
	name: 'Persona',
	value: 'persona',
	operations: [
		create({
			endpoint: 'POST /products/{product_id}/personas',
			required: nameField,
			fields: colorField,
		}),
		get({ endpoint: 'GET /personas/{persona_id}' }),
		getMany({ endpoint: 'GET /products/{product_id}/personas', query: nameFilter }),
		update({ endpoint: 'PUT /products/{product_id}/personas/{persona_id}', fields }),
		remove({ endpoint: 'DELETE /products/{product_id}/personas/{persona_id}' }),
	],
};
