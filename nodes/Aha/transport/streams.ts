import type { INode } from 'n8n-workflow';

import { FILE_TIME, TIMEOUT, within } from './deadline';
import { downloadError } from './errors';
import type { BinaryStream } from './types';
import { now } from './wait';

/**
 * A stream of other chunks, which closes the first stream with itself. A community node may not
 * import the class, but each stream has it.
 */
export function streamOf(source: BinaryStream, chunks: AsyncIterable<Buffer>): BinaryStream {
	const { from } = source.constructor as unknown as {
		from(chunks: AsyncIterable<Buffer>): BinaryStream;
	};
	const stream = from(chunks);
	// What was never read does not run to its end.
	stream.once('close', () => source.destroy());
	return stream;
}

export interface FileOptions {
	readonly node: INode;
	/** Cancels it. */
	readonly signal?: AbortSignal;
	/** Is called once, when nothing more comes. */
	readonly ended?: () => void;
}

/** A file on its way from a server: an error where it breaks off, takes too long or is cancelled. */
export function wholeFile(source: BinaryStream, options: FileOptions): BinaryStream {
	refuseCutGzip(source);
	const file = streamOf(source, chunksOf(source, options));
	if (options.ended) file.once('close', options.ended);
	return file;
}

/** @throws NodeApiError when it is not whole; the signal's reason when that aborts */
async function* chunksOf(
	source: BinaryStream,
	{ node, signal }: FileOptions,
): AsyncGenerator<Buffer> {
	const chunks = (source as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
	const until = now() + FILE_TIME;
	try {
		for (;;) {
			const left = Math.max(0, Math.min(TIMEOUT, until - now()));
			const { done, value } = await within(left, chunks.next(), { signal });
			if (done) return;
			yield value;
		}
	} catch (error) {
		signal?.throwIfAborted();
		throw downloadError(node, error);
	}
}

/** Node.js's number for "the compressed data ends here". */
const Z_FINISH = 4;

/**
 * n8n's HTTP client takes compressed data that breaks off for whole. Node.js itself does not, unless
 * it is told to. Files are asked for without compression, so that this is rare.
 */
function refuseCutGzip(source: BinaryStream): void {
	if ('_finishFlushFlag' in source) source._finishFlushFlag = Z_FINISH;
}
