import { boolean, date, record, text } from '../schema/fields';
import { crud } from '../schema/operations';
import type { Resource } from '../schema/types';

const { create, remove } = crud({ noun: 'time tracking event' });

/** https://www.aha.io/api/resources/time_tracking_events */
export const timeTrackingEvent: Resource = {
	name: 'Time Tracking Event',
	value: 'timeTrackingEvent',
	description: 'Work logged on a record',
	aliases: ['log work', 'work done', 'effort', 'time sheet'],
	operations: [
		create({
			name: 'Log Work',
			value: 'logWork',
			action: 'Log work done on a record',
			description: 'Log time or points that a user spent on a record',
			endpoint: {
				feature: 'POST /features/{feature_id}/time_tracking_events',
				requirement: 'POST /requirements/{requirement_id}/time_tracking_events',
				initiative: 'POST /initiatives/{initiative_id}/time_tracking_events',
			},
			required: {
				work_done_text: text('Effort with units, such as 1h 30min or 5p', {
					label: 'Work Done',
				}),
			},
			fields: {
				user_id: record('user_id', 'User who did the work'),
				occurred_on: date(),
				remaining_estimate_text: text('Effort with units, such as 2d 1h or 4p', {
					label: 'Remaining Estimate',
				}),
				remaining_automatic: boolean('Whether to calculate the remaining estimate'),
			},
		}),
		remove({ endpoint: 'DELETE /time_tracking_events/{time_tracking_event_id}' }),
	],
};
