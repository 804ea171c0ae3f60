import { record, text } from '../schema/fields';
import { crud } from '../schema/operations';
import type { Resource } from '../schema/types';

const { create, get, getMany, remove } = crud({ noun: 'idea subscription' });

/** https://www.aha.io/api/resources/idea_subscriptions */
export const ideaSubscription: Resource = {
	name: 'Idea Subscription',
	value: 'ideaSubscription',
	description: 'People who are notified about an idea',
	aliases: ['follow idea', 'subscriber'],
	simple: ['idea', 'id', 'idea_id', 'portal_user', 'created_at'],
	operations: [
		create({
			name: 'Subscribe',
			value: 'subscribe',
			action: 'Subscribe someone to an idea',
			description: 'Notify a person about an idea, by email address',
			endpoint: 'POST /ideas/{idea_id}/subscriptions',
			required: {
				email: text(undefined, { placeholder: 'e.g. name@email.com' }),
			},
			fields: { idea_portal_id: record('idea_portal_id') },
		}),
		get({
			endpoint: 'GET /ideas/{idea_id}/subscriptions/{idea_subscription_id}',
			selectable: true,
		}),
		getMany({ endpoint: 'GET /ideas/{idea_id}/subscriptions', selectable: true }),
		remove({
			name: 'Unsubscribe',
			value: 'unsubscribe',
			action: 'Unsubscribe someone from an idea',
			description: 'Stop to notify a person about an idea',
			endpoint: 'DELETE /ideas/{idea_id}/subscriptions/{idea_subscription_id}',
		}),
	],
};
