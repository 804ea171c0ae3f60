import type { INodeExecutionData } from 'n8n-workflow';

import type { AhaRequest } from '../transport/types';
import type { ItemContext, RequestContext } from './handler';
import type { RecordName } from './records';
import type { ResourceName } from './resourceNames';

/** An option of a fixed set, as n8n draws it. */
export interface Choice {
	readonly name: string;
	readonly value: string | number | boolean;
	readonly description?: string;
	/** What Aha! takes for it, where that is nothing that n8n can show as chosen. */
	readonly sent?: '';
}

/** What every parameter of Aha!'s API can say. Its key in `Fields` is Aha!'s own name for it. */
export interface FieldOptions {
	/** Label in the form; the key in Title Case unless given. */
	readonly label?: string;
	/** One plain sentence for people and AI agents, without a final dot. */
	readonly description?: string;
	readonly placeholder?: string;
	/** What the form says below the field all the time. */
	readonly hint?: string;
	/** Path of the value in the body, with dots; the key unless given. `/` starts beside the root. */
	readonly bodyPath?: string;
	/** A second path for the same value, where Aha!'s documentation has two. */
	readonly secondBodyPath?: string;
	/** Keys of the operation's endpoints that take this field; all unless given. */
	readonly forEndpoints?: readonly string[];
	/** Values of another required field or setting that show this one; it always shows unless given. */
	readonly showWhen?: Readonly<Record<string, readonly string[]>>;
	readonly default?: string | number | boolean;
	/** Whether a setting may be left empty. */
	readonly optional?: boolean;
}

/** Text, a number, a date, a person or JSON: kinds that need no more than their name. */
export interface SimpleField extends FieldOptions {
	readonly kind:
		| 'text'
		| 'html'
		| 'code'
		| 'number'
		| 'integer'
		| 'estimate'
		| 'boolean'
		| 'date'
		| 'dateTime'
		| 'person'
		| 'json';
}

/** One of a fixed set. */
export interface ChoiceField extends FieldOptions {
	readonly kind: 'choice';
	readonly choices: readonly Choice[];
}

export interface ColorField extends FieldOptions {
	readonly kind: 'color';
	/** Whether Aha! takes the color as a number: 6710886 for #666666. */
	readonly asNumber?: boolean;
}

/** A record, chosen from a list or given by ID, reference or URL. */
export interface RecordField extends FieldOptions {
	readonly kind: 'record';
	readonly record: RecordName;
	/** Name of a list method, where resources with another kind of record share the field. */
	readonly listMethod?: string;
	/** Whether Aha! also takes the record's name. */
	readonly byName?: boolean;
}

/** A record of the kind that another field names. */
export interface LinkedRecordField extends FieldOptions {
	readonly kind: 'linkedRecord';
	/** Name of the other field, and the kind of record that each of its values means, in any case. */
	readonly of: string;
	readonly kinds: Readonly<Record<string, RecordName>>;
}

/** A status or a type of the workflow of a kind of record, by name. */
export interface WorkflowField extends FieldOptions {
	readonly kind: 'status' | 'type';
	readonly record: RecordName;
	/** Whether Aha! takes the ID only. */
	readonly idsOnly?: boolean;
}

/** Something that is no record of its own, by name. */
export interface NamedField extends FieldOptions {
	readonly kind: 'named';
	readonly list: NameList;
}

/** Name of a list of names. */
export type NameList = 'timeFrame' | 'ideaCategoryName';

interface ListOptions extends FieldOptions {
	/** Whether Aha! takes the values as one text with commas; as an array unless given. */
	readonly commaSeparated?: boolean;
	/** Key that each value is wrapped in, where Aha! takes objects. */
	readonly wrapEachIn?: string;
}

/** Several texts. */
export interface ListField extends ListOptions {
	readonly kind: 'list';
}

/** Several things that Aha! lists, by name. */
export interface NamesField extends ListOptions {
	readonly kind: 'names';
	readonly list: NameList;
}

/** Several users, by email address. */
export interface PeopleField extends ListOptions {
	readonly kind: 'people';
}

/** Several records of one kind, sent as a list of IDs. */
export interface RecordsField extends ListOptions {
	readonly kind: 'records';
	readonly record: RecordName;
	/** Whether Aha! also takes the records' names. */
	readonly byName?: boolean;
}

/** One parameter of Aha!'s API: how it is drawn, checked and sent follows from its kind. */
export type Field =
	| SimpleField
	| ChoiceField
	| ColorField
	| RecordField
	| LinkedRecordField
	| WorkflowField
	| NamedField
	| ListField
	| NamesField
	| PeopleField
	| RecordsField;

export type FieldKind = Field['kind'];

export type Fields = Readonly<Record<string, Field>>;

/** The value of a field once it is parsed. */
type ValueOf<F extends Field> = F extends { kind: 'boolean' }
	? boolean
	: F extends { kind: 'number' | 'integer' }
		? number
		: F extends { kind: 'list' | 'names' | 'people' | 'records' }
			? string[]
			: F extends { kind: 'json' }
				? unknown
				: F extends { kind: 'choice' }
					? string | number | boolean
					: string;

