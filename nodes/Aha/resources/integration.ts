import { boolean, choice, linkedRecord, record, text } from '../schema/fields';
import { crud } from '../schema/operations';
import type { Fields, Resource } from '../schema/types';
import { kindsByType } from './common';

const { create, get, getMany, update } = crud({ noun: 'integration' });

const serviceName: Fields = { service_name: text('For example jira or azure_devops') };

const enabled: Fields = { enabled: boolean('Whether the integration is enabled') };

/**
 * https://www.aha.io/api/resources/integrations,
 * https://www.aha.io/api/resources/integration_changes,
 * https://www.aha.io/api/resources/integration_change_jobs
 */
export const integration: Resource = {
	name: 'Integration',
	value: 'integration',
	aliases: ['integration change', 'send to jira', 'sync'],
	operations: [
		create({
			endpoint: {
				account: 'POST /integrations',
				workspace: 'POST /products/{product_id}/integrations',
			},
			required: serviceName,
			fields: {
				...enabled,
				product_id: record('product_id', 'Leave empty for the whole account', {
					forEndpoints: ['account'],
				}),
				integration_version: choice([
					['1', 1],
					['2', 2],
				]),
				template_id: record('integration_id', 'Integration to copy the settings from', {
					label: 'Template',
				}),
			},
		}),
		get({ endpoint: 'GET /products/{product_id}/integrations/{integration_id}' }),
		getMany({
			endpoint: {
				account: 'GET /integrations',
				workspace: 'GET /products/{product_id}/integrations',
			},
		}),
		update({
			endpoint: 'PUT /products/{product_id}/integrations/{integration_id}',
			required: enabled,
		}),
		{
			name: 'Send Record',
			value: 'sendRecord',
			action: 'Send a record to an integration',
			description: 'Send a record to Jira or another integration; returns the IDs of the jobs',
			endpoint: 'POST /integration_changes',
			required: {
				integration_id: record('integration_id'),
				model_class: text('Type of the record, such as Feature, Epic or Release', {
					label: 'Record Type',
				}),
				model_id: linkedRecord('model_class', kindsByType, {
					label: 'Record',
					description: 'Record to send; needs Record Type',
				}),
			},
		},
		{
			name: 'Get Job',
			value: 'getJob',
			action: 'Get a job that sends a record to an integration',
			description: 'Get how far a job of Send Record is, and what could not be sent',
			endpoint: 'GET /integration_change_jobs/{job_id}',
			path: { job_id: text('ID from Send Record') },
			returns: 'integration_change_job',
		},
	],
};
