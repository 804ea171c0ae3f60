import { text } from '../schema/fields';
import type { Resource } from '../schema/types';

/** https://www.aha.io/api/resources/me */
export const me: Resource = {
	name: 'Me',
	value: 'me',
	description: 'The user of the credential',
	aliases: ['current user', 'my work', 'profile'],
	operations: [
		{
			name: 'Get',
			value: 'get',
			action: 'Get my profile',
			description: 'Get the user of the credential with the roles in workspaces',
			endpoint: 'GET /me',
			query: { include: text('What to add to the response') },
			returns: 'user',
		},
		{
			name: 'Get Assigned Records',
			value: 'getAssignedRecords',
			action: 'Get records assigned to me',
			description: 'Get what is assigned to the user of the credential',
			endpoint: 'GET /me/assigned',
			query: { record_type: text('Type of the records, such as Feature') },
			returns: 'assigned',
			paginated: true,
		},
		{
			name: 'Get To-Dos',
			value: 'getToDos',
			action: 'Get my pending to-dos',
			description: 'Get the pending to-dos of the user of the credential',
			endpoint: 'GET /me/tasks',
			returns: 'tasks',
			paginated: true,
		},
	],
};
