import type { IDataObject } from 'n8n-workflow';

/** One request to Aha!'s API. */
export interface AhaRequest {
	readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Below `/api/v1`, with values filled in and encoded. */
	readonly path: string;
	readonly query: IDataObject;
	readonly body?: IDataObject;
}
