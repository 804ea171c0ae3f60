import type { IDataObject } from 'n8n-workflow';

/** IDs of what was made so far, by Aha!'s names of path parameters, with those of the workspace. */
export type Ids = Readonly<Record<string, string>>;

/** What the values of new records come from. */
export interface Values {
	/** The name of everything that is made, which nothing else has. */
	readonly marker: string;
	readonly ids: Ids;
	/** Email address of the user of the key. */
	readonly email: string;
	/** The first status of a kind of record in the workspace. */
	readonly status: (kind: string) => string;
}

/** One kind of record to make. */
export interface Planned {
	/** Value of the node's resource. */
	readonly resource: string;
	/** Values of the operations that make and delete it. */
	readonly create?: string;
	readonly remove?: string;
	/** Value of Belongs To. */
	readonly key?: string;
	/** The path parameter that names it. */
	readonly parameter: string;
	readonly values: (from: Values) => IDataObject;
	/** What has to be made before, beside what is in the path. */
	readonly needs?: readonly string[];
	/** The field that the update changes. */
	readonly changes?: 'name' | 'body';
	/** Whether its changes are surely in the audit log. */
	readonly isLogged?: boolean;
	/** Why a workspace may not take it: a refusal is no difference then. */
	readonly mayBeRefused?: string;
}

const named = ({ marker }: Values): IDataObject => ({ name: marker });
const commented = ({ marker }: Values): IDataObject => ({ body: `<p>${marker}</p>` });
const today = (): string => new Date().toISOString().slice(0, 10);

const NO_PORTAL = 'the idea is in no portal';

/**
 * One record of each kind that lives in a workspace and can be deleted again, each after what it
 * is made in. Nothing here shows in an ideas portal or sends email to anyone but the user of the
 * key.
 */
export const plan: readonly Planned[] = [
	{
		resource: 'release',
		parameter: 'release_id',
		values: (from) => ({
			...named(from),
			release_date: today(),
			external_release_date: today(),
		}),
		changes: 'name',
		isLogged: true,
	},
	{
		resource: 'epic',
		parameter: 'epic_id',
		key: 'release',
		values: named,
		changes: 'name',
		isLogged: true,
		mayBeRefused: 'the workspace may have no epics',
	},
	{ resource: 'feature', parameter: 'feature_id', values: named, changes: 'name', isLogged: true },
	{
		resource: 'requirement',
		parameter: 'requirement_id',
		values: named,
		changes: 'name',
		isLogged: true,
	},
	{
		resource: 'initiative',
		parameter: 'initiative_id',
		values: (from) => ({ ...named(from), workflow_status: from.status('initiative') }),
		changes: 'name',
		isLogged: true,
	},
	{
		resource: 'goal',
		parameter: 'goal_id',
		values: (from) => ({
			...named(from),
			workflow_status: from.status('goal'),
			success_metric_name: from.marker,
			success_metric_description: from.marker,
		}),
		changes: 'name',
		isLogged: true,
	},
	{
		resource: 'keyResult',
		parameter: 'key_result_id',
		values: named,
		changes: 'name',
		mayBeRefused: 'the workspace may have no key results',
	},
	{
		resource: 'releasePhase',
		parameter: 'release_phase_id',
		needs: ['release_id'],
		values: (from) => ({
			...named(from),
			release_id: from.ids.release_id,
			phase_type: 'phase',
			start_on: today(),
			end_on: today(),
		}),
		changes: 'name',
	},
	{ resource: 'note', parameter: 'page_id', values: named, changes: 'name' },
	{
		resource: 'competitor',
		parameter: 'competitor_id',
		values: (from) => ({ ...named(from), color: '#666666' }),
		changes: 'name',
	},
	{ resource: 'persona', parameter: 'persona_id', values: named, changes: 'name' },
	{
		resource: 'creativeBrief',
		parameter: 'creative_brief_id',
		values: named,
		changes: 'name',
		mayBeRefused: 'only marketing workspaces have it',
	},
	{
		resource: 'idea',
		parameter: 'idea_id',
		values: (from) => ({ ...named(from), skip_portal: true, visibility: 'aha' }),
		changes: 'name',
		isLogged: true,
		mayBeRefused: 'the workspace may have no ideas',
	},
	{
		resource: 'ideaComment',
		parameter: 'idea_comment_id',
		values: (from) => ({ ...commented(from), visibility: 'employee_or_creator' }),
		changes: 'body',
		mayBeRefused: NO_PORTAL,
	},
	{
		resource: 'ideaVote',
		parameter: 'idea_endorsement_id',
		values: () => ({}),
		mayBeRefused: NO_PORTAL,
	},
	{
		resource: 'ideaSubscription',
		create: 'subscribe',
		remove: 'unsubscribe',
		parameter: 'idea_subscription_id',
		values: ({ email }) => ({ email }),
		mayBeRefused: NO_PORTAL,
	},
	{
		resource: 'toDo',
		parameter: 'task_id',
		needs: ['feature_id'],
		values: (from) => ({
			...named(from),
			...commented(from),
			taskable_type: 'Feature',
			taskable_id: from.ids.feature_id,
		}),
		changes: 'name',
	},
	{
		resource: 'comment',
		key: 'feature',
		parameter: 'comment_id',
		values: commented,
		changes: 'body',
	},
	{
		resource: 'recordLink',
		key: 'feature',
		parameter: 'record_link_id',
		needs: ['epic_id'],
		values: ({ ids }) => ({ record_type: 'epic', record_id: ids.epic_id, link_type: 10 }),
	},
	{
		resource: 'timeTrackingEvent',
		create: 'logWork',
		key: 'feature',
		parameter: 'time_tracking_event_id',
		values: () => ({ work_done_text: '1h' }),
		mayBeRefused: 'the workspace may not track time',
	},
];
