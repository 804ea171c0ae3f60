import { html, record } from '../schema/fields';
import { crud } from '../schema/operations';
import type { Fields, Resource } from '../schema/types';
import { nameField } from './common';

const { create, get, getMany, update, remove } = crud({ noun: 'idea theme' });

const fields: Fields = {
	description_attributes: html('Text, Markdown or HTML', {
		label: 'Description',
		bodyPath: 'description_attributes.body',
	}),
};

/** https://www.aha.io/api/resources/idea_themes */
export const ideaTheme: Resource = {
	name: 'Idea Theme',
	value: 'ideaTheme',
	description: 'What several ideas are about',
	aliases: ['theme', 'feedback'],
	simple: ['name', 'reference_num', 'id', 'product', 'ideas', 'description_text', 'created_at'],
	more: ['description'],
	operations: [
		create({
			description: 'Create a theme for ideas of a workspace',
			endpoint: 'POST /idea_themes',
			required: {
				product_id: record('product_id', undefined, { bodyPath: '/product_id' }),
				...nameField,
			},
			fields,
		}),
		get({ endpoint: 'GET /idea_themes/{idea_theme_id}' }),
		getMany({ endpoint: 'GET /idea_themes' }),
		update({
			endpoint: 'PUT /idea_themes/{idea_theme_id}',
			fields: { ...nameField, ...fields },
		}),
		remove({ endpoint: 'DELETE /idea_themes/{idea_theme_id}' }),
	],
};
