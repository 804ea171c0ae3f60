import {
	boolean,
	choice,
	color,
	date,
	dateTime,
	estimate,
	html,
	integer,
	json,
	list,
	named,
	people,
	person,
	record,
	records,
	status,
	text,
	titleCase,
} from '../schema/fields';
import type { RecordName } from '../schema/records';
import type { Endpoint, Fields, Operation } from '../schema/types';

/** Also tells the workspace of what is made in a release. */
export const getRelease = 'GET /releases/{release_id}';

/** Fields that several of Aha!'s records share, written once. */

export const nameField: Fields = { name: text() };

export const descriptionField: Fields = { description: html('Text, Markdown or HTML') };

const EFFORT = 'Effort with units, such as 2d 1h or 4p, or a number of minutes or points';

/** Efforts, in the units that the workspace uses. */
export const estimates: Fields = {
	initial_estimate: estimate(EFFORT),
	detailed_estimate: estimate(EFFORT),
	remaining_estimate: estimate(EFFORT),
};

/** Aha! Develop: the team that works on a record, and when. */
export const developFields: Fields = {
	team: text('ID or key of the team'),
	team_workflow_status: text('Name of a status in the workflow of the team', {
		label: 'Team Status',
	}),
	iteration: text('ID of a sprint of the team', { label: 'Sprint' }),
	program_increment: text('ID or key of the program increment'),
};

/** Aha!'s names of calculations, such as `progress_from_todos`, as people read them. */
export const sources = (...values: string[]) =>
	values.map((value): [string, string] => [
		titleCase(value.replace(/^[a-z]+_/, '').replace('todos', 'To-Dos')),
		value,
	]);

/** Progress, and where Aha! takes it from. */
export const progress = (...values: string[]): Fields => ({
	progress_source: choice(sources(...values), 'How progress is calculated'),
	progress: integer('Percentage; needs a manual progress source'),
});

/** Where Aha! takes the dates from. */
export const duration = (...values: string[]): Fields => ({
	duration_source: choice(sources(...values), 'How dates are calculated'),
});

/** Tags, watchers and scores, which most records have. */
export const collaborationFields: Fields = {
	tags: list('Tags, separated by commas'),
	watchers: people('Users who are notified about changes'),
	score_facts: json('Scores by name, such as [{"name": "Benefit", "value": 4}]', {
		label: 'Scorecard',
		default: '[]',
	}),
};

/** Who works on a record. */
export const assignee: Fields = { assigned_to_user: person(undefined, { label: 'Assigned To' }) };

export const assignment: Fields = {
	...assignee,
	created_by: person('Aha! user who created it'),
};

export const customFieldsJson: Fields = {
	custom_fields: json('Values by field key, such as {"priority": "P3"}', {
		label: 'Custom Fields (JSON)',
	}),
};

/** Links to rows of custom tables; those given replace the ones that are there. */
export const customTableLinks: Fields = {
	custom_object_links: json('Record IDs by table key, such as {"customers": ["640362830"]}', {
		label: 'Custom Table Links',
	}),
};

/**
 * Sets the links to custom tables where Aha!'s update of the record has another path than this.
 *
 * @param noun what a record is called in a sentence, with its article
 * @param key the key that wraps it
 */
export const setTableLinks = (noun: string, key: string, endpoint: Endpoint): Operation => ({
	name: 'Set Custom Table Links',
	value: 'setCustomTableLinks',
	action: `Set the custom table links of ${noun}`,
	description: `Replace the rows of custom tables that ${noun} is linked to`,
	endpoint,
	root: key,
	required: customTableLinks,
	returns: key,
});

/** A color that Aha! keeps as a number. */
export const colorField: Fields = { color: color(undefined, { asNumber: true }) };

/** Filter of lists by name. */
export const nameFilter: Fields = { q: text('Text in the name', { label: 'Search' }) };

/** Filter of lists by the time of the last change. */
export const updatedFilter: Fields = { updated_since: dateTime() };

/** Filter of lists of what people send in. */
export const spamFilter: Fields = {
	spam: boolean('Whether to return what is marked as spam, which is left out by default'),
};

/** Filters of lists of features, epics and initiatives in the whole account. */
export const accountFilters = (name: RecordName): Fields => ({
	workflow_status: status(name, undefined, { label: 'Status', forEndpoints: ['account'] }),
	custom_fields: json('Values by field key, such as {"priority": "P2"}', {
		label: 'Custom Fields (JSON)',
		forEndpoints: ['account'],
	}),
});

/** Filters of lists of features and epics. */
export const workFilters = (name: RecordName): Fields => ({
	...nameFilter,
	...updatedFilter,
	...accountFilters(name),
	tag: text(),
	...assignee,
});

export const workflowStatus = (name: RecordName): Fields => ({
	workflow_status: status(name, undefined, { label: 'Status' }),
});

/** What a record is part of, of a kind that depends on its own. */
export const parent = (name: RecordName): Fields => ({
	parent_id: record(name, 'Record that contains this one', {
		label: 'Parent',
		listMethod: 'parent',
	}),
});

/** The kinds of record that have lists, by Aha!'s names of their types. */
export const kindsByType: Readonly<Record<string, RecordName>> = {
	Competitor: 'competitor_id',
	CreativeBrief: 'creative_brief_id',
	Epic: 'epic_id',
	Feature: 'feature_id',
	'Ideas::Idea': 'idea_id',
	Initiative: 'initiative_id',
	MasterRelease: 'roll_up_release_id',
	Page: 'page_id',
	Persona: 'persona_id',
	Project: 'product_id',
	Release: 'release_id',
	ReleasePhase: 'release_phase_id',
	Requirement: 'requirement_id',
	StrategicImperative: 'goal_id',
};

/** Where a record moves to. */
export const targetWorkspace: Fields = {
	project_id: record('product_id', 'Workspace to move it to', { label: 'Target Workspace' }),
};

export const startDate: Fields = { start_date: date() };

/** When a goal or an initiative is to be reached, and where its chart shows it. */
export const strategyFields: Fields = {
	effort: integer('Position on the effort axis of the chart'),
	value: integer('Position on the value axis of the chart'),
	time_frame: named('timeFrame', 'Name or ID of a time frame; the list has those in use'),
};

export const goals: Fields = { goals: records('goal_id') };

export const initiative: Fields = {
	initiative: record('initiative_id', undefined, { byName: true }),
};
