import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { AhaClient } from '../transport/client';
import type { AhaRequest } from '../transport/types';
import type { InputScope } from '../run/input';
import type { RecordName } from './records';
import type { ReadParameter } from '../run/request';

/** What a person types into a field, and so how it is drawn, checked and sent. */
export type FieldKind =
	| 'text'
	| 'html'
	| 'number'
	| 'integer'
	| 'boolean'
	| 'date'
	| 'dateTime'
	| 'choice'
	| 'color'
	| 'record'
	| 'records'
	| 'person'
	| 'people'
	| 'status'
	| 'list'
	| 'json';

export interface Choice {
	readonly name: string;
	readonly value: string | number | boolean;
	readonly description?: string;
}

/** One parameter of Aha!'s API. Its key in `Fields` is Aha!'s own name for it. */
export interface Field {
	readonly kind: FieldKind;
	/** Name in the form; the key in Title Case unless given. */
	readonly label?: string;
	/** One plain sentence for people and AI agents, without a final dot. */
	readonly about?: string;
	readonly placeholder?: string;
	readonly choices?: readonly Choice[];
	/**
	 * For `choice` and `record`: name of a list that gives what there is to choose when the field
	 * opens. Resources with other choices, or another kind of record, share the field.
	 */
	readonly list?: string;
	/** For `record` and `records`: what is chosen. For `status`: whose workflow. */
	readonly record?: RecordName;
	/** Where the value goes in the body, with dots; the key unless given. After `/`: beside the root. */
	readonly at?: string;
	/** A second place of the same value, where Aha!'s documentation spells it in two ways. */
	readonly also?: string;
	/** How a list travels: as an array unless Aha! wants it comma-separated. */
	readonly joined?: boolean;
	/** Key that each value of a list travels under, where Aha! takes objects. */
	readonly each?: string;
	/** Whether a color travels as a whole number, 6710886 for #666666. */
	readonly asNumber?: boolean;
	/** Values of the endpoint choice that take this field; all unless given. */
	readonly only?: readonly string[];
	/** Values of another required field that make this one apply; always unless given. */
	readonly when?: Readonly<Record<string, readonly string[]>>;
	readonly default?: string | number | boolean;
}

export type Fields = Readonly<Record<string, Field>>;

/** Method and path as in Aha!'s documentation, e.g. `GET /features/{feature_id}`. */
export type Endpoint = `${'GET' | 'POST' | 'PUT' | 'DELETE'} /${string}`;

/** One item of a run, ready to be sent. */
export interface Step {
	readonly context: IExecuteFunctions;
	readonly client: AhaClient;
	readonly operation: Operation;
	/** What the form gave, as one request. */
	readonly request: AhaRequest;
	/** Reads a field of the form for this item. */
	readonly read: ReadParameter;
	readonly scope: InputScope;
	readonly index: number;
}

/** Carries out an operation of more than one request; the engine pairs what it gives. */
export type Steps = (step: Step) => Promise<INodeExecutionData[]>;

/** One entry of data: an operation of a resource. */
export interface Operation {
	/** Name in n8n, e.g. `Get Many`. */
	readonly name: string;
	/** n8n's value for it, e.g. `getAll`. */
	readonly value: string;
	/** What it does, in sentence case; the node panel finds it by this. */
	readonly action: string;
	/** More for people and AI agents, where `action` does not say it all. */
	readonly about?: string;
	/**
	 * One endpoint, or one for each thing that a record can belong to: the keys are record names
	 * without `_id`, or `account` for the whole account. None where `steps` decide it.
	 */
	readonly endpoint?: Endpoint | Readonly<Record<string, Endpoint>>;
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
	/** Key that the body parameters are wrapped in, e.g. `feature`. */
	readonly root?: string;
	/** Values that every request of this operation carries. */
	readonly always?: { readonly body?: IDataObject; readonly query?: IDataObject };
	/** Whether the body takes `custom_fields` of this record type. */
	readonly customFields?: boolean;
	/** Key of the answer that holds the record or the records; the whole body unless given. */
	readonly returns?: string;
	/** Whether the answer is a list in pages: adds Return All and Limit. */
	readonly list?: boolean;
	/** Whether the answer takes `fields`, Aha!'s choice of what a record carries. */
	readonly selectable?: boolean;
	/** What the person decides about the operation itself; read by `steps`, not sent to Aha!. */
	readonly settings?: Fields;
	/** For an operation that is more than one request and its answer: see `../steps`. */
	readonly steps?: Steps;
}

/** One resource: one file, which reads like Aha!'s documentation of it. */
export interface Resource {
	readonly name: string;
	readonly value: string;
	readonly description?: string;
	/** Words people search for beside the name, e.g. the API's own name. */
	readonly aliases?: readonly string[];
	/** Keys that Simplify keeps, in their order; Simplify is not offered without. */
	readonly simple?: readonly string[];
	readonly operations: readonly Operation[];
}
