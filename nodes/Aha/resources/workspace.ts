import { boolean, choice, text } from '../schema/fields';
import { crud, without } from '../schema/operations';
import type { Fields, Resource } from '../schema/types';
import {
	customFieldsJson,
	customTableLinks,
	descriptionField,
	nameField,
	parent,
	sources,
	updatedFilter,
} from './common';

const { create, get, getMany, update } = crud({ noun: 'workspace', key: 'product' });

/** Aha!'s documentation names these flat; they are settings within settings. */
const progressOf = (key: string, label: string, ...values: string[]): Fields => ({
	[`configuration_default_progress_calculations_${key}`]: choice(sources(...values), undefined, {
		label: `Progress of ${label}`,
		secondBodyPath: `configuration.default_progress_calculations.${key}`,
	}),
});

const datesOf = (key: string, label: string, ...values: string[]): Fields => ({
	[`configuration_default_parent_dates_${key}`]: choice(sources(...values), undefined, {
		label: `Dates of ${label}`,
		secondBodyPath: `configuration.default_parent_dates.${key}`,
	}),
});

/** A setting that a workspace has of its own, or from the line that it is in. */
const switchOf = (key: string, label: string): Fields => ({
	[`configuration_${key}`]: choice(
		[
			['On', true],
			['Off', false],
			['Inherited', 'inherited', ''],
		],
		undefined,
		{ label, secondBodyPath: `configuration.${key}` },
	),
});

const configuration: Fields = {
	...switchOf('epics_enabled', 'Epics Enabled'),
	...switchOf('okrs_enabled', 'OKRs Enabled'),
	configuration_default_progress_calculations_inherit: boolean(
		'Whether to calculate progress like the parent workspace',
		{
			label: 'Progress Inherited',
			secondBodyPath: 'configuration.default_progress_calculations.inherit',
		},
	),
	...progressOf(
		'strategic_imperatives',
		'Goals',
		'progress_manual',
		'progress_from_features',
		'progress_from_releases',
		'progress_from_initiatives',
		'progress_from_descendants',
		'progress_from_features_completed',
		'progress_from_epics',
		'progress_from_key_results',
	),
	...progressOf(
		'key_results',
		'Key Results',
		'progress_manual',
		'progress_from_initiatives',
		'progress_from_releases',
		'progress_from_epics',
		'progress_from_features',
		'progress_from_features_completed',
	),
	...progressOf(
		'initiatives',
		'Initiatives',
		'progress_manual',
		'progress_from_features',
		'progress_from_releases',
		'progress_from_children',
		'progress_from_features_completed',
		'progress_from_epics',
	),
	...progressOf(
		'releases',
		'Releases',
		'progress_manual',
		'progress_from_features',
		'progress_from_release_phases',
		'progress_from_todos',
		'progress_from_remaining_estimate',
		'progress_from_features_completed',
		'progress_from_epics',
	),
	...progressOf(
		'release_phases',
		'Release Phases',
		'progress_manual',
		'progress_from_features',
		'progress_from_todos',
		'progress_from_features_completed',
	),
	...progressOf(
		'epics',
		'Epics',
		'progress_manual',
		'progress_from_features',
		'progress_from_remaining_estimate',
		'progress_from_todos',
		'progress_from_features_completed',
	),
	...progressOf(
		'features',
		'Features',
		'progress_manual',
		'progress_from_requirements',
		'progress_from_remaining_estimate',
		'progress_from_todos',
	),
	configuration_default_parent_dates_inherit: boolean(
		'Whether to calculate dates like the parent workspace',
		{ label: 'Dates Inherited', secondBodyPath: 'configuration.default_parent_dates.inherit' },
	),
	...datesOf(
		'initiatives',
		'Initiatives',
		'duration_manual',
		'duration_from_children',
		'duration_from_releases',
		'duration_from_features_epics',
	),
	...datesOf(
		'releases',
		'Releases',
		'duration_manual',
		'duration_from_release_phases_features',
		'duration_from_sub_releases',
	),
	...datesOf(
		'master_releases',
		'Roll-Up Releases',
		'duration_manual',
		'duration_from_release_phases_features',
		'duration_from_sub_releases',
	),
	...datesOf('release_phases', 'Release Phases', 'duration_manual', 'duration_from_features'),
	...datesOf('epics', 'Epics', 'duration_manual', 'duration_from_features'),
	...datesOf(
		'features',
		'Features',
		'duration_manual',
		'duration_from_iterations',
		'duration_from_releases',
	),
};

const fields: Fields = {
	...nameField,
	// Aha!'s examples of requests call it by another name than its list of parameters.
	reference_prefix: text('Prefix of reference numbers, such as PRJ1', { secondBodyPath: 'prefix' }),
	...descriptionField,
	...parent('product_id'),
	workspace_type: text('For example product_workspace or it_workspace'),
	product_line: boolean('Whether it is a workspace line', { label: 'Workspace Line' }),
	product_line_type: text('Required for a workspace line', { label: 'Workspace Line Type' }),
	...configuration,
};

/** https://www.aha.io/api/resources/products */
export const workspace: Resource = {
	name: 'Workspace',
	value: 'workspace',
	aliases: ['product', 'project', 'product line', 'workspace line'],
	simple: [
		'name',
		'reference_prefix',
		'id',
		'url',
		'workspace_type',
		'product_line',
		'product_line_type',
		'description_text',
		'updated_at',
	],
	more: [
		'description',
		'created_at',
		'children',
		'color',
		'custom_fields',
		'has_ideas',
		'has_epics',
		'capacity_planning_enabled',
	],
	operations: [
		create({
			endpoint: 'POST /products',
			required: { name: fields.name, reference_prefix: fields.reference_prefix },
			fields: without(fields, 'name', 'reference_prefix'),
		}),
		get({ endpoint: 'GET /products/{product_id}', selectable: true }),
		getMany({
			endpoint: 'GET /products',
			query: {
				...updatedFilter,
				include_teams: boolean('Whether to include teams'),
				with_idea_portals: boolean('Whether to return only workspaces with an ideas portal'),
			},
			selectable: true,
		}),
		update({
			endpoint: 'PUT /products/{product_id}',
			fields: { ...fields, ...customFieldsJson, ...customTableLinks },
			customFields: true,
		}),
	],
};
