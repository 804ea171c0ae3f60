import { boolean, choice, code, json, list, record, text } from '../schema/fields';
import { fillEndpoint } from '../schema/endpoints';
import { endpointsByRecord, withHandler } from '../schema/operations';
import type { Resource } from '../schema/types';
import { callApi, checkCall } from '../handlers/customCall';
import { checkGraphql, runGraphql } from '../handlers/graphql';
import { searchRecords } from '../handlers/search';
import { workspace } from './workspace';

const workspaces = endpointsByRecord('get', [workspace]);

/** What concerns no single kind of record. */
export const account: Resource = {
	name: 'Account',
	value: 'account',
	aliases: ['search', 'graphql', 'custom api call'],
	operations: [
		withHandler({
			name: 'Search Records',
			value: 'searchRecords',
			action: 'Search records of all types',
			description: 'Find records of all types by words; gives ID, reference, name, type and URL',
			settings: { searchText: text('Words to search for') },
			filters: {
				product_id: record('product_id'),
				record_types: list('Types such as Feature, Key Result or Note, separated by commas', {
					label: 'Record Types',
				}),
			},
			paginated: true,
			handler: searchRecords((product_id) => fillEndpoint(workspaces.workspace, { product_id })),
		}),
		withHandler({
			name: 'Execute GraphQL',
			value: 'executeGraphql',
			action: 'Execute a GraphQL query or mutation',
			description: 'Run a query or mutation of your own against the GraphQL API',
			settings: {
				query: code('Query or mutation in GraphQL'),
				variables: json('Variables of the query, such as {"id": "PRJ1-12"}'),
				followPages: boolean(
					'Whether to read all pages of the list in the query; needs $after or $page',
				),
			},
			check: checkGraphql,
			writes: true,
			handler: runGraphql,
		}),
		withHandler({
			name: 'Custom API Call',
			value: 'customApiCall',
			action: 'Make a custom API call',
			description: 'Call any endpoint of the REST API with your credential',
			settings: {
				method: choice([
					['GET', 'GET'],
					['POST', 'POST'],
					['PUT', 'PUT'],
					['DELETE', 'DELETE'],
				]),
				path: text('Path after /api/v1, such as /features/PRJ1-12'),
				query: json(undefined, { label: 'Query Parameters' }),
				body: json('JSON body', { showWhen: { method: ['POST', 'PUT', 'DELETE'] } }),
			},
			paginated: true,
			paginatedWhen: { method: ['GET'] },
			check: checkCall,
			writes: true,
			handler: callApi,
		}),
	],
};
