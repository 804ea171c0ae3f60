import endpointsJson from './endpoints.json';
import recordedJson from './recorded.json';

export interface EndpointFacts {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Below `/api/v1`, with parameters in braces. */
	path: string;
	tag: string;
	parameters: Record<string, { in: 'path' | 'query' | 'body'; required: boolean }>;
	body: { type: string; shape: Record<string, unknown> } | null;
	/** Top-level keys of the response. */
	answers: string[];
}

export interface RecordedResponse {
	status: number;
	/** None for 204, and where Aha! answers 200 without one. */
	body?: unknown;
}

/** All documented endpoints of Aha!'s API. */
export const endpoints = endpointsJson as unknown as EndpointFacts[];

/** Recorded responses of Aha!'s API by `METHOD /path`. */
export const recorded = recordedJson as unknown as Record<string, RecordedResponse>;
