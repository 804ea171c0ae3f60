import type { Seeder } from './seeder';
import { samplesOf } from './samples';
import type { Entity } from './store';
import { refTo } from './store';

interface WorkflowSeed {
	readonly type: string;
	/** Kinds of record that use it. */
	readonly records: readonly string[];
	readonly name: string;
	readonly statuses: readonly string[];
	readonly kinds?: readonly string[];
}

/** The last two statuses of each are complete. */
const WORKFLOWS: readonly WorkflowSeed[] = [
	{
		type: 'Feature',
		records: ['feature', 'requirement'],
		name: 'Product feature workflow',
		statuses: [
			'New',
			'Designed',
			'Ready to develop',
			'In development',
			'Shipped',
			"Won't implement",
		],
		kinds: ['New', 'Improvement', 'Bug fix', 'Research'],
	},
	{
		type: 'Feature',
		records: ['epic'],
		name: 'Product epic workflow',
		statuses: ['New', 'Designed', 'In development', 'In review', 'Shipped', "Won't implement"],
		kinds: ['New', 'Improvement'],
	},
	{
		type: 'Release',
		records: ['release'],
		name: 'Product release workflow',
		statuses: ['New', 'In planning', 'In development', 'Shipped', "Won't do"],
		kinds: ['Standard'],
	},
	{
		type: 'Idea',
		records: ['idea'],
		name: 'Product idea workflow',
		statuses: [
			'New',
			'Needs review',
			'Future consideration',
			'Planned',
			'Shipped',
			'Already exists',
		],
		kinds: ['New', 'Improvement'],
	},
	{
		type: 'Initiative',
		records: ['initiative'],
		name: 'Initiative workflow',
		statuses: ['Not started', 'In progress', 'At risk', 'Complete', 'Will not do'],
		kinds: ['Standard'],
	},
	{
		type: 'StrategicImperative',
		records: ['goal'],
		name: 'Goal workflow',
		statuses: ['Not started', 'On track', 'Behind', 'Achieved', 'Not achieved'],
		kinds: ['Standard'],
	},
	{
		type: 'KeyResult',
		records: ['key_result'],
		name: 'Key result workflow',
		statuses: ['Not started', 'On track', 'Behind', 'Achieved', 'Not achieved'],
		kinds: ['Standard'],
	},
	{
		type: 'Page',
		records: ['page'],
		name: 'Document workflow',
		statuses: ['Draft', 'In review', 'Approved', 'Obsolete'],
		kinds: ['Standard'],
	},
];

const COLORS = ['#dce7c6', '#f7f1d2', '#ecdd8f', '#b9d7e8', '#8fbf7f', '#cccccc'];

/** What a workspace has of its own in place of the account's workflow for features. */
const OWN_WORKFLOW: WorkflowSeed = {
	type: 'Feature',
	records: ['feature'],
	name: 'Platform feature workflow',
	statuses: ['New', 'Designed', 'Ready to develop', 'In development', 'Shipped', 'On hold'],
	kinds: ['New', 'Improvement', 'Bug fix', 'Research'],
};

export function seedWorkflows(seeder: Seeder): void {
	for (const workflow of WORKFLOWS) seedWorkflow(seeder, workflow);
}

export const seedOwnWorkflow = (seeder: Seeder, workspace: Entity): void =>
	seedWorkflow(seeder, OWN_WORKFLOW, { project: refTo(workspace) });

function seedWorkflow(
	seeder: Seeder,
	{ type, records, name, statuses, kinds = [] }: WorkflowSeed,
	references: Record<string, unknown> = {},
): void {
	const data = { name, statusable_type: type, transitions_only: false, record_kinds: records };
	const workflow = refTo(seeder.add('workflow', { ...data, ...references }));
	statuses.forEach((status, index) => {
		seeder.add('workflow_status', {
			name: status,
			position: index + 1,
			complete: index >= statuses.length - 2,
			color: COLORS[index % COLORS.length],
			workflow,
		});
	});
	for (const kind of kinds) seeder.add('workflow_kind', { name: kind, workflow });
}

interface FieldSeed {
	readonly of: string;
	readonly key: string;
	readonly name: string;
	readonly type: string;
	readonly api: string;
	readonly options?: readonly string[];
	readonly required?: boolean;
}

const PRIORITIES = ['P1', 'P2', 'P3', 'P4', 'P5'];
const AREAS = ['web', 'mobile', 'api', 'reports'];

