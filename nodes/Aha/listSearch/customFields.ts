import type {
	FieldType,
	IDataObject,
	ILoadOptionsFunctions,
	INodePropertyOptions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import type { AhaClient } from '../transport/client';
import { isObject } from '../transport/json';
import { connectForForm } from './connect';
import { readRecords } from './records';
import { chosenWorkspace } from './workspace';

/** A custom field as Aha! defines it, for the account or in the layout of a workspace. */
interface Definition {
	readonly id: string | number;
	readonly key: string;
	readonly name: string;
	/** Aha!'s class, such as `CustomFieldDefinitions::SelectConstant`. */
	readonly type: string;
	/** Type of its values in the API; only layouts have it. */
	readonly api_type?: string;
	readonly required?: boolean;
	readonly position?: number;
	readonly options?: ReadonlyArray<{ readonly label: string }>;
}

/** Aha!'s name of the records of a resource, where it is not the resource's own. */
const RECORD_TYPES: Readonly<Record<string, string>> = {
	goal: 'StrategicImperative',
	ideaContact: 'IdeaUser',
	ideaVote: 'IdeaEndorsement',
	note: 'Page',
	workspace: 'Project',
};

/** What a person fills in for each class of custom field. Others go by their API type. */
const TYPES: Readonly<Record<string, FieldType>> = {
	TextField: 'string',
	NoteField: 'string',
	UrlField: 'string',
	NumberField: 'number',
	DateField: 'dateTime',
	SelectConstant: 'options',
	SelectEditable: 'options',
	SelectMultipleConstant: 'array',
	SelectMultipleEditable: 'array',
	EquationField: 'object',
	LinkMany: 'array',
	LinkOne: 'string',
};

const API_TYPES: Readonly<Record<string, FieldType>> = {
	string: 'string',
	url: 'string',
	number: 'number',
	date: 'dateTime',
	boolean: 'boolean',
	array: 'array',
};

/** Classes with no value that can be written: files, calculated scores, rows of a table. */
const READ_ONLY = new Set(['AttachmentField', 'ScorecardField', 'LinkMasterDetail']);

/** `Ideas::Idea` → `Idea`, `CustomFieldDefinitions::Records::UsersField` → `UsersField`. */
const lastPart = (name: unknown): string => String(name).split('::').at(-1) ?? '';

/**
 * The custom fields of the chosen resource's records: those in the layout of the workspace that
 * is chosen in the form, else all that the account has for this type of record.
 */
export async function getCustomFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const client = await connectForForm(this);
	const resource = String(this.getCurrentNodeParameter('resource'));
	const type = RECORD_TYPES[resource] ?? resource.charAt(0).toUpperCase() + resource.slice(1);
	const creates = this.getCurrentNodeParameter('operation') === 'create';
	const workspace = await chosenWorkspace(this, client);
	const layout = workspace ? await layoutFields(client, workspace, type) : undefined;
	const definitions = layout ?? (await accountFields(client, type));
	const fields = definitions
		.filter((definition) => !READ_ONLY.has(lastPart(definition.type)))
		.map(async (definition) => await mapperField(client, definition, creates));
	return {
		fields: await Promise.all(fields),
		emptyFieldsNotice: 'There are no custom fields for records of this type.',
	};
}

/** The fields in a workspace's layout for a type of record; nothing where it has no such layout. */
async function layoutFields(
	client: AhaClient,
	workspace: string,
	type: string,
): Promise<Definition[] | undefined> {
	const [product] = await readRecords(client, 'workspace', 'get', { product_id: workspace });
	const ids = isObject(product.screen_definition_ids) ? product.screen_definition_ids : {};
	const [, chosen] = Object.entries(ids).find(([key]) => lastPart(key) === type) ?? [];
	const layouts = (product.screen_definitions ?? []) as IDataObject[];
	const layout = layouts.find(({ id, screenable_type }) =>
		chosen === undefined ? lastPart(screenable_type) === type : String(id) === String(chosen),
	);
	const fields = layout?.custom_field_definitions as unknown as Definition[] | undefined;
	return fields && [...fields].sort((a, b) => (a.position ?? 0) - (b.position ?? 0));
}

async function accountFields(client: AhaClient, type: string): Promise<Definition[]> {
	const all = await readRecords(client, 'customField', 'getAll', {});
	return all.filter(
		({ custom_fieldable_type }) => lastPart(custom_fieldable_type) === type,
	) as unknown as Definition[];
}

async function mapperField(
	client: AhaClient,
	definition: Definition,
	creates: boolean,
): Promise<ResourceMapperField> {
	const type = fieldType(definition);
	return {
		id: definition.key,
		displayName: definition.name,
		type,
		display: true,
		defaultMatch: false,
		canBeUsedToMatch: false,
		// An existing record already has a value.
		required: creates && definition.required === true,
		...((type === 'options' || isFixedList(definition)) && {
			options: await choicesOf(client, definition),
		}),
	};
}

/** Whether a field takes several of its choices, and no others. */
const isFixedList = ({ type }: Definition): boolean => lastPart(type) === 'SelectMultipleConstant';

function fieldType({ type, api_type }: Definition): FieldType {
	const name = lastPart(type);
	// Fields that hold other records take the list of their ids.
	if (type.includes('::Records::')) return 'array';
	return TYPES[name] ?? API_TYPES[api_type ?? ''] ?? 'string';
}

/** Choices by their text, which Aha! takes as the value. */
async function choicesOf(
	client: AhaClient,
	{ id, options }: Definition,
): Promise<INodePropertyOptions[]> {
	const texts = options
		? options.map(({ label }) => label)
		: (
				await readRecords(client, 'customField', 'getChoices', {
					custom_field_definition_id: String(id),
				})
			).map(({ text }) => String(text));
	return texts.map((text) => ({ name: text, value: text }));
}
