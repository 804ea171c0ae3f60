import { boolean, date, integer, number, record, text } from '../schema/fields';
import { crud, without } from '../schema/operations';
import type { Fields, Resource } from '../schema/types';
import { nameField } from './common';

const { create, get, getMany, update, remove } = crud({ noun: 'team' });
const membership = crud({ noun: 'team membership' });
const virtual = crud({ noun: 'virtual team member', key: 'team_member' });

const fields: Fields = {
	...nameField,
	product_id: record('product_id', 'Leave empty for the whole account'),
	schedule_id: record('schedule_id'),
	team_members_count: integer(),
	capacity: number('Hours per week'),
	start_date: date(),
	end_date: date(),
	hourly_rate: number('Rate of each member'),
	automatically_calculate_team_members_count: boolean(
		'Whether to count the members instead of using a fixed number',
		{ label: 'Count Team Members' },
	),
};

const ofWorkspace: Fields = {
	product_id: record('product_id', 'Leave empty for the whole account'),
};

/**
 * https://www.aha.io/api/resources/teams, https://www.aha.io/api/resources/team_memberships,
 * https://www.aha.io/api/resources/team_members
 */
export const team: Resource = {
	name: 'Team',
	value: 'team',
	description: 'Teams and their members in capacity planning',
	aliases: ['team membership', 'team member', 'virtual user'],
	operations: [
		create({
			endpoint: { account: 'POST /teams', workspace: 'POST /products/{product_id}/teams' },
			required: nameField,
			fields: {
				...without(fields, 'name'),
				product_id: { ...fields.product_id, forEndpoints: ['account'] },
			},
		}),
		get({ endpoint: 'GET /teams/{team_id}' }),
		getMany({
			endpoint: { account: 'GET /teams', workspace: 'GET /products/{product_id}/teams' },
			selectable: true,
		}),
		update({ endpoint: 'PUT /teams/{team_id}', fields }),
		remove({ endpoint: 'DELETE /teams/{team_id}' }),
		membership.create({
			name: 'Add Member',
			value: 'addMember',
			action: 'Add a member to a team',
			description: 'Add an Aha! user or a virtual member to a team',
			endpoint: 'POST /teams/{team_id}/team_memberships',
			fields: {
				...ofWorkspace,
				user_id: record('user_id'),
				virtual_user_id: record('team_member_id', undefined, { label: 'Virtual Member' }),
			},
		}),
		membership.getMany({
			name: 'Get Many Memberships',
			value: 'getMemberships',
			description: 'Get the members of a team with their schedules',
			endpoint: 'GET /teams/{team_id}/team_memberships',
			selectable: true,
		}),
		membership.remove({
			name: 'Remove Member',
			value: 'removeMember',
			action: 'Remove a member from a team',
			description: 'Take a member out of a team, by the ID of the membership',
			endpoint: 'DELETE /teams/{team_id}/team_memberships/{team_membership_id}',
		}),
		virtual.create({
			name: 'Create Virtual Member',
			value: 'createVirtualMember',
			description: 'Create a person to plan with who is not an Aha! user',
			endpoint: 'POST /team_members',
			required: {
				first_name: text(),
				last_name: text(),
				email: text(undefined, { placeholder: 'e.g. name@email.com' }),
			},
			fields: ofWorkspace,
		}),
		virtual.getMany({
			name: 'Get Many Virtual Members',
			value: 'getVirtualMembers',
			description: 'Get the people to plan with who are not Aha! users',
			endpoint: 'GET /team_members',
			query: ofWorkspace,
		}),
		virtual.remove({
			name: 'Delete Virtual Member',
			value: 'deleteVirtualMember',
			description: 'Delete a virtual member by its ID',
			endpoint: 'DELETE /team_members/{team_member_id}',
		}),
	],
};
