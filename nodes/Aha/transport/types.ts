import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { isObject } from './json';

/** A stream as n8n hands it out; community nodes import no modules of Node.js. */
export type BinaryStream = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

/** Whether a value is a stream of Node.js. */
export const isStream = (value: unknown): value is BinaryStream =>
	isObject(value) && typeof value.pipe === 'function';

/** A body that is no JSON, such as a file on its way. */
export interface RawBody {
	readonly content: BinaryStream | Buffer;
	readonly contentType: string;
	/** In bytes, exact. */
	readonly length: number;
}

/** What Aha! answered. */
export interface AhaResponse {
	readonly status: number;
	readonly headers: IDataObject;
	readonly body: unknown;
}

/** One request to Aha!'s API. */
export interface AhaRequest {
	readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Below `base`, with values filled in and encoded. */
	readonly path: string;
	readonly query: IDataObject;
	readonly body?: IDataObject;
	/** Where the paths of the API begin; `/api/v1` unless given. */
	readonly base?: string;
	/** Headers beside those that every request has. */
	readonly headers?: Readonly<Record<string, string>>;
	/** Makes the body, once for each attempt: a stream can be sent only once. */
	readonly openBody?: () => Promise<RawBody>;
	/** Whether a refusal stands: a 429 of this request means more than a short wait. */
	readonly noRetry?: boolean;
	/** Whether a POST changes nothing in Aha!, so that it may be sent twice. */
	readonly readOnly?: boolean;
	/**
	 * Looks whether a POST without a clear answer was carried out: the answer that it would have
	 * had, false when it surely was not, undefined when that cannot be told.
	 */
	readonly reconcile?: () => Promise<AhaResponse | false | undefined>;
	/** Whether the answer is a file: its body is a stream then, and a redirect is an answer too. */
	readonly asFile?: boolean;
}