/** The values of fields by their names. */
export type ValuesOf<F extends Fields> = { readonly [Name in keyof F]: ValueOf<F[Name]> };

/** Method and path as in Aha!'s documentation, such as `GET /features/{feature_id}`. */
export type Endpoint = `${AhaRequest['method']} /${string}`;

interface OperationBase {
	/** Name in n8n, such as `Get Many`. */
	readonly name: string;
	/** n8n's value for it, such as `getAll`. */
	readonly value: string;
	/** What it does, in sentence case. The node panel shows it. */
	readonly action: string;
	/** More for people and AI agents, where `action` does not say it all. */
	readonly description?: string;
	/** Whether the response is a list in pages: adds Return All and Limit. */
	readonly paginated?: boolean;
	/** Whether it may change something in Aha!; as the method of its endpoint says unless given. */
	readonly writes?: boolean;
	/** Values of a setting for which it is a list; for all unless given. */
	readonly paginatedWhen?: Readonly<Record<string, readonly string[]>>;
}

/** What an operation with an endpoint says about its request and the response. */
export interface RequestOptions {
	/**
	 * One endpoint, or one for each thing that a record can belong to. The keys are those of
	 * `choiceOf`, or `account` for the whole account.
	 */
	readonly endpoint: Endpoint | Readonly<Record<string, Endpoint>>;
	/** Path parameters that choose no record. */
	readonly path?: Fields;
	/** Body parameters that Aha! requires, or that the operation is about. */
	readonly required?: Fields;
	/** Other body parameters: the collection Additional Fields. */
	readonly fields?: Fields;
	/** Query parameters: the collection Filters of a list, Options of others. */
	readonly query?: Fields;
	/** Query parameters that Aha! requires. */
	readonly requiredQuery?: Fields;
	/** Key that the body parameters are wrapped in, such as `feature`. */
	readonly root?: string;
	/** Whether the body takes `custom_fields` of this type of record. */
	readonly customFields?: boolean;
	/** Key of the response that holds the record or the records; the whole body unless given. */
	readonly returns?: string;
	/**
	 * Whether the request takes `fields`, Aha!'s choice of what a record carries: in the query, or in
	 * the body of a create or update.
	 */
	readonly selectable?: boolean;
	/** Whether Aha! responds with 200 and no body. Recorded of one endpoint only. */
	readonly mayBeEmpty?: boolean;
}

type None<T> = { readonly [Key in keyof T]?: undefined };

interface SettingsOf<Settings> {
	/** What the person decides about the operation itself. Not sent to Aha!. */
	readonly settings?: Settings;
}

/** One request, and its response as items. */
export interface EndpointOperation extends OperationBase, RequestOptions, None<SettingsOf<Fields>> {
	readonly filters?: undefined;
	readonly handler?: undefined;
}

/** More than the one request of its endpoint. */
export interface RequestHandlerOperation<Settings extends Fields = Fields>
	extends OperationBase, RequestOptions, SettingsOf<Settings> {
	readonly filters?: undefined;
	/** Throws for what is wrong with an item beyond its fields, before anything is sent. */
	check?(item: Omit<RequestContext<ValuesOf<Settings>>, 'client'>): void;
	// A method, so that operations with different settings fit in one list.
	handler(item: RequestContext<ValuesOf<Settings>>): Promise<INodeExecutionData[]>;
}

/** Anything without an endpoint of its own. */
export interface HandlerOperation<Settings extends Fields = Fields, Filters extends Fields = Fields>
	extends OperationBase, None<RequestOptions>, SettingsOf<Settings> {
	/** Settings that can be left out: the collection Filters. */
	readonly filters?: Filters;
	/** Throws for what is wrong with an item beyond its fields, before anything is sent. */
	check?(item: Omit<ItemContext<ValuesOf<Settings> & Partial<ValuesOf<Filters>>>, 'client'>): void;
	handler(
		item: ItemContext<ValuesOf<Settings> & Partial<ValuesOf<Filters>>>,
	): Promise<INodeExecutionData[]>;
}

/** One entry of data: an operation of a resource. */
export type Operation = EndpointOperation | RequestHandlerOperation | HandlerOperation;

/** One resource: one file, which reads like Aha!'s documentation of it. */
export interface Resource {
	readonly name: string;
	readonly value: ResourceName;
	readonly description?: string;
	/** Words people search for beside the name, such as the API's own name. */
	readonly aliases?: readonly string[];
	/**
	 * Keys of the simplified output, in their order; Output is not offered without. A path with dots
	 * leads into a nested record; the item has its last part.
	 */
	readonly simple?: readonly string[];
	/** What else Aha! returns that a person may want to select. */
	readonly more?: readonly string[];
	readonly operations: readonly Operation[];
}
