import { choice, dateTime, linkedRecord, record, text } from '../schema/fields';
import { fillEndpoint } from '../schema/endpoints';
import { without, withRequestHandler } from '../schema/operations';
import type { Fields, Resource } from '../schema/types';
import { kindsByType } from './common';
import { searchHistory, searchResults } from '../handlers/history';

const period: Fields = {
	created_since: dateTime('Earliest change'),
	created_before: dateTime('Latest change'),
};

const filters: Fields = {
	auditable_type: text('Type of the changed record, such as Feature or Note', {
		label: 'Record Type',
	}),
	auditable_id: linkedRecord('auditable_type', kindsByType, {
		label: 'Record',
		description: 'The changed record; needs Record Type',
	}),
	associated_type: text('Type of the record that the changed one belongs to', {
		label: 'Primary Record Type',
	}),
	associated_id: text('ID of the record that the changed one belongs to', {
		label: 'Primary Record ID',
	}),
	audit_action: choice(['create', 'update', 'destroy'], undefined, { label: 'Change' }),
	after_id: text('Only changes after the one with this ID', { label: 'After ID' }),
	user_id: record('user_id', 'User who made the change'),
};

const indexEndpoint = 'GET /historical_audits';
const resultsEndpoint = 'GET /historical_audits/{search_id}';

/** https://www.aha.io/api/resources/audits */
export const history: Resource = {
	name: 'History',
	value: 'history',
	description: 'Who changed what, and when',
	aliases: ['audit', 'change log', 'historical audits'],
	operations: [
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many changes',
			description: 'Get who changed what in the last 12 months; faster with Created Since',
			endpoint: 'GET /audits',
			query: { ...filters, ...period },
			returns: 'audits',
			paginated: true,
			selectable: true,
		},
		withRequestHandler({
			name: 'Search History',
			value: 'searchHistory',
			action: 'Search the history beyond 12 months',
			description: 'Get changes of any age; uses tokens of the account, each item says how many',
			endpoint: 'POST /historical_audits',
			root: 'search',
			required: period,
			fields: filters,
			paginated: true,
			handler: searchHistory(fillEndpoint(indexEndpoint, {}), (search_id) =>
				fillEndpoint(resultsEndpoint, { search_id }),
			),
		}),
		withRequestHandler({
			name: 'Get Search Results',
			value: 'getSearchResults',
			action: 'Get the results of a history search',
			description: 'Get the changes that an earlier Search History found',
			endpoint: resultsEndpoint,
			path: { search_id: text('ID from Search History') },
			query: { next_token: text('Token for the next page, from an earlier page') },
			paginated: true,
			handler: searchResults,
		}),
		{
			name: 'Get History Index',
			value: 'getHistoryIndex',
			action: 'Get the index of the history beyond 12 months',
			description: 'Get who changed what on which day, of any age; uses no tokens',
			endpoint: indexEndpoint,
			requiredQuery: period,
			query: without(filters, 'audit_action', 'after_id'),
			returns: 'historical_audits',
			paginated: true,
		},
	],
};
