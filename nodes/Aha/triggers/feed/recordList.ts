import type { Checkpoint } from './checkpoint';
import { unpackCheckpoint } from './checkpoint';
import { PAGE_SIZE } from '../../transport/pages';
import type { ListReader } from './listSource';
import { ListSource } from './listSource';
import type { ReadRange, StreamEntry, StreamPage } from './source';

/** What following a list needs to know of a record. */
interface Updated {
	/** Decimal. */
	readonly id: string;
	/** In milliseconds; none if the list does not tell. */
	readonly createdAt?: number;
	/** In milliseconds. */
	readonly updatedAt: number;
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
	constructor(reader: ListReader<T>, fields: string) {
		super(reader, { since: 'updated_since', query: { fields } });
	}

	/**
	 * The order is not documented, so it reads all pages, and again if they hold fewer records than
	 * the list says: some moved meanwhile. If nothing moved until the next time, the list is wrong.
	 */
	async *pages({ after, since }: ReadRange): AsyncGenerator<StreamPage<T>> {
		// `updated_since` excludes the moment itself; the watermark tells equal moments apart.
		const query = this.queryFrom((after === undefined ? since : timeAt(after)) - 1_000);
		let before: ReadonlySet<bigint> | undefined;
		for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
			const seen = new Set<bigint>();
			let skipped = 0;
			let most = 0;
			for (let page = 1, isLast = false; !isLast; page++) {
				const response = await this.requestPage({ ...query, page });
				const { records, total, pages, serverTime } = response;
				const entries = this.entriesOf(response);
				const known = seen.size;
				for (const { position } of entries) seen.add(position);
				skipped += records.length - entries.length;
				most = Math.max(most, total ?? 0);
				const hasAll = idsIn(seen).size + skipped >= most;
				// The numbers of pages and of records may be missing or wrong: a full page has a next one.
				const isEnd = records.length < PAGE_SIZE || seen.size === known;
				isLast = page < pages ? pages === Infinity && isEnd : isEnd || hasAll;
				const isComplete = isLast && (hasAll || isSame(seen, before));
				yield { entries, serverTime, unread: isComplete ? 'none' : 'anywhere' };
				if (isComplete) return;
			}
			before = seen;
		}
	}

	protected entryOf(value: T): StreamEntry<T> {
		const { id, updatedAt: at } = value;
		return { position: positionOf(at, id), at, value };
	}
}

/**
 * Tells versions of new records from those of updated ones. Call it once for each version read
 * from a checkpoint, in order: the second version of a new record is an update.
 */
export function createNewRecordTest(checkpoint: Checkpoint): (version: Updated) => boolean {
	const { watermark, watermarkAt, handled } = unpackCheckpoint(checkpoint);
	const settled = watermark ?? positionOf(watermarkAt, '0');
	const known = idsIn(handled.keys());
	return ({ id, createdAt = 0 }) => {
		const isNew = positionOf(createdAt, id) > settled && !known.has(id);
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

const idsIn = (positions: Iterable<bigint>): Set<string> => new Set([...positions].map(idAt));

const isSame = (a: ReadonlySet<bigint>, b: ReadonlySet<bigint> | undefined): boolean =>
	a.size === b?.size && [...a].every((position) => b.has(position));
