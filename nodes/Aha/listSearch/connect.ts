import type { ILoadOptionsFunctions } from 'n8n-workflow';

import type { AhaClient } from '../transport/client';
import { connect } from '../transport/client';
import type { AhaRequest, AhaResponse } from '../transport/types';
import { now } from '../transport/wait';

/** A person waits for the form: in milliseconds. */
const RETRY_FOR = 15_000;

/** How long an answer is good for a form, in milliseconds, and how many are kept. */
const GOOD_FOR = 30_000;
const MOST_KEPT = 50;

interface Kept {
	readonly since: number;
	readonly answer: Promise<AhaResponse>;
}

/** Answers by the credential, its account and the request; the oldest first. */
const kept = new Map<string, Kept>();

/**
 * A client for the lists of a form. n8n asks for a list each time that it is opened, and some lists
 * need the same answers as others; so answers are kept for a short while, for one credential alone.
 */
export async function connectForForm(context: ILoadOptionsFunctions): Promise<AhaClient> {
	const client = await connect(context, { retryFor: RETRY_FOR });
	const send = async (request: AhaRequest): Promise<AhaResponse> => {
		if (request.method !== 'GET' && !request.readOnly) return await client.send(request);
		const { method, base, path, query, body } = request;
		const key = JSON.stringify([client.credential, method, base, path, query, body]);
		forget();
		const found = kept.get(key);
		if (found) return await found.answer;
		const answer = client.send(request);
		kept.set(key, { since: now(), answer });
		answer.catch(() => kept.delete(key));
		return await answer;
	};
	return { ...client, send };
}

/** Answers that are too old or too many; the rest stays for the next time that a form asks. */
function forget(): void {
	for (const [key, { since }] of kept) {
		if (since + GOOD_FOR > now() && kept.size < MOST_KEPT) return;
		kept.delete(key);
	}
}
