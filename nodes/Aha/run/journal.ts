import { createHash } from 'crypto';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isObject } from '../transport/json';
import type { AhaRequest, AhaResponse } from '../transport/types';
import { now } from '../transport/wait';

/** A write that Aha! carried out, or may have. */
export interface Write extends IDataObject {
	readonly itemIndex: number;
	readonly method: AhaRequest['method'];
	readonly path: string;
	/** The record in the response, or the one that was deleted. */
	readonly id?: string;
	readonly reference_num?: string;
	/** Whether there was no clear response. */
	readonly unclear?: true;
}

interface Entry {
	readonly write: Write;
	/** What a later try gets for the same request; not kept where n8n does not try again. */
	readonly kept?: { readonly signature: string; readonly result: AhaResponse | Error };
}

/**
 * What the items of one run wrote. When n8n runs the node again (its setting Retry On Fail), the
 * journal gives what Aha! has already, so that nothing is written twice.
 */
export class Journal {
	/** How often n8n ran the node with it. */
	tries = 1;
	private entries: Entry[] = [];
	private unreplayed: Entry[] = [];
	private readonly outputs = new Map<number, INodeExecutionData[]>();

	/** @param key by which n8n's next try finds it; none where n8n does not try again */
	constructor(readonly key?: string) {}

	get writes(): readonly Write[] {
		return this.entries.map(({ write }) => write);
	}

	/** The first POST that may have been carried out in an earlier try. */
	get unclearPost(): { readonly itemIndex: number; readonly error: Error } | undefined {
		for (const { write, kept: { result } = {} } of this.unreplayed) {
			if (write.method === 'POST' && result instanceof Error) {
				return { itemIndex: write.itemIndex, error: result };
			}
		}
		return undefined;
	}

	/** Begins another try: what was written comes again. */
	restart(): void {
		this.tries++;
		this.unreplayed = [...this.entries];
	}

	/** What an item that wrote gave in an earlier try. */
	outputOf(index: number): INodeExecutionData[] | undefined {
		return this.outputs.get(index);
	}

	/** Keeps what an item gave, in case that n8n tries again. */
	addOutput(index: number, items: INodeExecutionData[]): void {
		if (this.key === undefined) return;
		const hasWritten = this.entries.some(({ write }) => write.itemIndex === index);
		if (hasWritten) this.outputs.set(index, items);
	}

	/**
	 * The response that a write got in an earlier try.
	 *
	 * @returns undefined when it has to be sent
	 * @throws the error of a POST that may have been carried out: sent again, it might double
	 */
	replay(itemIndex: number, request: AhaRequest): AhaResponse | undefined {
		if (this.unreplayed.length === 0) return undefined;
		const signature = signatureOf(request);
		const found = this.unreplayed.find(
			({ write, kept }) => write.itemIndex === itemIndex && kept?.signature === signature,
		);
		if (!found?.kept) return undefined;
		const { result } = found.kept;
		this.unreplayed = this.unreplayed.filter((entry) => entry !== found);
		if (!(result instanceof Error)) return result;
		if (request.method === 'POST') throw result;
		this.entries = this.entries.filter((entry) => entry !== found);
		return undefined;
	}

	/** Records a write with its response, or the error that left it unclear. */
	add(itemIndex: number, request: AhaRequest, result: AhaResponse | Error): void {
		const write = writeOf(itemIndex, request, result);
		const isOfThisItem = ({ write: other }: Entry) =>
			other.itemIndex === itemIndex && other.id !== undefined && other.id === write.id;
		if (request.method === 'DELETE' && !write.unclear && this.entries.some(isOfThisItem)) {
			// The item took back what it had made.
			this.entries = this.entries.filter((entry) => !isOfThisItem(entry));
			return;
		}
		const replayed = this.key !== undefined && { signature: signatureOf(request), result };
		this.entries.push({ write, ...(replayed && { kept: replayed }) });
	}
}

const signatureOf = ({ method, base, path, query, body, openBody }: AhaRequest): string =>
	createHash('sha256')
		.update(JSON.stringify([method, base, path, query, body, openBody !== undefined]))
		.digest('hex');

function writeOf(
	itemIndex: number,
	{ method, path }: AhaRequest,
	result: AhaResponse | Error,
): Write {
	const write = { itemIndex, method, path };
	if (result instanceof Error) return { ...write, unclear: true };
	if (method === 'DELETE')
		return { ...write, id: decodeURIComponent(path.split('/').at(-1) ?? '') };
	const { id, reference_num } = recordIn(result.body);
	return {
		...write,
		...(id !== undefined && { id: String(id) }),
		...(typeof reference_num === 'string' && { reference_num }),
	};
}

/** The record in a body: the body itself, or the one under its key. */
function recordIn(body: unknown): IDataObject {
	if (!isObject(body)) return {};
	if (body.id !== undefined) return body;
	return Object.values(body).find((value): value is IDataObject => isObject(value)) ?? {};
}

/** Milliseconds after which n8n no longer tries again. */
const KEPT_FOR = 60 * 60_000;

/** Most journals that one process keeps. */
const MOST_KEPT = 100;

/** Journals of runs that failed, by their keys, the oldest first. */
const journals = new Map<string, { readonly journal: Journal; readonly since: number }>();

/** The journal of a run: that of the try before it, where n8n runs the node again. */
export function journalOf(context: IExecuteFunctions): Journal {
	const key = keyOf(context);
	if (key === undefined) return new Journal();
	for (const [other, { since }] of journals) if (now() - since > KEPT_FOR) journals.delete(other);
	const journal = journals.get(key)?.journal;
	if (!journal) return new Journal(key);
	journals.delete(key);
	journal.restart();
	return journal;
}

/** Keeps the journal of a run in which an item failed, if n8n may run the node again. */
export function keepJournal(context: IExecuteFunctions, journal: Journal): void {
	const { key, tries, writes } = journal;
	if (key === undefined || writes.length === 0 || tries >= maxTries(context)) return;
	journals.set(key, { journal, since: now() });
	if (journals.size > MOST_KEPT) journals.delete([...journals.keys()][0]);
}

/** As n8n bounds its setting Max. Tries. */
const maxTries = (context: IExecuteFunctions): number =>
	Math.min(5, Math.max(2, context.getNode().maxTries ?? 3));

/**
 * What the tries of one run share. A tool counts each try as a run of its own, so there the input
 * tells.
 */
function keyOf(context: IExecuteFunctions): string | undefined {
	const { id, type, retryOnFail } = context.getNode();
	if (!retryOnFail) return undefined;
	const run = type.endsWith('Tool')
		? JSON.stringify(context.getInputData().map(({ json }) => json))
		: String(context.evaluateExpression('{{ $runIndex }}', 0));
	return [context.getExecutionId(), id, run].join(' ');
}
