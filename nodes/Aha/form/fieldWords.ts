import { recordKinds } from '../schema/records';
import type { RecordKind } from '../schema/records';
import type { Field } from '../schema/types';

const HTML = '<p>Riders can follow a route.</p>';
const EFFORT = '2d 1h or 4p';
const ID = '1007868956';
const NAME = 'name@email.com';
const PERCENT = '5%';
const TYPE = 'Feature';

/** What people type into fields for text, by Aha!'s name of the field. */
const EXAMPLES: ReadonlyMap<string, string> = new Map([
	['binaryPropertyName', 'data'],
	['content_type', 'text/html'],
	['created_by', NAME],
	['current_metric', PERCENT],
	['custom_table_key', 'customers'],
	['detailed_estimate', EFFORT],
	['downloadUrl', 'https://mycompany.aha.io/attachments/...'],
	['email', NAME],
	['email_domain', 'example.com'],
	['email_domains', 'example.com, example.org'],
	['associated_type', TYPE],
	['auditable_type', TYPE],
	['external_url', 'https://example.com'],
	['field_name', 'key'],
	['field_value', 'JRA-34'],
	['fields', 'name, workflow_status'],
	['file_name', 'Route map'],
	['file_url', 'https://example.com/map.pdf'],
	['first_name', 'Sam'],
	['idea_users', NAME],
	['include', 'teams'],
	['initial_estimate', EFFORT],
	['iteration', ID],
	['key', 'JRA-34'],
	['key_field', 'n8n_key'],
	['last_name', 'Lee'],
	['link', 'https://example.com/ticket/7'],
	['linked_record_type', TYPE],
	['model_class', TYPE],
	['name', 'Follow a route'],
	['next_token', 'eyJwYWdlIjoyfQ'],
	['path', '/features/PRJ1-12'],
	['product_line_type', 'Product line'],
	['program_increment', 'PI-2026-1'],
	['q', 'map'],
	['query', 'query { account { id } }'],
	['record_type', TYPE],
	['record_types', 'Feature, Key Result, Note'],
	['reference_prefix', 'PRJ1'],
	['remaining_estimate', EFFORT],
	['remaining_estimate_text', EFFORT],
	['searchText', 'map'],
	['service_name', 'jira'],
	['starting_metric', PERCENT],
	['success_metric_name', 'Active riders'],
	['tag', 'mobile'],
	['tags', 'mobile, offline'],
	['target_metric', PERCENT],
	['team', 'RIDERS'],
	['team_workflow_status', 'In development'],
	['total_capacity_text', '20d or 40p'],
	['value', 'JRA-34'],
	['work_done_text', '1h 30min or 5p'],
	['workspace_type', 'product_workspace'],
]);

/** An example of what to type into a field for text; none for other kinds. */
export function placeholderOf(name: string, field: Field): string | undefined {
	if (!['text', 'html', 'code', 'list', 'estimate'].includes(field.kind)) return undefined;
	if (field.placeholder) return field.placeholder;
	return `e.g. ${EXAMPLES.get(name) ?? (field.kind === 'html' ? HTML : ID)}`;
}

const PROGRESS = 'Where Aha! takes the progress from';
const DATES = 'Where Aha! takes the dates from';
const WORKING_DAY = 'Whether the member works on this day';
const WHETHER_ROLE = 'Whether the user has this administrator role';
const FROM_TIME = 'Earliest time, such as 2026-01-31T09:00:00Z';
const TO_TIME = 'Latest time, such as 2026-01-31T09:00:00Z';

/** What fields are that say nothing themselves, by Aha!'s name of the field. */
const DESCRIPTIONS: ReadonlyMap<string, string> = new Map([
	['administer_account', WHETHER_ROLE],
	['administer_billing', WHETHER_ROLE],
	['administer_configuration', WHETHER_ROLE],
	['attachment_id', 'ID of the attachment, which the record lists'],
	['audit_action', 'Kind of change'],
	['capacity_units', 'Whether capacity is in time or in story points'],
	['configuration_epics_enabled', 'Whether the workspace has epics'],
	['configuration_okrs_enabled', 'Whether goals have key results'],
	['created_before', TO_TIME],
	['created_since', FROM_TIME],
	['document_type', 'Kind of note'],
	['email', 'Email address'],
	['email_domain', 'Domain of the organization'],
	['end_at', TO_TIME],
	['exclude_shipped', 'Whether to leave out releases that are shipped'],
	['field_value', 'Value that the integration stores'],
	['first_name', 'First name'],
	['friday', WORKING_DAY],
	['hourly_rate', 'Cost of an hour'],
	['hours_per_day', 'Working hours of a day'],
	['integration_field_id', 'ID that Create returned'],
	['integration_version', "Version of Aha!'s integrations"],
	['last_name', 'Last name'],
	['link_type', 'How the first record relates to the linked one'],
	['method', 'GET reads, others write'],
	['monday', WORKING_DAY],
	['name', 'Name as shown in Aha!'],
	['only_active', 'Whether to leave out initiatives that are done'],
	['permission', 'What the person may do in the portal'],
	['phase_type', 'A phase has a duration, a milestone is a day'],
	['promotable_type', 'Type of the record to make'],
	['query', 'Parameters by name, such as {"q": "map"}'],
	['revenue', 'Yearly revenue'],
	['role', 'What the user may do in the workspace'],
	['saturday', WORKING_DAY],
	['sort', 'Which ideas come first'],
	['start_at', FROM_TIME],
	['story_points_per_day', 'Story points of a day'],
	['success_metric_name', 'What shows that the goal is reached'],
	['sunday', WORKING_DAY],
	['tag', 'Only records with this tag'],
	['taskable_type', 'Type of the record that the to-do belongs to'],
	['team_members_count', 'Number of members'],
	['thursday', WORKING_DAY],
	['tuesday', WORKING_DAY],
	['type', 'Only those of this type'],
	['updated_since', FROM_TIME],
	['value', 'Text to store'],
	['visibility', 'Who can see it'],
	['wednesday', WORKING_DAY],
]);

/** How a record is given: by what a person or an AI model can know of it. */
export const recordDescription = ({ example }: RecordKind, byName = false): string =>
	example
		? `${byName ? 'Name, reference' : 'Reference'} (${example}), ID or URL`
		: `${byName ? 'Name, ' : ''}ID or URL`;

/** What a field is and which form its value has, for people and AI models. */
export function fieldDescription(name: string, field: Field): string | undefined {
	const own = field.description ?? DESCRIPTIONS.get(name);
	if (own) return own;
	if (name.startsWith('configuration_default_progress')) return PROGRESS;
	if (name.startsWith('configuration_default_parent')) return DATES;
	switch (field.kind) {
		case 'date':
			return 'Day, such as 2026-01-31';
		case 'dateTime':
			return 'Time, such as 2026-01-31T09:00:00Z';
		case 'record':
			return recordDescription(recordKinds[field.record], field.byName);
		case 'linkedRecord':
			return 'ID or URL';
		case 'records':
			return 'Array of IDs, or choose from the list';
		case 'person':
			return 'Email address of an Aha! user';
		case 'people':
			return 'Array of email addresses of Aha! users, or choose from the list';
		case 'names':
			return 'Array of names, or choose from the list';
		case 'status':
			return 'Name of a status in the workflow of the workspace';
		case 'type':
			return 'Name of a type in the workflow of the workspace';
		case 'color':
			return 'Color, such as #0073cf';
		default:
			return undefined;
	}
}
