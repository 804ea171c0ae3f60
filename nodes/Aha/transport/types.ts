import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { isObject } from './json';

/** A stream as n8n returns it; community nodes import no modules of Node.js. */
export type BinaryStream = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

/** Whether a value is a stream of Node.js. */
export const isStream = (value: unknown): value is BinaryStream =>
	isObject(value) && typeof value.pipe === 'function';

/** A body that is not JSON, such as a file. */
export interface RawBody {
	readonly content: BinaryStream | Buffer;
	readonly contentType: string;
	/** In bytes, exact. */
	readonly length: number;
}

/** A response of Aha!'s. */
export interface AhaResponse {
	readonly status: number;
	readonly headers: IDataObject;
	readonly body: unknown;
}

/** One request to Aha!'s API. */
export interface AhaRequest {
	readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Path after `base`, with values filled in and encoded. */
	readonly path: string;
	readonly query: IDataObject;
	readonly body?: IDataObject;
	/** Start of the path; `/api/v1` unless given. */
	readonly base?: string;
	/** Headers in addition to those of every request. */
	readonly headers?: Readonly<Record<string, string>>;
	/** Opens the body for each attempt: a stream can be sent only once. */
	readonly openBody?: () => Promise<RawBody>;
	/** Whether the request is sent only once: its 429 means more than a short wait. */
	readonly noRetry?: boolean;
	/** Whether a POST changes nothing in Aha!, so that it may be sent twice. */
	readonly readOnly?: boolean;
	/**
	 * Finds out whether a POST without a clear response was carried out: returns the response that it
	 * would have had, false when it was not, undefined when nobody can tell.
	 */
	readonly reconcile?: () => Promise<AhaResponse | false | undefined>;
	/** Whether a success may have no body; a response with 204 never has one. */
	readonly mayBeEmpty?: boolean;
	/** Key of the record or list that a success holds; one under another key, or bare, will do. */
	readonly returns?: string;
	/** Whether the response is a file: its body is a stream, and a redirect is a success too. */
	readonly asFile?: boolean;
}

/** Whether a request changes something in Aha!. */
export const isWrite = ({ method, readOnly }: AhaRequest): boolean =>
	method !== 'GET' && readOnly !== true;
