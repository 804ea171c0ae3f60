import { boolean, integer, record } from '../schema/fields';
import { crud } from '../schema/operations';
import type { Resource } from '../schema/types';
import { nameField } from './common';

const { getMany, update } = crud({ noun: 'paid seat group' });

/** Aha! takes and gives single groups without a wrapping key. */
const bare = { root: undefined, returns: undefined };

/** https://www.aha.io/api/resources/paid_seat_groups */
export const paidSeatGroup: Resource = {
	name: 'Paid Seat Group',
	value: 'paidSeatGroup',
	aliases: ['seat', 'license'],
	operations: [
		getMany({ endpoint: 'GET /paid_seat_groups' }),
		update({
			...bare,
			endpoint: 'PUT /paid_seat_groups/{paid_seat_group_id}',
			fields: { ...nameField, capacity: integer('Number of seats') },
		}),
		{
			name: 'Modify User',
			value: 'modifyUser',
			action: 'Add or remove a user of a paid seat group',
			description: 'Give a user a seat of the group, or take it away',
			endpoint: 'POST /paid_seat_groups/{paid_seat_group_id}/modify_user',
			required: { user_id: record('user_id') },
			fields: { remove: boolean('Whether to remove the user instead of adding them') },
		},
	],
};