const FIELDS: readonly FieldSeed[] = [
	...['Feature', 'Epic', 'Requirement', 'Initiative'].map((of) => ({
		of,
		key: 'priority',
		name: 'Priority',
		type: 'SelectConstant',
		api: 'string',
		options: PRIORITIES,
	})),
	...['Feature', 'Ideas::Idea'].map((of) => ({
		of,
		key: 'component',
		name: 'Component',
		type: 'SelectMultipleConstant',
		api: 'array',
		options: AREAS,
	})),
	...['Feature', 'Requirement', 'Epic', 'Release', 'StrategicImperative'].map((of) => ({
		of,
		key: 'expected_completion_date',
		name: 'Expected completion date',
		type: 'DateField',
		api: 'date',
	})),
	{ of: 'Feature', key: 'effort_days', name: 'Effort in days', type: 'NumberField', api: 'number' },
	{ of: 'Feature', key: 'requested_by', name: 'Requested by', type: 'TextField', api: 'string' },
	{ of: 'Feature', key: 'design_link', name: 'Design link', type: 'UrlField', api: 'url' },
	{ of: 'Feature', key: 'release_note', name: 'Release note', type: 'NoteField', api: 'note' },
	{ of: 'Feature', key: 'files', name: 'Files', type: 'AttachmentField', api: 'attachment' },
	{ of: 'Release', key: 'note', name: 'Note', type: 'NoteField', api: 'note' },
	{ of: 'Release', key: 'text_field', name: 'Text', type: 'TextField', api: 'string' },
	{
		of: 'Requirement',
		key: 'requested_by',
		name: 'Requested by',
		type: 'TextField',
		api: 'string',
	},
	{ of: 'Page', key: 'review_date', name: 'Review date', type: 'DateField', api: 'date' },
	{ of: 'Project', key: 'division', name: 'Division', type: 'TextField', api: 'string' },
	...['Competitor', 'Persona', 'CreativeBrief', 'KeyResult', 'Team', 'CapacityInvestment'].map(
		(of) => ({
			of,
			key: 'priority',
			name: 'Priority',
			type: 'TextField',
			api: 'string',
		}),
	),
	...['Ideas::IdeaOrganization', 'Ideas::IdeaUser', 'Ideas::IdeaEndorsement'].map((of) => ({
		of,
		key: 'region',
		name: 'Region',
		type: 'TextField',
		api: 'string',
	})),
	{ of: 'CustomObjectRecord', key: 'name', name: 'Name', type: 'TextField', api: 'string' },
	{ of: 'CustomObjectRecord', key: 'website', name: 'Website', type: 'UrlField', api: 'url' },
];

const GREY = 6_710_886;

export function seedFields(seeder: Seeder): void {
	for (const { of, key, name, type, api, options = [], required = false } of FIELDS) {
		const definition = seeder.add('custom_field_definition', {
			name,
			key,
			type: `CustomFieldDefinitions::${type}`,
			custom_fieldable_type: of,
			internal_name: null,
			api_type: api,
			required,
		});
		for (const value of options) {
			seeder.add('custom_field_option', {
				value,
				color: GREY,
				hidden: false,
				custom_field_definition: refTo(definition),
			});
		}
	}
	const types = [
		...new Set(FIELDS.map(({ of }) => of)),
		'Initiative',
		'Approval',
		'Ideas::IdeaPortal',
	];
	for (const type of new Set(types)) {
		seeder.add('screen_definition', { screenable_type: type, name: `${type} layout` });
	}
}

const NAMES = [
	'George Gently',
	'Mary Humpty',
	'Henry Humpty',
	'John Smith',
	'Priya Raman',
	'Ada Okafor',
	'Jonas Berg',
	'Lucía Ortega',
	'Wei Chen',
	'Fatima Zahra',
	'Tom Novak',
	'Sofia Rossi',
];

export function seedPeople(seeder: Seeder, domain: string): Entity[] {
	const provider = refTo(seeder.addSample('identity_provider', { name: 'Company sign-in' }));
	return NAMES.map((name, index) => {
		const [first = '', last = ''] = name.split(' ');
		const plain = `${first}.${last}`
			.toLowerCase()
			.normalize('NFD')
			.replace(/[^a-z.]/g, '');
		return seeder.addSample('user', {
			name,
			first_name: first,
			last_name: last,
			email: index === 0 ? `owner@${domain}.example` : `${plain}@${domain}.example`,
			enabled: index < NAMES.length - 1,
			administrator: index === 0,
			accessed_at: seeder.daysAgo(index),
			timezone: 'America/Los_Angeles',
			user_roles: [],
			identity_provider: provider,
		});
	});
}

export function seedPlanning(seeder: Seeder): void {
	for (const sample of samplesOf('schedule', '/schedules')) seeder.add('schedule', sample);
	for (const sample of samplesOf('capacity_scenario', '/capacity_scenarios')) {
		seeder.add('capacity_scenario', sample);
	}
}
