import type { IDataObject } from 'n8n-workflow';

import type { RequestHandler } from '../schema/handler';
import { isObject } from '../transport/json';
import { requestJson } from './common';

/** What stays of the idea beside the record that was made of it. */
const IDEA_KEYS = ['name', 'reference_num', 'id', 'url'] as const;

/**
 * Promotes an idea.
 *
 * @returns the record that was made, with the idea beside it; the idea where Aha! does not return
 *   the record with it
 */
export const promoteIdea: RequestHandler = async (item) => {
	const body = await requestJson(item, item.request);
	const idea = isObject(body.idea) ? body.idea : body;
	const made = idea[String(item.request.body?.promotable_type)];
	if (!isObject(made)) return [{ json: idea }];
	const beside = IDEA_KEYS.map((key) => [key, idea[key] ?? null] as const);
	return [{ json: { ...made, idea: Object.fromEntries(beside) as IDataObject } }];
};
