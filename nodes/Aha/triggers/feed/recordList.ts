import type { Checkpoint } from './checkpoint';
import { unpackCheckpoint } from './checkpoint';
import type { RequestPage } from './listResponse';
import type { Parse } from './listSource';
import { ListSource } from './listSource';
import type { ReadRange, StreamEntry, StreamPage } from './source';

/** What following a list needs to know of a record. */
interface Updated {
	/** Decimal. */
	readonly id: string;
	/** Both in ISO 8601. */
	readonly created_at: string;
	readonly updated_at: string;
}

const ID_BITS = 64;
const ATTEMPTS = 3;

/**
 * A list of records as a stream of their versions, for accounts without access to the audit log.
 * A record's position is the time of its last update. Several updates between two polls make one
 * version.
 */
export class RecordListSource<T extends Updated> extends ListSource<T> {
	/** @param fields the fields that `parse` needs, for the parameter `fields` */
	constructor(requestPage: RequestPage, parse: Parse<T>, fields: string) {
		super(requestPage, parse, { since: 'updated_since', query: { fields } });
	}

	/** The order is not documented, so it reads all pages, and again if records moved meanwhile. */
	async *pages({ after, since }: ReadRange): AsyncGenerator<StreamPage<T>> {
		// `updated_since` excludes the moment itself; the watermark tells equal moments apart.
		const query = this.queryFrom((after === undefined ? since : timeAt(after)) - 1_000);
		for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
			const ids = new Set<string>();
			let most = 0;
			let pages = 1;
			for (let page = 1; page <= pages; page++) {
				const response = await this.requestPage({ ...query, page });
				const entries = this.parseAll(response.records);
				for (const { value } of entries) ids.add(value.id);
				most = Math.max(most, response.total ?? 0);
				pages = response.pages;
				const isComplete = page >= pages && ids.size >= most;
				const unread = isComplete ? 'none' : 'anywhere';
				yield { entries, serverTime: response.serverTime, unread };
				if (isComplete) return;
			}
		}
	}

	protected entryOf(value: T): StreamEntry<T> {
		const at = Date.parse(value.updated_at);
		return { position: positionOf(at, value.id), at, value };
	}
}

/**
 * Tells versions of new records from those of updated ones. Call it once for each version read
 * from a checkpoint, in order: the second version of a new record is an update.
 */
export function createNewRecordTest(checkpoint: Checkpoint): (version: Updated) => boolean {
	const { watermark, watermarkAt, handled } = unpackCheckpoint(checkpoint);
	const settled = watermark ?? positionOf(watermarkAt, '0');
	const known = new Set([...handled.keys()].map(idAt));
	return ({ id, created_at: createdAt }) => {
		const isNew = positionOf(Date.parse(createdAt), id) > settled && !known.has(id);
		known.add(id);
		return isNew;
	};
}

/** The position of a record that was updated at a time in milliseconds. */
const positionOf = (at: number, id: string): bigint => (BigInt(at) << BigInt(ID_BITS)) + BigInt(id);

/** The time in a position, in milliseconds. */
const timeAt = (position: bigint): number => Number(position >> BigInt(ID_BITS));

/** The id in a position. */
const idAt = (position: bigint): string => String(BigInt.asUintN(ID_BITS, position));
