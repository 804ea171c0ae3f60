import { boolean, color, date, integer, number, record, text } from '../schema/fields';
import { crud, without } from '../schema/operations';
import type { Field, Fields, Resource } from '../schema/types';

const { getMany } = crud({ noun: 'schedule' });
const change = crud({ noun: 'schedulable change' });

/** Aha! takes the team beside the change, so that no key wraps them both. */
const inChange = (field: Field, key: string): Field => ({
	...field,
	bodyPath: `schedulable_change.${key}`,
});

const changeFields: Fields = {
	team_id: record('team_id'),
	effective_start_date: inChange(date('First day of the change'), 'effective_start_date'),
	schedule_id: inChange(record('schedule_id'), 'schedule_id'),
	team_members_count: {
		...inChange(integer('Leave empty to count the members'), 'team_members_count'),
		// Aha!'s example of a new change spells it so.
		secondBodyPath: 'schedulable_change.team_member_count',
	},
	hourly_rate: inChange(number(), 'hourly_rate'),
	color: inChange(color(), 'color'),
};

const required: Fields = {
	team_id: changeFields.team_id,
	effective_start_date: changeFields.effective_start_date,
};

const inSchedule = (key: string) => `team_membership.schedule.${key}`;

const day = (key: string): Fields => ({
	[key]: boolean(undefined, { bodyPath: inSchedule(key), default: true }),
});

const hours: Fields = {
	deleted: boolean('Whether the member leaves the team', { bodyPath: 'team_membership.deleted' }),
	hours_per_day: number(undefined, { bodyPath: inSchedule('hours_per_day') }),
	story_points_per_day: number(undefined, { bodyPath: inSchedule('story_points_per_day') }),
	...day('monday'),
	...day('tuesday'),
	...day('wednesday'),
	...day('thursday'),
	...day('friday'),
	saturday: boolean(undefined, {
		bodyPath: inSchedule('saturday'),
		// Aha!'s list of parameters spells it so.
		secondBodyPath: inSchedule('staurday'),
	}),
	sunday: boolean(undefined, { bodyPath: inSchedule('sunday') }),
};

/**
 * https://www.aha.io/api/resources/schedules,
 * https://www.aha.io/api/resources/schedulable_changes
 */
export const schedule: Resource = {
	name: 'Schedule',
	value: 'schedule',
	description: 'Working hours of teams and planned changes to them',
	aliases: ['schedulable change', 'working hours', 'calendar'],
	operations: [
		getMany({ endpoint: 'GET /schedules', selectable: true }),
		change.create({
			name: 'Create Change',
			value: 'createChange',
			action: 'Create a schedule change',
			description: 'Plan other working hours or members for a team from a day on',
			endpoint: 'POST /schedulable_changes',
			root: undefined,
			required,
			fields: without(changeFields, ...Object.keys(required)),
		}),
		change.getMany({
			name: 'Get Many Changes',
			value: 'getChanges',
			action: 'Get many schedule changes',
			description: 'Get the planned changes of all schedules',
			endpoint: 'GET /schedulable_changes',
		}),
		change.update({
			name: 'Update Change',
			value: 'updateChange',
			action: 'Update a schedule change',
			description: 'Change day, schedule or members of a planned change',
			endpoint: 'PUT /schedulable_changes/{schedulable_change_id}',
			root: undefined,
			required,
			fields: without(changeFields, ...Object.keys(required)),
		}),
		change.update({
			name: 'Update Membership in Change',
			value: 'updateMembershipInChange',
			action: 'Update a team membership in a schedule change',
			description: 'Change the working hours of one member in a planned change',
			endpoint: 'PUT /schedulable_changes/{schedulable_change_id}/update_team_memberships',
			root: undefined,
			required: {
				team_membership_id: text('ID of a membership of the team'),
			},
			fields: hours,
		}),
		change.remove({
			name: 'Delete Change',
			value: 'deleteChange',
			action: 'Delete a schedule change',
			description: 'Delete a planned change by its ID',
			endpoint: 'DELETE /schedulable_changes/{schedulable_change_id}',
		}),
	],
};
